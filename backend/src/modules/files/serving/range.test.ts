import { describe, expect, it } from 'vitest'
import { contentRange, rangeOf, unsatisfiedRange } from './range.ts'

const SIZE = 1000
const part = (start: number, end: number) => ({ kind: 'part', range: { start, end } })

describe('a Range header', () => {
  it.each([
    ['bytes=0-0', part(0, 0)],
    ['bytes=0-499', part(0, 499)],
    ['bytes=500-', part(500, 999)],
    ['bytes=999-', part(999, 999)],
    ['bytes=990-2000', part(990, 999)],
    ['bytes=990-99999999999999999999999999', part(990, 999)],
    ['bytes=-1', part(999, 999)],
    ['bytes=-500', part(500, 999)],
    ['bytes=-5000', part(0, 999)],
    ['Bytes=0-1', part(0, 1)],
    ['bytes= 0-1 ', part(0, 1)],
  ])('%s is answered with its part', (header, answer) => {
    expect(rangeOf(header, SIZE)).toEqual(answer)
  })

  it.each([['bytes=1000-'], ['bytes=1000-1001'], ['bytes=99999999999999999999999999-'], ['bytes=-0']])(
    '%s cannot be satisfied',
    (header) => {
      expect(rangeOf(header, SIZE)).toEqual({ kind: 'unsatisfiable' })
    },
  )

  it.each([
    [undefined],
    [''],
    ['bytes'],
    ['bytes='],
    ['bytes=-'],
    ['bytes=2-1'],
    ['bytes=a-b'],
    ['bytes=1-2x'],
    ['bytes=--1'],
    ['bytes=1.5-2'],
    ['bytes=0x1-2'],
    ['seconds=0-1'],
    ['bytes=0-1,5-6'],
    ['bytes=0-1, 1000-'],
  ])('%s, which is none or several, is answered with the whole', (header) => {
    expect(rangeOf(header, SIZE)).toEqual({ kind: 'whole' })
  })

  it('of an empty file has nothing to start at', () => {
    expect(rangeOf('bytes=0-', 0)).toEqual({ kind: 'unsatisfiable' })
    expect(rangeOf('bytes=-1', 0)).toEqual({ kind: 'whole' })
  })
})

it('Content-Range names first, last and all, or that nothing was there', () => {
  expect(contentRange({ start: 0, end: 0 }, SIZE)).toBe('bytes 0-0/1000')
  expect(unsatisfiedRange(SIZE)).toBe('bytes */1000')
})
