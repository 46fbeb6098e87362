import { describe, expect, it } from 'vitest'
import { hearMuted, LOOK_MS, SILENT } from './muted-talk.ts'

/** One level for each look. @returns at which looks it counted as talk */
function talkAt(levels: readonly number[]): number[] {
  let talk = SILENT
  return levels.flatMap((level, look) => {
    talk = hearMuted(talk, level, look * LOOK_MS)
    return talk.until > look * LOOK_MS ? [look] : []
  })
}

const looks = (count: number, level: (look: number) => number): number[] =>
  Array.from({ length: count }, (_, look) => level(look))

describe('a muted microphone', () => {
  it('hears talk within about a second, also with the pauses between words', () => {
    const [first] = talkAt(looks(20, (look) => (look % 4 === 3 ? 0.1 : 0.6)))
    expect(first).toBeLessThanOrEqual(10)
  })

  it('hears none in a cough, in what is as regular as a clock, and in what is quiet', () => {
    expect(talkAt(looks(40, (look) => (look < 4 ? 0.9 : 0)))).toEqual([])
    expect(talkAt(looks(100, (look) => (look % 5 === 0 ? 0.9 : 0)))).toEqual([])
    expect(talkAt(looks(100, () => 0.3))).toEqual([])
  })

  it('forgets it six seconds after the last word', () => {
    const at = talkAt(looks(100, (look) => (look < 10 ? 0.6 : 0)))
    expect(at.at(-1)).toBe(68)
  })
})
