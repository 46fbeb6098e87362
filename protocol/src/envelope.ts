import { z } from 'zod'
import { ERROR_STATUS, type ErrorCode, type WireError } from './errors.ts'
import { LIMITS } from './limits.ts'
import { count, queryInteger } from './scalars.ts'
import { wireInput } from './spelling.ts'

/** What a client event's acknowledgement bears. */
export type Ack<Data> = { ok: true; data: Data } | { ok: false; error: WireError }

const codes = Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]

export const wireError = z
  .object({
    code: z.enum(codes),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).exactOptional(),
  })
  .meta({ id: 'Error' })

/** The failure of an event that was sent without an ack. */
export const eventError = wireError.extend({ event: z.string() }).meta({ id: 'EventError' })

/** The body of every REST answer that failed. */
export const failure = z.object({ success: z.literal(false), error: wireError }).meta({ id: 'Failure' })

/** `meta` of a list. */
export const pageMeta = z
  .object({
    limit: count,
    next_cursor: z.string().nullable().describe('Goes into `cursor`; null at the end.'),
  })
  .meta({ id: 'PageMeta' })
export type PageMeta = z.infer<typeof pageMeta>

export const pageFields = {
  // The default is said twice since zod describes none behind a preprocess.
  limit: queryInteger(LIMITS.pageMin, LIMITS.pageMax).default(LIMITS.pageDefault).meta({ default: LIMITS.pageDefault }),
  cursor: z
    .string()
    .min(1)
    .max(LIMITS.cursor)
    .exactOptional()
    .describe('`meta.next_cursor` of the page before; goes on in the same direction.'),
}

export const pageQuery = wireInput(pageFields)
export type PageQuery = z.output<typeof pageQuery>
