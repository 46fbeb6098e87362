/** Somebody who speaks now. */
export interface Speaker {
  readonly userId: string
  /** Smoothed, so that the order does not jump with each syllable. */
  readonly level: number
  /** When it was last loud enough. */
  readonly heardAt: number
}

const SPEAKS = 0.3
/** Between words nobody has stopped speaking. */
const PAUSE_MS = 700
const SMOOTHING = 0.3

/**
 * Who speaks, the loudest first; ten times a second.
 * @param levels 0 to 1, of those whose microphone is on
 * @param now milliseconds
 */
export function listen(before: readonly Speaker[], levels: ReadonlyMap<string, number>, now: number): Speaker[] {
  const known = new Map(before.map((speaker) => [speaker.userId, speaker]))
  const speakers = [...levels].flatMap(([userId, level]): Speaker[] => {
    const speaker = known.get(userId)
    const heardAt = level >= SPEAKS ? now : speaker?.heardAt
    if (heardAt === undefined || now - heardAt > PAUSE_MS) return []
    const smoothed = speaker === undefined ? level : speaker.level + (level - speaker.level) * SMOOTHING
    return [{ userId, level: smoothed, heardAt }]
  })
  return speakers.sort((one, other) => other.level - one.level)
}
