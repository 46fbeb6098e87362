import type { CourseRole, GlobalRole } from '@lectern/protocol'
import type { QueryContext } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import { prepareQuery } from '../../database/prepared-query.ts'
import type { ClassSessionTable } from '../../database/schema.classes.ts'
import type { CourseTable, EnrolmentTable, UserTable } from '../../database/schema.ts'
import { unauthenticated } from '../../shared/errors.ts'
import { chunksOf, type Db } from './enrolments.repository.rows.ts'

/** What an external token says, to be kept for rosters. */
export interface Said {
  readonly user: {
    readonly id: string
    readonly name: string
    readonly email: string | null
    readonly role: GlobalRole
  }
  /** The token's `iat`, whole seconds. */
  readonly issuedAt: number
  readonly courses: readonly { readonly id: string; readonly role: CourseRole }[]
  /** Classes. */
  readonly sessions: readonly { readonly id: string; readonly courseId: string }[]
}

export interface Sighting extends Said {
  /** For each course named, in case this makes it. */
  readonly joinCodes: ReadonlyMap<string, string>
  readonly now: number
}

export interface Recorded {
  /** The courses in which the bearer is newly enrolled, or has another role. */
  readonly changed: string[]
  /** The classes that were made. */
  readonly planned: { readonly id: string; readonly courseId: string }[]
}

export const sightingOperations = defineOperations(import.meta.url, {
  /**
   * Makes what the token names for the first time and brings the rest up to date; writes only what differs.
   * A course of the other realm is passed over, as is one that the bearer was removed from after the token's issue.
   * @throws AppError `UNAUTHENTICATED` when the bearer is a local account, disabled, or deleted since the token's issue
   */
  async recordSighting({ db }, sighting: Sighting): Promise<Recorded> {
    await recordUser(db, sighting)
    const changed: string[] = []
    const planned: Recorded['planned'] = []
    for (const claimed of chunksOf(sighting.courses)) changed.push(...(await recordCourses(db, sighting, claimed)))
    for (const claimed of chunksOf(sighting.sessions)) planned.push(...(await recordSessions(db, sighting, claimed)))
    return { changed, planned }
  },
})

const readUser = prepareQuery<{ userId: string }, Pick<UserTable, 'name' | 'email' | 'role'>>((db, place) =>
  db.selectFrom('users').select(['name', 'email', 'role']).where('id', '=', place('userId')),
)

/** Whether recording would write nothing, as far as two reads tell; if not, recording finds out. */
export async function isRecorded(context: QueryContext, { user, courses, sessions }: Said): Promise<boolean> {
  const { db } = context
  const [known] = await readUser(context, { userId: user.id })
  if (known?.name !== user.name || known.email !== user.email || known.role !== user.role) return false
  for (const claimed of chunksOf(sessions)) if ((await missingSessions(db, claimed)).length > 0) return false
  if (courses.length === 0) return true
  const enrolments = await enrolmentsOf(
    db,
    user.id,
    courses.map((course) => course.id),
  )
  return courses.every(({ id, role }) => {
    const enrolment = enrolments.get(id)
    return enrolment !== undefined && (enrolment.role === role || isMadeHere(enrolment.source))
  })
}

async function recordUser(db: Db, { user, issuedAt, now }: Sighting): Promise<void> {
  const known = await db.selectFrom('users').selectAll().where('id', '=', user.id).executeTakeFirst()
  if (known !== undefined && (known.realm !== 'external' || known.disabled === 1)) throw unauthenticated()
  if (known?.email !== user.email) await yieldAddress(db, user)
  if (known === undefined) {
    await refuseDeleted(db, user.id, issuedAt)
    const row = { ...user, realm: 'external', locale: null, password_hash: null, disabled: 0, created_at: now } as const
    await db
      .insertInto('users')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  } else if (known.name !== user.name || known.email !== user.email || known.role !== user.role) {
    const { name, email, role } = user
    await db.updateTable('users').set({ name, email, role }).where('id', '=', user.id).execute()
  }
}

/** An address is one person's: the one whom the existing system gave it to last. */
async function yieldAddress(db: Db, user: Said['user']): Promise<void> {
  if (user.email === null) return
  await db
    .updateTable('users')
    .set({ email: null })
    .where('realm', '=', 'external')
    .where('email', '=', user.email)
    .where('id', '!=', user.id)
    .execute()
}

async function refuseDeleted(db: Db, userId: string, issuedAt: number): Promise<void> {
  const deletion = await db.selectFrom('user_deletions').selectAll().where('user_id', '=', userId).executeTakeFirst()
  if (deletion === undefined) return
  if (issuedAt <= Math.floor(deletion.deleted_at / 1000)) throw unauthenticated()
  await db.deleteFrom('user_deletions').where('user_id', '=', userId).execute()
}

