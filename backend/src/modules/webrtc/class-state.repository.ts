import type { Kysely } from 'kysely'
import type { Database } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import { prepareQuery } from '../../database/prepared-query.ts'
import type { ClassBanTable, ClassParticipantTable, ClassSessionTable } from '../../database/schema.classes.ts'
import type { Schema } from '../../database/schema.ts'
import { recordAttendance } from './attendance.repository.ts'
import type {
  Announcement,
  Attendee,
  ClassChange,
  ClassStore,
  StoredBan,
  StoredClass,
  StoredSession,
} from './webrtc.types.ts'

type Db = Kysely<Schema>

/** What is written of the class itself. */
export interface ClassCommit extends Omit<ClassChange, 'announcements'> {
  readonly evidenceKey: Uint8Array
}

/** Commits a change and what chat says of it as one. */
export type CommitAndAnnounce = (commit: ClassCommit, announcements: readonly Announcement[]) => Promise<void>

export const classState = defineOperations(import.meta.url, {
  /** What several decisions changed, and the attendance that follows from it: all of it, or nothing. */
  async commitClass(context, change: ClassCommit): Promise<void> {
    const { db } = context
    const { sessionId, session, attendance, evidenceKey } = change
    if (session !== undefined) await updateSession(context, toSessionRow(session))
    for (const person of change.people) await putPerson(context, toPersonRow(sessionId, person))
    for (const ban of change.bans) await putBan(db, sessionId, ban)
    await takeOut(db, 'class_participants', sessionId, change.gone)
    await takeOut(db, 'class_bans', sessionId, change.unbanned)
    if (attendance.length > 0) await recordAttendance(context, { sessionId, changes: attendance, evidenceKey })
  },
})

const updateSession = prepareQuery<ClassSessionTable, unknown>((db, place) =>
  db
    .updateTable('class_sessions')
    .set({
      course_id: place('course_id'),
      title: place('title'),
      status: place('status'),
      created_by: place('created_by'),
      locked: place('locked'),
      lobby: place('lobby'),
      last_place: place('last_place'),
      last_hand_at: place('last_hand_at'),
      created_at: place('created_at'),
      scheduled_at: place('scheduled_at'),
      duration_min: place('duration_min'),
      started_at: place('started_at'),
      ended_at: place('ended_at'),
      empty_since: place('empty_since'),
      deleted_at: place('deleted_at'),
    })
    .where('id', '=', place('id')),
)

const putPerson = prepareQuery<ClassParticipantTable, unknown>((db, place) => {
  const columns = {
    user_name: place('user_name'),
    display_name: place('display_name'),
    role: place('role'),
    enrolled_role: place('enrolled_role'),
    state: place('state'),
    instance_id: place('instance_id'),
    place: place('place'),
    audio: place('audio'),
    video: place('video'),
    screen: place('screen'),
    joined_at: place('joined_at'),
    hand_raised_at: place('hand_raised_at'),
  }
  return db
    .insertInto('class_participants')
    .values({ session_id: place('session_id'), user_id: place('user_id'), ...columns })
    .onConflict((conflict) => conflict.columns(['session_id', 'user_id']).doUpdateSet(columns))
})

async function putBan(db: Db, sessionId: string, ban: StoredBan): Promise<void> {
  const columns = { user_name: ban.userName, banned_by: ban.bannedBy, banned_at: ban.bannedAt }
  await db
    .insertInto('class_bans')
    .values({ session_id: sessionId, user_id: ban.userId, ...columns })
    .onConflict((conflict) => conflict.columns(['session_id', 'user_id']).doUpdateSet(columns))
    .execute()
}

async function takeOut(
  db: Db,
  table: 'class_participants' | 'class_bans',
  sessionId: string,
  userIds: readonly string[],
): Promise<void> {
  if (userIds.length === 0) return
  await db.deleteFrom(table).where('session_id', '=', sessionId).where('user_id', 'in', userIds).execute()
}

