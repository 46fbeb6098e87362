/** What of a `keydown` decides. */
export interface Key {
  readonly key: string
  readonly keyCode: number
  readonly isComposing: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  /** Milliseconds, of the same clock as `Composing.endedAt`. */
  readonly timeStamp: number
}

/** What the input method does in a field. */
export interface Composing {
  readonly isActive: boolean
  /** When it last ended a composition; -Infinity: never. */
  readonly endedAt: number
}

/** Of a key that an input method has handled (UI Events, 7.3.1). */
const HANDLED_BY_INPUT_METHOD = 229
/**
 * Safari ends a composition before it tells of the Enter that ended it, and then says `isComposing: false`. Both come of
 * one stroke; nobody strikes Enter again sooner than this.
 */
const SAME_STROKE_MS = 40

/** Whether a key is the input method's own, such as the Enter that accepts what is composed. */
export const isComposed = (key: Key, composing: Composing): boolean =>
  composing.isActive ||
  key.isComposing ||
  key.keyCode === HANDLED_BY_INPUT_METHOD ||
  Math.abs(key.timeStamp - composing.endedAt) < SAME_STROKE_MS

/**
 * Whether a key sends what is written. Enter does, but for an input method's; Shift or Alt with it breaks the line.
 * `breaksLines`: where Enter alone does that too, as on a phone; Ctrl or Cmd with it sends everywhere.
 */
export function sendsOnKey(key: Key, composing: Composing, breaksLines = false): boolean {
  if (key.key !== 'Enter' || key.shiftKey || key.altKey || isComposed(key, composing)) return false
  return !breaksLines || key.ctrlKey || key.metaKey
}
