import type { KeyObject } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Schema } from '../../database/schema.ts'
import { type AttestedRow, type AttestedTable, ofClass, replay, type Values } from './evidence.replay.ts'
import { BEGINNING, evidenceKeyOf, hashOf, REGISTER, sealOf } from './evidence.ts'
import { type EvidenceEntry, evidence, type NewEvidence } from './evidence.types.ts'

type Db = Kysely<Schema>

export interface Verdict {
  readonly classes: number
  /** Those that were read. */
  readonly entries: number
  /** The first that is not as it was written; undefined where all is. */
  readonly problem: string | undefined
}

class Altered extends Error {}

/**
 * Reads the whole log of attendance, and every row that it tells of.
 * @param db what is read must be of one moment
 */
export async function verifyEvidence(db: Db, key: Uint8Array): Promise<Verdict> {
  const verdict = { classes: 0, entries: 0 }
  try {
    for await (const { isClass, entries } of verifyLogs(db, evidenceKeyOf(key))) {
      if (isClass) verdict.classes += 1
      verdict.entries += entries
    }
    return { ...verdict, problem: undefined }
  } catch (error) {
    if (error instanceof Altered) return { ...verdict, problem: error.message }
    throw error
  }
}

/** The register, and then each class. @throws Altered */
async function* verifyLogs(db: Db, key: KeyObject): AsyncGenerator<{ isClass: boolean; entries: number }> {
  const register = await verifyLog(db, REGISTER, key)
  const policies = await db.selectFrom('attendance_policies').selectAll().orderBy('course_id').execute()
  compareRows(REGISTER, replay(REGISTER, register), { attendance_policies: policies })
  yield { isClass: false, entries: register.length }
  const registered = new Set<string>()
  for (const { kind, data } of register) {
    if (kind !== 'class') continue
    if (registered.has(data.session)) throw new Altered(`The log ${ofClass(data.session)} begins twice.`)
    registered.add(data.session)
  }
  for (const sessionId of await sessionsWithRows(db, registered)) {
    const entries = await verifyLog(db, sessionId, key)
    compareRows(sessionId, replay(sessionId, entries), await rowsOf(db, sessionId))
    if (!registered.has(sessionId)) throw new Altered(`The log ${ofClass(sessionId)} was added.`)
    if (entries.length === 0) throw new Altered(`The log ${ofClass(sessionId)} was taken out.`)
    yield { isClass: true, entries: entries.length }
  }
}

async function sessionsWithRows(db: Db, registered: Iterable<string>): Promise<string[]> {
  const sessions = await db
    .selectFrom('attendance_evidence')
    .select('session_id')
    .union(db.selectFrom('attendance_heads').select('session_id'))
    .union(db.selectFrom('class_spans').select('session_id'))
    .union(db.selectFrom('attendance_intervals').select('session_id'))
    .union(db.selectFrom('attendance_people').select('session_id'))
    .execute()
  const ids = new Set([...registered, ...sessions.map(({ session_id }) => session_id)])
  ids.delete(REGISTER)
  return [...ids].toSorted()
}

/** @throws Altered naming the first entry that does not follow the one before */
async function verifyLog(db: Db, sessionId: string, key: KeyObject): Promise<NewEvidence[]> {
  const rows = await db
    .selectFrom('attendance_evidence')
    .selectAll()
    .where('session_id', '=', sessionId)
    .orderBy('entry')
    .execute()
  const head = await db
    .selectFrom('attendance_heads')
    .selectAll()
    .where('session_id', '=', sessionId)
    .executeTakeFirst()
  let previous = BEGINNING
  const entries: NewEvidence[] = []
  for (const row of rows) {
    const number = entries.length + 1
    const entry = `Entry ${number} ${ofClass(sessionId)}`
    if (row.entry > number) throw new Altered(`${entry} was taken out.`)
    if (head !== undefined && number > head.entries) throw new Altered(`${entry} was added.`)
    if (row.entry < number || hashOf(key, previous, row) !== row.hash) throw new Altered(`${entry} was altered.`)
    entries.push(parse(row))
    previous = row.hash
  }
  if (head === undefined) {
    if (rows.length > 0) throw new Altered(`The head of the log ${ofClass(sessionId)} was taken out.`)
    return entries
  }
  if (sealOf(key, head) !== head.seal) throw new Altered(`The head of the log ${ofClass(sessionId)} was altered.`)
  if (entries.length < head.entries)
    throw new Altered(`Entry ${entries.length + 1} ${ofClass(sessionId)} was taken out.`)
  if (previous !== head.hash) throw new Altered(`The head of the log ${ofClass(sessionId)} was altered.`)
  return entries
}

/** What the key has attested is ours, and of our form. */
const parse = ({ kind, at, data }: EvidenceEntry): NewEvidence => evidence.parse({ kind, at, data: JSON.parse(data) })

type Rows = Partial<Record<AttestedTable, Values[]>>

const KEY_COLUMNS: Record<AttestedTable, string> = {
  class_spans: 'id',
  attendance_intervals: 'id',
  attendance_people: 'user_id',
  attendance_policies: 'course_id',
}

async function rowsOf(db: Db, sessionId: string): Promise<Rows> {
  return {
    class_spans: await db
      .selectFrom('class_spans')
      .selectAll()
      .where('session_id', '=', sessionId)
      .orderBy('id')
      .execute(),
    attendance_intervals: await db
      .selectFrom('attendance_intervals')
      .selectAll()
      .where('session_id', '=', sessionId)
      .orderBy('id')
      .execute(),
    attendance_people: await db
      .selectFrom('attendance_people')
      .selectAll()
      .where('session_id', '=', sessionId)
      .orderBy('user_id')
      .execute(),
  }
}

/** @throws Altered naming the first row that is not what the log has made of it */
function compareRows(sessionId: string, attested: readonly AttestedRow[], found: Rows): void {
  const missing = new Map(attested.map((row) => [`${row.table} ${row.key}`, row]))
  for (const table of TABLES) {
    for (const row of found[table] ?? []) {
      const place = `${table} ${row[KEY_COLUMNS[table]]}`
      const values = missing.get(place)?.values
      if (values === undefined) throw new Altered(`The row ${place} ${ofClass(sessionId)} was added.`)
      const column = Object.keys(row).find((name) => isAltered(name, row, values))
      if (column !== undefined) throw new Altered(`${column} of the row ${place} ${ofClass(sessionId)} was altered.`)
      missing.delete(place)
    }
  }
  const [gone] = missing.keys()
  if (gone !== undefined) throw new Altered(`The row ${gone} ${ofClass(sessionId)} was taken out.`)
}

const TABLES = ['class_spans', 'attendance_intervals', 'attendance_people', 'attendance_policies'] as const

const isAltered = (column: string, row: Values, attested: Values): boolean =>
  (column !== 'last_seen_at' || column in attested) && row[column] !== attested[column]
