/** What the meter of a muted microphone has come to. */
export interface MutedTalk {
  /** Rises while it is loud, and falls again: a cough is not talk. */
  readonly weight: number
  /** Until when it counts as talk, in milliseconds. */
  readonly until: number
}

export const SILENT: MutedTalk = { weight: 0, until: Number.NEGATIVE_INFINITY }

/** How often the meter is looked at. */
export const LOOK_MS = 100
/** Louder than what makes a speaker: a keyboard, or a voice from the next room, is nobody's talk. */
const LOUD = 0.4
/** About a second of speech, with its pauses. */
const TALK = 6
const MOST = 10
const FALL = 0.5
/** It has to be read before it goes. */
const SHOWN_MS = 6_000

/** @param level 0 to 1 @param now milliseconds */
export function hearMuted({ weight, until }: MutedTalk, level: number, now: number): MutedTalk {
  const next = level >= LOUD ? Math.min(MOST, weight + 1) : Math.max(0, weight - FALL)
  return { weight: next, until: level >= LOUD && next >= TALK ? now + SHOWN_MS : until }
}
