import type { ByteRange } from '../storage/storage.types.ts'

export type RangeAnswer =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly range: ByteRange }
  | { readonly kind: 'unsatisfiable' }

const WHOLE: RangeAnswer = { kind: 'whole' }

/** RFC 9110, 14.1.2: `int-range` or `suffix-range`; the unit is caseless. */
const ONE_RANGE = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i

/**
 * What a `Range` header asks of so many bytes. A server may ignore the header (RFC 9110, 14.2), and one that cannot be
 * read it must: those answer the whole, and so do several ranges at once, which no player and no download manager needs.
 */
export function rangeOf(header: string | undefined, size: number): RangeAnswer {
  const [, first = '', last = ''] = ONE_RANGE.exec(header ?? '') ?? []
  if (first === '' && last === '') return WHOLE
  if (first === '') return suffixOf(Number(last), size)
  if (last !== '' && Number(last) < Number(first)) return WHOLE
  if (Number(first) >= size) return { kind: 'unsatisfiable' }
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return { kind: 'part', range: { start: Number(first), end } }
}

function suffixOf(length: number, size: number): RangeAnswer {
  if (length === 0) return { kind: 'unsatisfiable' }
  // Nothing cannot be said as a `Content-Range`.
  if (size === 0) return WHOLE
  return { kind: 'part', range: { start: Math.max(0, size - length), end: size - 1 } }
}

export const contentRange = ({ start, end }: ByteRange, size: number): string => `bytes ${start}-${end}/${size}`
export const unsatisfiedRange = (size: number): string => `bytes */${size}`
