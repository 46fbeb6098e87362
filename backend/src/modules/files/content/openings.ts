import type { Buffer } from 'node:buffer'

/** Whether a file that begins so can be of a kind; false is final. */
export type Opening = (head: Buffer) => boolean

/** Magic numbers as ISO 8859-1. */
export const startsWith =
  (...magics: readonly string[]): Opening =>
  (head) =>
    magics.some((magic) => head.toString('latin1', 0, magic.length) === magic)

/** RIFF: the form's name follows the length of the whole. */
export const isRiff =
  (form: string): Opening =>
  (head) =>
    head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === form

/** The type of the first box, ISO/IEC 14496-12. */
export const firstBoxIs =
  (...types: readonly string[]): Opening =>
  (head) =>
    types.includes(head.toString('latin1', 4, 8))

export const isCompoundFile = startsWith('\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1')

/** An archive of something, or an empty one. */
export const beginsZip = startsWith('PK\x03\x04', 'PK\x05\x06')

/** RFC 1952: the only method is deflate, and the upper flags must be zero. */
export const isGzip: Opening = (head) => startsWith('\x1F\x8B\x08')(head) && (head[3] ?? 0xff) < 0x20
