import { attendancePolicy, attendanceStatus, effectiveRole } from '@lectern/protocol'
import { z } from 'zod'

const entry = <Kind extends string, Data extends z.ZodRawShape>(kind: Kind, data: Data) =>
  z.object({ kind: z.literal(kind), at: z.int(), data: z.strictObject(data) })

/** The server found it open at its start, and ended it at its last sign of life. */
const recovered_at = z.int().exactOptional()

/** What an entry of the log says. Ids of rows are in it, so that a row and its entries find each other. */
export const evidence = z.discriminatedUnion('kind', [
  entry('live', { span: z.string(), number: z.int(), after_seq: z.int() }),
  entry('ended', { span: z.string(), up_to_seq: z.int(), recovered_at }),
  entry('entered', {
    interval: z.string(),
    span: z.string(),
    user: z.string(),
    user_name: z.string(),
    role: effectiveRole,
    is_entry: z.boolean(),
  }),
  entry('left', { interval: z.string(), user: z.string(), recovered_at }),
  entry('hand', { user: z.string() }),
  entry('corrected', {
    user: z.string(),
    status: attendanceStatus.nullable(),
    note: z.string().nullable(),
    by: z.string(),
  }),
  /** In the register alone: the log of a class begins, */
  entry('class', { session: z.string() }),
  /** or a course says anew what it calls late, partial and absent. */
  entry('policy', { course: z.string(), by: z.string(), ...attendancePolicy.shape }),
])
export type NewEvidence = z.infer<typeof evidence>

/** An entry as it is stored, but for its hash. */
export interface EvidenceEntry {
  readonly session_id: string
  readonly entry: number
  readonly at: number
  readonly kind: string
  /** JSON. */
  readonly data: string
}

export interface EvidenceHead {
  readonly session_id: string
  readonly entries: number
  readonly hash: string
}
