import { z } from 'zod'
import { invalid } from './errors.ts'

/** Where a page ends, written so that a client hands it back and reads nothing into it: base64url of JSON. */
export const encodeCursor = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url')

const json = z.string().transform((value, context): unknown => {
  try {
    return JSON.parse(value)
  } catch {
    context.addIssue({ code: 'custom', message: 'no JSON' })
    return z.NEVER
  }
})

/** @throws AppError `VALIDATION_FAILED` for what `encodeCursor` has not written of such a place */
export function decodeCursor<Place>(cursor: string, place: z.ZodType<Place>): Place {
  const read = json.pipe(place).safeParse(Buffer.from(cursor, 'base64url').toString())
  if (!read.success)
    throw invalid('This cursor is none of this list.', { issues: [{ path: 'cursor', message: 'not from this list' }] })
  return read.data
}

export interface Page<Item> {
  readonly items: readonly Item[]
  /** Null at the end of the list. */
  readonly nextCursor: string | null
}

/** @param found up to `limit` + 1: one more than the page holds tells that it goes on after it */
export function cutPage<Item>(found: readonly Item[], limit: number, placeOf: (item: Item) => unknown): Page<Item> {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: found.length > limit && last !== undefined ? encodeCursor(placeOf(last)) : null }
}
