import { describe, expect, it } from 'vitest'
import { BENCHMARKS } from './benchmarks.ts'

describe('each benchmark still runs, in little: nothing is judged', () => {
  it.each(BENCHMARKS)('$name', async (benchmark) => {
    const figures = await benchmark.run({ quick: true })
    expect(figures.length).toBeGreaterThan(0)
    expect(figures.filter(({ value }) => !Number.isFinite(value))).toEqual([])
  })
})
