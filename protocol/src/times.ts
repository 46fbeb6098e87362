import { z } from 'zod'

/** How a time leaves: `2026-01-31T08:15:00.000Z`. */
export const time = z.iso.datetime({ precision: 3 }).meta({ id: 'Time', description: 'ISO 8601, UTC, milliseconds.' })
export type Time = z.infer<typeof time>

const timeOrDate = z.union(
  [z.iso.datetime({ offset: true, local: false }), z.iso.date()],
  'expected an ISO 8601 time with Z or an offset, or a date',
)

/** A time as it comes in, to milliseconds since the epoch; a date alone is its midnight in UTC. */
export const timeInput = timeOrDate
  .transform((value) => Date.parse(value))
  .pipe(z.int('no such time'))
  .meta({ description: 'ISO 8601 with `Z` or an offset, or a date alone (its midnight in UTC).' })

/** Milliseconds since the epoch as the wire writes them. */
export const toTime = (milliseconds: number): Time => new Date(milliseconds).toISOString()
