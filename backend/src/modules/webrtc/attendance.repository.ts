import type { AttendancePolicy, AttendanceStatus } from '@lectern/protocol'
import { type Kysely, sql } from 'kysely'
import type { OperationContext, QueryContext } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import { prepareQuery } from '../../database/prepared-query.ts'
import type { AttendanceIntervalTable } from '../../database/schema.classes.ts'
import type { Schema } from '../../database/schema.ts'
import { newId } from '../../shared/ids.ts'
import type { Absentee, AttendanceChange, Heartbeat } from './attendance.types.ts'
import { appendEvidence } from './evidence.repository.ts'
import { REGISTER } from './evidence.ts'
import type { NewEvidence } from './evidence.types.ts'

type Db = Kysely<Schema>

export interface AttendanceRecording {
  readonly sessionId: string
  readonly changes: readonly AttendanceChange[]
  /** `Secrets.evidenceKey`. */
  readonly evidenceKey: Uint8Array
}

/** What is open of a session, as it is after the changes so far. */
interface Open {
  readonly sessionId: string
  span: { readonly id: string; readonly startedAt: number } | undefined
  readonly intervals: Map<string, { readonly id: string; readonly joinedAt: number }>
}

type ChangeOf<Kind extends AttendanceChange['kind']> = Extract<AttendanceChange, { kind: Kind }>

/**
 * Writes what attendance is made of, and the evidence of it, in the caller's transaction.
 * An interval lies within one span, and one person's do not overlap: who is there enters no second time, and the end of a
 * span is the end of all that is left in it. A leave of who is not there, and a beginning of what has begun, change nothing.
 */
export async function recordAttendance(
  context: OperationContext,
  { sessionId, changes, evidenceKey }: AttendanceRecording,
): Promise<void> {
  const open = await openOf(context, sessionId)
  const entries: NewEvidence[] = []
  for (const change of changes) entries.push(...(await apply(context, open, change)))
  await appendEvidence(context, { sessionId, entries, key: evidenceKey })
}

const readOpenSpan = prepareQuery<{ sessionId: string }, { id: string; startedAt: number }>((db, place) =>
  db
    .selectFrom('class_spans')
    .select(['id', 'started_at as startedAt'])
    .where('session_id', '=', place('sessionId'))
    .where('ended_at', 'is', null),
)

const readOpenIntervals = prepareQuery<{ sessionId: string }, { id: string; user_id: string; joinedAt: number }>(
  (db, place) =>
    db
      .selectFrom('attendance_intervals')
      .select(['id', 'user_id', 'joined_at as joinedAt'])
      .where('session_id', '=', place('sessionId'))
      .where('left_at', 'is', null),
)

async function openOf(context: QueryContext, sessionId: string): Promise<Open> {
  const [span] = await readOpenSpan(context, { sessionId })
  const intervals = await readOpenIntervals(context, { sessionId })
  return { sessionId, span, intervals: new Map(intervals.map((each) => [each.user_id, each])) }
}

function apply(context: QueryContext, open: Open, change: AttendanceChange): Promise<NewEvidence[]> {
  switch (change.kind) {
    case 'live':
      return beginSpan(context.db, open, change.at)
    case 'ended':
      return endSpan(context, open, change.at)
    case 'entered':
      return beginInterval(context, open, change)
    case 'left':
      return endInterval(context, open, change)
    case 'hand_raised':
      return countHand(context.db, open, change)
  }
}

async function beginSpan(db: Db, open: Open, at: number): Promise<NewEvidence[]> {
  const { sessionId } = open
  if (open.span !== undefined) return []
  const last = await db
    .selectFrom('class_spans')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('session_id', '=', sessionId)
    .executeTakeFirst()
  const span = { id: newId(), number: (last?.number ?? 0) + 1, after_seq: await chatPosition(db, sessionId) }
  await db
    .insertInto('class_spans')
    .values({ ...span, session_id: sessionId, started_at: at, last_seen_at: at, ended_at: null, up_to_seq: null })
    .execute()
  open.span = { id: span.id, startedAt: at }
  return [{ kind: 'live', at, data: { span: span.id, number: span.number, after_seq: span.after_seq } }]
}

