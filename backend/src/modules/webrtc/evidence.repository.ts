import type { Kysely } from 'kysely'
import type { QueryContext } from '../../database/database.ts'
import { prepareQuery } from '../../database/prepared-query.ts'
import type { AttendanceEvidenceTable, AttendanceHeadTable } from '../../database/schema.classes.ts'
import type { Schema } from '../../database/schema.ts'
import { BEGINNING, evidenceKeyOf, hashOf, REGISTER, sealOf } from './evidence.ts'
import type { EvidenceHead, NewEvidence } from './evidence.types.ts'

/** Entries of one statement: SQLite takes 32,766 values. */
const AT_ONCE = 1000

export interface Evidence {
  readonly sessionId: string
  readonly entries: readonly NewEvidence[]
  readonly key: Uint8Array
}

/** Appends to a session's log, in the transaction of what the entries tell. */
export async function appendEvidence(context: QueryContext, { sessionId, entries, key }: Evidence): Promise<void> {
  const first = entries[0]
  if (first === undefined) return
  const secret = evidenceKeyOf(key)
  const [stored] = await readHead(context, { sessionId })
  if (stored === undefined && sessionId !== REGISTER) {
    const begun: NewEvidence = { kind: 'class', at: first.at, data: { session: sessionId } }
    await appendEvidence(context, { sessionId: REGISTER, entries: [begun], key })
  }
  let head: EvidenceHead = stored ?? (await headOfNone(context.db, sessionId))
  const rows = entries.map(({ kind, at, data }) => {
    const entry = { session_id: sessionId, entry: head.entries + 1, at, kind, data: JSON.stringify(data) }
    const hash = hashOf(secret, head.hash, entry)
    head = { session_id: sessionId, entries: entry.entry, hash }
    return { ...entry, hash }
  })
  await insertEntries(context, rows)
  await putHead(context, { ...head, seal: sealOf(secret, head) })
}

/**
 * Where somebody took the head of a log away, classes go on: the entries to come bear the numbers that follow, and say by
 * their hashes that they follow nothing.
 */
async function headOfNone(db: Kysely<Schema>, sessionId: string): Promise<EvidenceHead> {
  const last = await db
    .selectFrom('attendance_evidence')
    .select(({ fn }) => fn.max('entry').as('entry'))
    .where('session_id', '=', sessionId)
    .executeTakeFirst()
  return { session_id: sessionId, entries: last?.entry ?? 0, hash: BEGINNING }
}

const readHead = prepareQuery<{ sessionId: string }, EvidenceHead>((db, place) =>
  db
    .selectFrom('attendance_heads')
    .select(['session_id', 'entries', 'hash'])
    .where('session_id', '=', place('sessionId')),
)

const putHead = prepareQuery<AttendanceHeadTable, unknown>((db, place) =>
  db
    .insertInto('attendance_heads')
    .values({
      session_id: place('session_id'),
      entries: place('entries'),
      hash: place('hash'),
      seal: place('seal'),
    })
    .onConflict((conflict) =>
      conflict.column('session_id').doUpdateSet(({ ref }) => ({
        entries: ref('excluded.entries'),
        hash: ref('excluded.hash'),
        seal: ref('excluded.seal'),
      })),
    ),
)

const insertEntry = prepareQuery<AttendanceEvidenceTable, unknown>((db, place) =>
  db.insertInto('attendance_evidence').values({
    session_id: place('session_id'),
    entry: place('entry'),
    at: place('at'),
    kind: place('kind'),
    data: place('data'),
    hash: place('hash'),
  }),
)

async function insertEntries(context: QueryContext, rows: readonly AttendanceEvidenceTable[]): Promise<void> {
  const [only, ...others] = rows
  if (only !== undefined && others.length === 0) {
    await insertEntry(context, only)
    return
  }
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    await context.db
      .insertInto('attendance_evidence')
      .values(rows.slice(from, from + AT_ONCE))
      .execute()
  }
}
