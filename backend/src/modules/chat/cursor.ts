import { z } from 'zod'
import { cutPage, decodeCursor, type Page } from '../../shared/cursor.ts'

/** A place in a list of messages, and which way to go on from it. A number of what is stored: what is added meanwhile shifts nothing. */
export interface LogCursor {
  readonly direction: 'before' | 'after'
  readonly position: number
}

const place = z.tuple([z.enum(['before', 'after']), z.int().min(0)])

/** @throws AppError `VALIDATION_FAILED` for what no answer has borne */
export function logCursor(text: string): LogCursor {
  const [direction, position] = decodeCursor(text, place)
  return { direction, position }
}

/** Where a list that goes back in time goes on. @throws AppError `VALIDATION_FAILED` also for a cursor that goes the other way */
export const positionBefore = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : decodeCursor(text, z.tuple([z.literal('before'), z.int().min(0)]))[1]

/** @param found up to `limit` + 1 */
export const logPage = <Item>(
  found: readonly Item[],
  limit: number,
  direction: LogCursor['direction'],
  positionOf: (item: Item) => number,
): Page<Item> => cutPage(found, limit, (item) => [direction, positionOf(item)])