async function endSpan(context: QueryContext, open: Open, at: number): Promise<NewEvidence[]> {
  const { db } = context
  if (open.span === undefined) return []
  const { id, startedAt } = open.span
  const left: NewEvidence[] = []
  for (const userId of open.intervals.keys())
    left.push(...(await endInterval(context, open, { kind: 'left', at, userId })))
  const end = Math.max(at, startedAt)
  const up_to_seq = await chatPosition(db, open.sessionId)
  await db
    .updateTable('class_spans')
    .set({ ended_at: end, last_seen_at: end, up_to_seq })
    .where('id', '=', id)
    .execute()
  open.span = undefined
  return [...left, { kind: 'ended', at: end, data: { span: id, up_to_seq } }]
}

/** How far the chat of the class's course has come: commits have an order that no clock upsets. */
async function chatPosition(db: Db, sessionId: string): Promise<number> {
  const course = await db
    .selectFrom('class_sessions as s')
    .innerJoin('courses as c', 'c.id', 's.course_id')
    .select('c.last_seq')
    .where('s.id', '=', sessionId)
    .executeTakeFirst()
  return course?.last_seq ?? 0
}

const insertInterval = prepareQuery<AttendanceIntervalTable, unknown>((db, place) =>
  db.insertInto('attendance_intervals').values({
    id: place('id'),
    session_id: place('session_id'),
    span_id: place('span_id'),
    user_id: place('user_id'),
    user_name: place('user_name'),
    role: place('role'),
    is_entry: place('is_entry'),
    joined_at: place('joined_at'),
    last_seen_at: place('last_seen_at'),
    left_at: place('left_at'),
  }),
)

/** @throws Error while the class is not live */
async function beginInterval(
  context: QueryContext,
  open: Open,
  { at: enteredAt, userId: user_id, userName: user_name, role, isEntry }: ChangeOf<'entered'>,
): Promise<NewEvidence[]> {
  if (open.span === undefined) throw new Error(`Somebody enters ${open.sessionId}, which is not live.`)
  if (open.intervals.has(user_id)) return []
  const id = newId()
  const span = open.span.id
  const at = Math.max(enteredAt, open.span.startedAt)
  await insertInterval(context, {
    ...{ id, session_id: open.sessionId, span_id: span, user_id, user_name, role },
    ...{ is_entry: isEntry ? 1 : 0, joined_at: at, last_seen_at: at, left_at: null },
  })
  open.intervals.set(user_id, { id, joinedAt: at })
  return [{ kind: 'entered', at, data: { interval: id, span, user: user_id, user_name, role, is_entry: isEntry } }]
}

const endIntervalRow = prepareQuery<{ id: string; end: number }, unknown>((db, place) =>
  db
    .updateTable('attendance_intervals')
    .set({ left_at: place('end'), last_seen_at: place('end') })
    .where('id', '=', place('id')),
)

async function endInterval(
  context: QueryContext,
  open: Open,
  { at, userId }: ChangeOf<'left'>,
): Promise<NewEvidence[]> {
  const interval = open.intervals.get(userId)
  if (interval === undefined) return []
  const end = Math.max(at, interval.joinedAt)
  await endIntervalRow(context, { id: interval.id, end })
  open.intervals.delete(userId)
  return [{ kind: 'left', at: end, data: { interval: interval.id, user: userId } }]
}

async function countHand(db: Db, { sessionId }: Open, { at, userId }: ChangeOf<'hand_raised'>): Promise<NewEvidence[]> {
  await db
    .insertInto('attendance_people')
    .values({ ...nobodyYet(sessionId, userId), hands_raised: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['session_id', 'user_id'])
        .doUpdateSet(({ ref }) => ({ hands_raised: sql<number>`${ref('attendance_people.hands_raised')} + 1` })),
    )
    .execute()
  return [{ kind: 'hand', at, data: { user: userId } }]
}

const nobodyYet = (sessionId: string, userId: string) => ({
  session_id: sessionId,
  user_id: userId,
  hands_raised: 0,
  status: null,
  note: null,
  corrected_by: null,
  corrected_at: null,
})

/** Whoever is in a class, but for the absent, is known to be there at `at`, and every live class to be live. */
async function heartbeat({ db }: OperationContext, { at, absent }: Heartbeat): Promise<void> {
  await db
    .updateTable('class_spans')
    .set({ last_seen_at: at })
    .where('ended_at', 'is', null)
    .where('last_seen_at', '<', at)
    .execute()
  await db
    .updateTable('attendance_intervals')
    .set({ last_seen_at: at })
    .where('left_at', 'is', null)
    .where('last_seen_at', '<', at)
    .$if(absent.length > 0, (update) => update.where(notAmong(absent)))
    .execute()
}

const notAmong = (absent: readonly Absentee[]) =>
  sql<boolean>`(session_id, user_id) not in (values ${sql.join(
    absent.map(({ sessionId, userId }) => sql`(${sessionId}, ${userId})`),
  )})`