async function recordCourses(db: Db, sighting: Sighting, claimed: Said['courses']): Promise<string[]> {
  const { user, now } = sighting
  const courses = await madeCourses(
    db,
    claimed.map(({ id }) => id),
    sighting,
  )
  const removed = await removalsOf(db, user.id, [...courses.keys()])
  const within = claimed.filter(({ id }) => {
    const removedAt = removed.get(id)
    const isRefused = removedAt !== undefined && sighting.issuedAt <= Math.floor(removedAt / 1000)
    return courses.get(id)?.realm === 'external' && !isRefused
  })
  const enrolments = await enrolmentsOf(db, user.id, [...courses.keys()])
  const entered = within.filter((course) => !enrolments.has(course.id))
  if (entered.length > 0) await enrolAsClaimed(db, user.id, entered, courses, now)
  const changed = within.filter(({ id, role }) => {
    const known = enrolments.get(id)
    return known !== undefined && known.role !== role && !isMadeHere(known.source)
  })
  for (const { id, role } of changed) {
    await db
      .updateTable('enrolments')
      .set({ role })
      .where('course_id', '=', id)
      .where('user_id', '=', user.id)
      .execute()
  }
  return [...entered, ...changed].map((course) => course.id)
}

/** An id that is taken is that class, whatever the course that the token names. */
async function recordSessions(db: Db, sighting: Sighting, claimed: Said['sessions']): Promise<Recorded['planned']> {
  const missing = await missingSessions(db, claimed)
  if (missing.length === 0) return []
  const courses = await madeCourses(
    db,
    missing.map(({ courseId }) => courseId),
    sighting,
  )
  const within = missing.filter(({ courseId }) => courses.get(courseId)?.realm === 'external')
  if (within.length === 0) return []
  return db
    .insertInto('class_sessions')
    .values(within.map(({ id, courseId }) => newSession(id, courseId, sighting.now)))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning(['id', 'course_id as courseId'])
    .execute()
}

async function missingSessions(db: Db, claimed: Said['sessions']): Promise<Said['sessions']> {
  const ids = claimed.map(({ id }) => id)
  const rows = await db.selectFrom('class_sessions').select('id').where('id', 'in', ids).execute()
  const known = new Set(rows.map(({ id }) => id))
  return claimed.filter(({ id }) => !known.has(id))
}

const newSession = (id: string, courseId: string, now: number): ClassSessionTable => ({
  id,
  course_id: courseId,
  title: id,
  status: 'scheduled',
  created_by: null,
  locked: 0,
  lobby: 1,
  last_place: 0,
  last_hand_at: 0,
  created_at: now,
  scheduled_at: null,
  duration_min: null,
  started_at: null,
  ended_at: null,
  empty_since: null,
  deleted_at: null,
})

/** The courses named, those that were missing now made. */
async function madeCourses(db: Db, ids: readonly string[], sighting: Sighting) {
  const known = await coursesOf(db, ids)
  const missing = ids.filter((id) => !known.has(id))
  if (missing.length === 0) return known
  await db
    .insertInto('courses')
    .values(missing.map((id) => newCourse(id, sighting)))
    // Two classes may name one course.
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  return await coursesOf(db, ids)
}

function newCourse(id: string, { joinCodes, now }: Sighting): CourseTable {
  const join_code = joinCodes.get(id)
  if (join_code === undefined) throw new Error(`There is no join code for ${id}.`)
  return {
    id,
    realm: 'external',
    title: id,
    join_code,
    last_seq: 0,
    last_rev: 0,
    created_by: null,
    created_at: now,
    archived_at: null,
  }
}

async function coursesOf(db: Db, ids: readonly string[]) {
  const rows = await db.selectFrom('courses').select(['id', 'realm', 'last_seq']).where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

async function enrolmentsOf(db: Db, userId: string, ids: readonly string[]) {
  const rows = await db
    .selectFrom('enrolments')
    .select(['course_id', 'role', 'source'])
    .where('user_id', '=', userId)
    .where('course_id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.course_id, row]))
}

async function removalsOf(db: Db, userId: string, ids: readonly string[]) {
  const rows = await db
    .selectFrom('removals')
    .select(['course_id', 'removed_at'])
    .where('user_id', '=', userId)
    .where('course_id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.course_id, row.removed_at]))
}

/** Unlike staff, a token undoes no removal: those issued before it stay refused. */
async function enrolAsClaimed(
  db: Db,
  userId: string,
  entered: Said['courses'],
  courses: Awaited<ReturnType<typeof coursesOf>>,
  now: number,
): Promise<void> {
  const rows = entered.map(({ id, role }) => ({
    course_id: id,
    user_id: userId,
    role,
    source: 'claim' as const,
    joined_at: now,
  }))
  await db
    .insertInto('enrolments')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const marks = entered.map(({ id }) => ({
    course_id: id,
    user_id: userId,
    last_read_seq: courses.get(id)?.last_seq ?? 0,
  }))
  await db
    .insertInto('read_marks')
    .values(marks)
    .onConflict((known) =>
      known
        .columns(['course_id', 'user_id'])
        .doUpdateSet((row) => ({ last_read_seq: row.ref('excluded.last_read_seq') })),
    )
    .execute()
}

const isMadeHere = (source: EnrolmentTable['source']): boolean => source === 'made' || source === 'code'
