import { describe, expect, it } from 'vitest'
import { allOf, chosenOf, extended, NOTHING_SELECTED, type Selection, sizeOf, toggled } from './selection.ts'

const ORDER = ['a', 'b', 'c', 'd', 'e']
const FILES = ORDER.map((id, at) => ({ id, size: at + 1 }))
const idsOf = (selection: Selection): string[] => chosenOf(FILES, selection).map(({ id }) => id)
const chosen = (...ids: string[]): Selection => ids.reduce(toggled, NOTHING_SELECTED)

describe('what is chosen of a list', () => {
  it('is taken in and out one by one', () => {
    expect(idsOf(chosen('d', 'a'))).toEqual(['a', 'd'])
    expect(idsOf(chosen('d', 'a', 'd'))).toEqual(['a'])
    expect(idsOf(NOTHING_SELECTED)).toEqual([])
  })

  it.each([
    ['down', 'b', 'd'],
    ['up', 'd', 'b'],
  ])('takes in a range, %s the list, beside what was chosen before', (_, from, to) => {
    expect(idsOf(extended(chosen('a', from), to, ORDER))).toEqual(['a', 'b', 'c', 'd'])
  })

  it('goes on with the next range where the last has ended', () => {
    const first = extended(chosen('b'), 'c', ORDER)
    expect(idsOf(extended(first, 'e', ORDER))).toEqual(['b', 'c', 'd', 'e'])
  })

  it('takes in one alone where no range begins, or its beginning is gone', () => {
    expect(idsOf(extended(NOTHING_SELECTED, 'c', ORDER))).toEqual(['c'])
    expect(idsOf(extended(chosen('gone'), 'c', ORDER))).toEqual(['c'])
  })

  it('is all of it at once', () => {
    expect(idsOf(allOf(ORDER))).toEqual(ORDER)
    expect(idsOf(allOf([]))).toEqual([])
  })

  it('is no more what is no longer shown', () => {
    const left = FILES.filter(({ id }) => id !== 'b')
    expect(chosenOf(left, chosen('a', 'b')).map(({ id }) => id)).toEqual(['a'])
  })

  it('is as large as its parts are together', () => {
    expect(sizeOf(chosenOf(FILES, chosen('b', 'e')))).toBe(7)
    expect(sizeOf([])).toBe(0)
  })
})
