import { describe, expect, it } from 'vitest'
import { DEFAULT_PACE, offlineDelay, reconnectDelay, wakeDelay } from './reconnect-delay.ts'

const CLIENTS = 2_000
/** As many people as are in a school, each with a random number of their own, evenly drawn. */
const school = (delay: (random: () => number) => number): number[] =>
  Array.from({ length: CLIENTS }, (_, index) => delay(() => (index + 0.5) / CLIENTS))

const busiestSecond = (delays: readonly number[]): number => {
  const bySecond = Map.groupBy(delays, (delay) => Math.floor(delay / 1_000))
  return Math.max(...[...bySecond.values()].map(({ length }) => length))
}

describe('the delay of a reconnect', () => {
  it('spreads a school over seconds at the first try already', () => {
    const delays = school((random) => reconnectDelay(1, DEFAULT_PACE, random))
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(500)
    expect(Math.max(...delays)).toBeLessThanOrEqual(5_000)
    expect(busiestSecond(delays)).toBeLessThan(CLIENTS / 4)
  })

  it('spreads further with each try, up to its maximum', () => {
    const bounds = [1, 2, 3, 4, 5, 6, 7, 8, 2_000].map((attempt) => reconnectDelay(attempt, DEFAULT_PACE, () => 1))
    expect(bounds).toEqual([5_000, 5_000, 5_000, 5_000, 8_000, 16_000, 20_000, 20_000, 20_000])
  })

  it('is never shorter than its minimum, nor longer than its maximum, however they are set', () => {
    for (const pace of [
      { minMs: 20, maxMs: 50 },
      { minMs: 100, maxMs: 100 },
      { minMs: 300, maxMs: 200 },
    ]) {
      for (const random of [0, 0.5, 1]) {
        const delay = reconnectDelay(3, pace, () => random)
        expect(delay).toBeGreaterThanOrEqual(pace.minMs)
        expect(delay).toBeLessThanOrEqual(Math.max(pace.minMs, pace.maxMs))
      }
    }
  })

  it('is long without a network, and short when it is back, but not the same for all', () => {
    expect([0, 1].map((random) => offlineDelay(DEFAULT_PACE, () => random))).toEqual([10_000, 20_000])
    expect([0, 1].map((random) => wakeDelay(DEFAULT_PACE, () => random))).toEqual([0, 2_000])
  })
})
