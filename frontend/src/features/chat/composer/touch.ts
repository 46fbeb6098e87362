/**
 * Whether one writes on a screen's keyboard, where Enter breaks the line, as people expect of it, and the button sends.
 * A tablet with a keyboard still says so: there, Ctrl or Cmd with Enter sends.
 */
export const isTouch = (): boolean => matchMedia('(hover: none) and (pointer: coarse)').matches
