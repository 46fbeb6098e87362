import { describe, expect, it } from 'vitest'
import { GOOD, judge } from './judge.ts'
import type { Sample } from './sample.ts'

const CLEAN: Sample = { lossIn: 0, lossOut: 0, rttMs: 40, jitterMs: 5, availableBps: 2_000_000, limitation: 'none' }
const times = (count: number, change: Partial<Sample>): Sample[] =>
  Array.from({ length: count }, () => ({ ...CLEAN, ...change }))

describe('the quality of a connection', () => {
  it.each([
    [{ lossIn: 0.05 }, { level: 'fair', reason: 'loss' }],
    [{ lossOut: 0.2 }, { level: 'poor', reason: 'loss' }],
    [{ rttMs: 400 }, { level: 'fair', reason: 'delay' }],
    [{ jitterMs: 250 }, { level: 'poor', reason: 'delay' }],
    [{ availableBps: 150_000 }, { level: 'fair', reason: 'bandwidth' }],
    [{ limitation: 'cpu' }, { level: 'fair', reason: 'cpu' }],
  ] as const)('%j for three seconds is %j', (change, expected) => {
    expect(judge(times(2, change), GOOD)).toBe(GOOD)
    expect(judge(times(3, change), GOOD)).toEqual(expected)
  })

  it('is not worse for one bad second', () => {
    expect(judge([...times(2, {}), ...times(1, { lossIn: 0.5 }), ...times(2, {})], GOOD)).toBe(GOOD)
  })

  it('is better after five seconds without a bad one', () => {
    const poor = { level: 'poor', reason: 'loss' } as const
    expect(judge([...times(1, { lossIn: 0.5 }), ...times(4, {})], poor)).toBe(poor)
    expect(judge(times(5, {}), poor)).toEqual(GOOD)
    expect(judge(times(5, { rttMs: 400 }), poor)).toEqual({ level: 'fair', reason: 'delay' })
  })

  it('says the same object as long as nothing changes', () => {
    const fair = judge(times(3, { rttMs: 400 }), GOOD)
    expect(judge(times(5, { rttMs: 500 }), fair)).toBe(fair)
  })
})
