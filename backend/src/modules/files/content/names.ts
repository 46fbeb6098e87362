import { cutTo, type NameLimits, splitName } from './name-parts.ts'

/** What any file system of those who unpack a folder's ZIP can bear, with room for a ` (2)`. */
const FILENAME: NameLimits = { units: 200, bytes: 255 }
/** As long as a `Content-Disposition` may be within the headers that proxies take by default. */
const ORIGINAL_NAME: NameLimits = { units: 255, bytes: 765 }

const FALLBACK = 'file'

/**
 * What shows nowhere or turns the text around it: controls, bidirectional marks, overrides and isolates (`exe.fdp` read
 * backwards), line and paragraph separators, zero-width space, word joiner, byte order mark. Joiners stay: emoji and
 * Indic scripts are written with them.
 */
const INVISIBLE = /[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060\u2066-\u2069\uFEFF]/gu

/** “Naming Files, Paths, and Namespaces” of the Windows documentation. */
const FORBIDDEN_ON_WINDOWS = /[<>:"|?*]/g
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)/i

/**
 * The name as its owner wrote it, for the record's `original_name` and for `Content-Disposition`: its last path segment
 * (browsers once sent `C:\fakepath\x.pdf`), NFC, of one line, with nothing in it that hides; 255 UTF-16 units at most.
 */
export function originalNameOf(raw: string): string {
  const visible = lastSegment(raw).toWellFormed().replace(INVISIBLE, '').normalize('NFC').trim()
  return whole(splitName(visible), ORIGINAL_NAME).trim() || FALLBACK
}

/**
 * A name that is one path segment on every system: `originalNameOf` without what Windows forbids or drops; 200 UTF-16
 * units and 255 bytes of UTF-8 at most, shortened before its extension. It is never a path of the server's nevertheless.
 * `safeFilename(safeFilename(x)) === safeFilename(x)`.
 */
export function safeFilename(originalName: string): string {
  const original = originalNameOf(originalName).replace(FORBIDDEN_ON_WINDOWS, '_')
  const { stem, extension } = splitName(original.replace(/[.\s]+$/, ''))
  const name = whole({ stem: stem.replace(/^[.\s]+/, '') || FALLBACK, extension }, FILENAME)
  return DEVICE.test(name) ? whole(splitName(`_${name}`), FILENAME) : name
}

/** `name (2).ext` for the second of a name, within the same limits. @param filename made by `safeFilename` */
export function numbered(filename: string, n: number): string {
  const { stem, extension } = splitName(filename)
  return whole({ stem, extension: ` (${n})${extension}` }, FILENAME)
}

/**
 * Two names that differ in case alone have the same key; diacritics count. Case goes down, up and down again, which is
 * close to Unicode's full case folding.
 */
export function nameKey(name: string): string {
  const folded = name.normalize('NFC').toLowerCase().toUpperCase().toLowerCase()
  return folded.normalize('NFC')
}

function lastSegment(path: string): string {
  return path.split(/[/\\]/).findLast((segment) => segment !== '') ?? ''
}

/** The stem is what gives way. */
function whole({ stem, extension }: { stem: string; extension: string }, limits: NameLimits): string {
  const room = { units: limits.units - extension.length, bytes: limits.bytes - Buffer.byteLength(extension) }
  const cut = cutTo(stem, room)
  return `${cut === stem ? stem : cut.replace(/[.\s]+$/, '') || FALLBACK}${extension}`
}
