import { expect, it } from 'vitest'
import { coveredUpTo, heardOf, isBehind, type Reach, reachAt, reached } from './reach.ts'

const after = (start: number, ...revs: number[]): Reach => revs.reduce(reached, reachAt(start))

it('goes on with the next rev, and stands still before a gap', () => {
  expect(after(4, 5, 6)).toEqual(reachAt(6))
  expect(after(4, 5, 7, 8)).toEqual({ upTo: 5, highest: 8, beyond: [{ from: 7, to: 8 }] })
  expect(isBehind(after(4, 6))).toBe(true)
})

it('takes in what was beyond a gap once that is filled, whatever the order', () => {
  expect(after(0, 3, 5, 2, 1)).toEqual({ upTo: 3, highest: 5, beyond: [{ from: 5, to: 5 }] })
  expect(after(0, 3, 5, 2, 1, 4)).toEqual(reachAt(5))
  expect(after(0, 9, 7, 8, 7)).toEqual({ upTo: 0, highest: 9, beyond: [{ from: 7, to: 9 }] })
})

it('is covered by what was fetched, which makes no gap of what it skips', () => {
  expect(coveredUpTo(after(0, 3, 7), 5)).toEqual({ upTo: 5, highest: 7, beyond: [{ from: 7, to: 7 }] })
  expect(coveredUpTo(after(0, 3, 7), 6)).toEqual(reachAt(7))
  expect(coveredUpTo(reachAt(9), 5)).toEqual(reachAt(9))
})

it('is behind what it has heard of', () => {
  expect(isBehind(heardOf(reachAt(3), 3))).toBe(false)
  expect(isBehind(heardOf(reachAt(3), 4))).toBe(true)
})
