import { describe, expect, it } from 'vitest'
import { listen, type Speaker } from './speakers.ts'

/** Ten times a second. */
function hear(before: readonly Speaker[], from: number, readings: readonly Record<string, number>[]): Speaker[] {
  return readings.reduce<Speaker[]>(
    (speakers, levels, at) => listen(speakers, new Map(Object.entries(levels)), from + at * 100),
    [...before],
  )
}
const names = (speakers: readonly Speaker[]) => speakers.map(({ userId }) => userId)
const times = (count: number, levels: Record<string, number>) => Array.from({ length: count }, () => levels)

describe('who speaks', () => {
  it('is known within a tenth of a second', () => {
    expect(names(hear([], 0, [{ an: 0.5, binh: 0.1 }]))).toEqual(['an'])
  })

  it('is not changed by a pause between words, but by silence', () => {
    const speaking = hear([], 0, [{ an: 0.5 }])
    expect(names(hear(speaking, 100, times(6, { an: 0 })))).toEqual(['an'])
    expect(names(hear(speaking, 100, times(8, { an: 0 })))).toEqual([])
  })

  it('is the loudest first, and not in another order for one loud syllable', () => {
    const both = hear([], 0, times(10, { an: 0.8, binh: 0.5 }))
    expect(names(both)).toEqual(['an', 'binh'])
    expect(names(hear(both, 1_000, [{ an: 0.6, binh: 0.9 }]))).toEqual(['an', 'binh'])
    expect(names(hear(both, 1_000, times(10, { an: 0.4, binh: 0.9 })))).toEqual(['binh', 'an'])
  })

  it('is nobody whose microphone is off', () => {
    expect(names(hear(hear([], 0, [{ an: 0.9 }]), 100, [{}]))).toEqual([])
  })
})
