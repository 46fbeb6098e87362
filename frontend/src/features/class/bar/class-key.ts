export type ClassKey = 'mute' | 'camera' | 'hand' | 'talk'

/** What of a `KeyboardEvent` decides. */
export interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly isComposing: boolean
}

const KEYS: ReadonlyMap<string, ClassKey> = new Map([
  ['m', 'mute'],
  ['v', 'camera'],
  ['h', 'hand'],
  [' ', 'talk'],
])

/** Where keys write. */
const WRITES = 'input, textarea, select, [contenteditable="true"]'
/** What stands before the class, and has keys of its own. */
const BEFORE = '[role="dialog"], [role="menu"], [role="listbox"]'
/** What Space presses. */
const PRESSED_BY_SPACE = 'button, a, summary, [role="button"], [role="switch"], video[controls], audio[controls]'

/** What a key means in a class, by where it was pressed. */
export function classKeyOf(
  pressed: Pressed,
  target: { closest(selector: string): unknown } | null,
): ClassKey | undefined {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.isComposing) return undefined
  const meant = KEYS.get(pressed.key.toLowerCase())
  const isIn = (selector: string): boolean => (target?.closest(selector) ?? null) !== null
  if (meant === undefined || isIn(WRITES) || isIn(BEFORE)) return undefined
  return meant === 'talk' && isIn(PRESSED_BY_SPACE) ? undefined : meant
}
