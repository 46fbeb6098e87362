import { describe, expect, it } from 'vitest'
import { RowHeights } from './row-heights.ts'

const ESTIMATE = 60

const rows = (count: number, measured: Record<number, number> = {}): RowHeights => {
  const heights = new RowHeights(ESTIMATE)
  heights.resize(count)
  for (const [index, height] of Object.entries(measured)) heights.set(Number(index), height)
  return heights
}

describe('heights of rows', () => {
  it('counts what was never measured with the estimate', () => {
    const heights = rows(50_000)
    expect(heights.total).toBe(3_000_000)
    expect(heights.offsetOf(41)).toBe(2460)
    expect(heights.indexAt(2459)).toBe(40)
    expect(heights.indexAt(2460)).toBe(41)
  })

  it('moves what lies below a measured row', () => {
    const heights = rows(10, { 2: 100, 5: 20 })
    expect(heights.offsetOf(2)).toBe(120)
    expect(heights.offsetOf(3)).toBe(220)
    expect(heights.total).toBe(10 * ESTIMATE + 40 - 40)
    expect(heights.indexAt(219)).toBe(2)
    expect(heights.indexAt(220)).toBe(3)
  })

  it('answers the first and the last row outside of the list, and -1 without one', () => {
    expect(rows(3).indexAt(-10)).toBe(0)
    expect(rows(3).indexAt(9999)).toBe(2)
    expect(rows(0).indexAt(0)).toBe(-1)
  })

  it('keeps its measures while it grows, and forgets the rows that go', () => {
    const heights = rows(1000, { 0: 10, 999: 160 })
    heights.resize(5000)
    expect(heights.total).toBe(5000 * ESTIMATE - 50 + 100)
    heights.resize(999)
    expect(heights.total).toBe(999 * ESTIMATE - 50)
    heights.resize(1000)
    expect(heights.heightOf(999)).toBe(ESTIMATE)
  })

  it('agrees with plain addition over random changes', () => {
    const heights = rows(3000)
    const plain = Array.from({ length: 3000 }, () => ESTIMATE)
    let seed = 7
    const next = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    for (let change = 0; change < 2000; change += 1) {
      const index = next(3000)
      const height = 1 + next(300)
      heights.set(index, height)
      plain[index] = height
    }
    let offset = 0
    plain.forEach((height, index) => {
      expect(heights.offsetOf(index)).toBe(offset)
      expect(heights.indexAt(offset)).toBe(index)
      expect(heights.indexAt(offset + height - 1)).toBe(index)
      offset += height
    })
    expect(heights.total).toBe(offset)
  })
})