export const toSessionRow = (session: StoredSession): ClassSessionTable => ({
  id: session.id,
  course_id: session.courseId,
  title: session.title,
  status: session.status,
  created_by: session.createdBy,
  locked: Number(session.locked),
  lobby: Number(session.lobby),
  last_place: session.lastPlace,
  last_hand_at: session.lastHandAt,
  created_at: session.createdAt,
  scheduled_at: session.scheduledAt,
  duration_min: session.durationMin,
  started_at: session.startedAt,
  ended_at: session.endedAt,
  empty_since: session.emptySince,
  deleted_at: session.deletedAt,
})

export const fromSessionRow = (row: ClassSessionTable): StoredSession => ({
  id: row.id,
  courseId: row.course_id,
  title: row.title,
  status: row.status,
  createdBy: row.created_by,
  locked: row.locked === 1,
  lobby: row.lobby === 1,
  lastPlace: row.last_place,
  lastHandAt: row.last_hand_at,
  createdAt: row.created_at,
  scheduledAt: row.scheduled_at,
  durationMin: row.duration_min,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  emptySince: row.empty_since,
  deletedAt: row.deleted_at,
})

const toPersonRow = (sessionId: string, person: Attendee): ClassParticipantTable => ({
  session_id: sessionId,
  user_id: person.userId,
  user_name: person.userName,
  display_name: person.displayName,
  role: person.role,
  enrolled_role: person.enrolledRole,
  state: person.state,
  instance_id: person.instanceId,
  place: person.place,
  audio: Number(person.audio),
  video: Number(person.video),
  screen: Number(person.screen),
  joined_at: person.joinedAt,
  hand_raised_at: person.handRaisedAt,
})

const fromPersonRow = (row: ClassParticipantTable): Attendee => ({
  userId: row.user_id,
  userName: row.user_name,
  displayName: row.display_name,
  role: row.role,
  enrolledRole: row.enrolled_role,
  state: row.state,
  instanceId: row.instance_id,
  place: row.place,
  audio: row.audio === 1,
  video: row.video === 1,
  screen: row.screen === 1,
  joinedAt: row.joined_at,
  handRaisedAt: row.hand_raised_at,
})

const fromBanRow = (row: ClassBanTable): StoredBan => ({
  userId: row.user_id,
  userName: row.user_name,
  bannedBy: row.banned_by,
  bannedAt: row.banned_at,
})

/** Classes in the database. */
export class ClassStateRepository implements ClassStore {
  readonly #database: Database
  readonly #evidenceKey: Uint8Array
  readonly #announce: CommitAndAnnounce

  constructor(database: Database, evidenceKey: Uint8Array, announce: CommitAndAnnounce) {
    this.#database = database
    this.#evidenceKey = evidenceKey
    this.#announce = announce
  }

  async session(sessionId: string): Promise<StoredSession | undefined> {
    const row = await this.#database.read
      .selectFrom('class_sessions')
      .selectAll()
      .where('id', '=', sessionId)
      .where('deleted_at', 'is', null)
      .executeTakeFirst()
    return row === undefined ? undefined : fromSessionRow(row)
  }

  async load(sessionId: string): Promise<StoredClass | undefined> {
    const session = await this.session(sessionId)
    if (session === undefined) return undefined
    const { read } = this.#database
    const people = await read
      .selectFrom('class_participants')
      .selectAll()
      .where('session_id', '=', sessionId)
      .orderBy('place')
      .execute()
    const bans = await read.selectFrom('class_bans').selectAll().where('session_id', '=', sessionId).execute()
    return { session, people: people.map(fromPersonRow), bans: bans.map(fromBanRow) }
  }

  commit({ announcements, ...change }: ClassChange): Promise<void> {
    const commit = { ...change, evidenceKey: this.#evidenceKey }
    return announcements.length === 0
      ? this.#database.write(classState.commitClass, commit)
      : this.#announce(commit, announcements)
  }

  async inUse(): Promise<string[]> {
    const { read } = this.#database
    const rows = await read
      .selectFrom('class_sessions')
      .select('id')
      .where('status', '=', 'live')
      .union(read.selectFrom('class_participants').select('session_id as id'))
      .execute()
    return rows.map(({ id }) => id)
  }
}
