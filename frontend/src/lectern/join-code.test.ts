import { describe, expect, it } from 'vitest'
import { caretIn, codeIn, countLetters } from './join-code.ts'

describe('codeIn', () => {
  it.each([
    ['', ''],
    ['abc', 'ABC'],
    ['abcd', 'ABCD'],
    ['abcde', 'ABCD-E'],
    ['qnq2 wdvb-qjmt', 'QNQ2-WDVB-QJMT'],
    ['oil0', '0110'],
    ['QNQ2WDVBQJMTXYZ', 'QNQ2-WDVB-QJMT'],
    ['https://lectern.example.org/join/QNQ2-WDVB-QJMT?from=mail', 'QNQ2-WDVB-QJMT'],
    ['  /join/qnq2wdvbqjmt ', 'QNQ2-WDVB-QJMT'],
  ])('%s: %s', (typed, code) => {
    expect(codeIn(typed)).toBe(code)
  })

  it('leaves what it has written as it is', () => {
    expect(codeIn(codeIn('QNQ2WDVBQJMT'))).toBe('QNQ2-WDVB-QJMT')
  })
})

it('the caret stays behind the letter that was typed', () => {
  const before = (typed: string) => caretIn(codeIn(typed), countLetters(typed.slice(0, typed.indexOf('|'))))
  expect(before('AB|CD-EF')).toBe(2)
  expect(before('ABCD|EF')).toBe(5)
  expect(before('ABCD-EF|GH')).toBe(7)
  expect(caretIn('ABCD', 4)).toBe(4)
})