export interface AttendanceRecovery {
  /** By the clock of the process that starts. */
  readonly now: number
  readonly evidenceKey: Uint8Array
}

/**
 * At the start of the server: what the one before left open ended at its last sign of life, and what is still live begins
 * a new span.
 */
async function recoverAttendance(context: OperationContext, { now, evidenceKey }: AttendanceRecovery): Promise<void> {
  const { db } = context
  const closed = Map.groupBy(
    [...(await closeIntervals(db, now)), ...(await closeSpans(db, now))],
    ({ sessionId }) => sessionId,
  )
  for (const [sessionId, closings] of closed) {
    await appendEvidence(context, { sessionId, entries: closings.map(({ entry }) => entry), key: evidenceKey })
  }
  const live = await db
    .selectFrom('class_sessions')
    .select('id')
    .where('status', '=', 'live')
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute()
  for (const { id } of live) {
    await recordAttendance(context, { sessionId: id, changes: [{ kind: 'live', at: now }], evidenceKey })
  }
}

interface ClosedBefore {
  readonly sessionId: string
  readonly entry: NewEvidence
}

async function closeIntervals(db: Db, now: number): Promise<ClosedBefore[]> {
  const closed = await db
    .updateTable('attendance_intervals')
    .set(({ ref }) => ({ left_at: ref('last_seen_at') }))
    .where('left_at', 'is', null)
    .returning(['id', 'session_id', 'user_id', 'last_seen_at'])
    .execute()
  return closed.map(({ id, session_id, user_id, last_seen_at }) => ({
    sessionId: session_id,
    entry: { kind: 'left', at: last_seen_at, data: { interval: id, user: user_id, recovered_at: now } },
  }))
}

/** While no server ran nobody wrote: what the chat has come to since, was written before. */
async function closeSpans(db: Db, now: number): Promise<ClosedBefore[]> {
  const open = await db
    .selectFrom('class_spans')
    .select(['id', 'session_id', 'last_seen_at'])
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute()
  const closed: ClosedBefore[] = []
  for (const { id, session_id: sessionId, last_seen_at: at } of open) {
    const up_to_seq = await chatPosition(db, sessionId)
    await db.updateTable('class_spans').set({ ended_at: at, up_to_seq }).where('id', '=', id).execute()
    closed.push({ sessionId, entry: { kind: 'ended', at, data: { span: id, up_to_seq, recovered_at: now } } })
  }
  return closed
}

export interface Correction {
  readonly sessionId: string
  readonly userId: string
  /** Null takes back what was said. */
  readonly status: AttendanceStatus | null
  readonly note: string | null
  readonly by: string
  readonly at: number
  readonly evidenceKey: Uint8Array
}

/** Puts down what staff say, beside what was measured. */
async function correctAttendance(context: OperationContext, correction: Correction): Promise<void> {
  const { sessionId, userId, status, by, at, evidenceKey } = correction
  const isTakenBack = status === null
  const note = isTakenBack ? null : correction.note
  const said = { status, note, corrected_by: isTakenBack ? null : by, corrected_at: isTakenBack ? null : at }
  await context.db
    .insertInto('attendance_people')
    .values({ ...nobodyYet(sessionId, userId), ...said })
    .onConflict((conflict) => conflict.columns(['session_id', 'user_id']).doUpdateSet(said))
    .execute()
  const entry: NewEvidence = { kind: 'corrected', at, data: { user: userId, status, note, by } }
  await appendEvidence(context, { sessionId, entries: [entry], key: evidenceKey })
}

export interface PolicyChange {
  readonly courseId: string
  readonly policy: AttendancePolicy
  readonly by: string
  readonly at: number
  readonly evidenceKey: Uint8Array
}

async function setPolicy(context: OperationContext, change: PolicyChange): Promise<void> {
  const { courseId, policy, by, at, evidenceKey } = change
  await context.db
    .insertInto('attendance_policies')
    .values({ course_id: courseId, ...policy })
    .onConflict((conflict) => conflict.column('course_id').doUpdateSet(policy))
    .execute()
  const entry: NewEvidence = { kind: 'policy', at, data: { course: courseId, by, ...policy } }
  await appendEvidence(context, { sessionId: REGISTER, entries: [entry], key: evidenceKey })
}

export const attendance = defineOperations(import.meta.url, {
  heartbeat,
  recoverAttendance,
  correctAttendance,
  setPolicy,
})
