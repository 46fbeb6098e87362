/** Far enough apart to be told from each other. */
const HUES = [12, 40, 75, 110, 145, 175, 205, 235, 262, 290, 320, 345] as const

/** A hue in degrees that belongs to an id. FNV-1a. */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193)
  return HUES[(hash >>> 0) % HUES.length] ?? HUES[0]
}
