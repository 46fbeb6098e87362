import type { Kysely } from 'kysely'
import type { Schema } from '../../database/schema.ts'
import { BEGINNING, hashOf, REGISTER, sealOf } from './evidence.ts'
import type { EvidenceHead, NewEvidence } from './evidence.types.ts'

/** Entries of one statement: SQLite takes 32,766 values. */
const AT_ONCE = 1000

export interface Evidence {
  readonly sessionId: string
  readonly entries: readonly NewEvidence[]
  readonly key: Uint8Array
}

/** Appends to a session's log, in the transaction of what the entries tell. */
export async function appendEvidence(db: Kysely<Schema>, { sessionId, entries, key }: Evidence): Promise<void> {
  const first = entries[0]
  if (first === undefined) return
  const stored = await db
    .selectFrom('attendance_heads')
    .select(['session_id', 'entries', 'hash'])
    .where('session_id', '=', sessionId)
    .executeTakeFirst()
  if (stored === undefined && sessionId !== REGISTER) {
    const begun: NewEvidence = { kind: 'class', at: first.at, data: { session: sessionId } }
    await appendEvidence(db, { sessionId: REGISTER, entries: [begun], key })
  }
  let head: EvidenceHead = stored ?? (await headOfNone(db, sessionId))
  const rows = entries.map(({ kind, at, data }) => {
    const entry = { session_id: sessionId, entry: head.entries + 1, at, kind, data: JSON.stringify(data) }
    const hash = hashOf(key, head.hash, entry)
    head = { session_id: sessionId, entries: entry.entry, hash }
    return { ...entry, hash }
  })
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    await db
      .insertInto('attendance_evidence')
      .values(rows.slice(from, from + AT_ONCE))
      .execute()
  }
  await putHead(db, head, key)
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

async function putHead(db: Kysely<Schema>, head: EvidenceHead, key: Uint8Array): Promise<void> {
  const values = { entries: head.entries, hash: head.hash, seal: sealOf(key, head) }
  await db
    .insertInto('attendance_heads')
    .values({ session_id: head.session_id, ...values })
    .onConflict((conflict) => conflict.column('session_id').doUpdateSet(values))
    .execute()
}
