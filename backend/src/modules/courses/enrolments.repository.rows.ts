import type { Kysely } from 'kysely'
import type { Dialect } from '../../database/database.ts'
import type { CourseTable, EnrolmentTable, Schema, UserTable } from '../../database/schema.ts'
import { conflict, notFound } from '../../shared/errors.ts'

export type Db = Kysely<Schema>

/** Rows of one statement: SQLite takes 32,766 parameters, and few lengths keep prepared statements few. */
const CHUNK = 500

export function* chunksOf<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += CHUNK) yield items.slice(start, start + CHUNK)
}

/**
 * The course as it stands until this operation commits: those that change its enrolments come one after the other.
 * SQLite has one writer, and needs no lock.
 */
export async function lockCourse(db: Db, dialect: Dialect, courseId: string): Promise<CourseTable | undefined> {
  const row = db.selectFrom('courses').selectAll().where('id', '=', courseId)
  return await (dialect === 'postgres' ? row.forUpdate() : row).executeTakeFirst()
}

/** @throws AppError `NOT_FOUND` when it is not there or archived */
export async function openCourse(db: Db, dialect: Dialect, courseId: string): Promise<CourseTable> {
  const course = await lockCourse(db, dialect, courseId)
  if (course === undefined || course.archived_at !== null) throw notFound()
  return course
}

/** Enrols people who are not enrolled: from here on they read, and what removed them is undone. */
export async function enrol(
  db: Db,
  course: Pick<CourseTable, 'id' | 'last_seq'>,
  enrolments: readonly EnrolmentTable[],
) {
  for (const rows of chunksOf(enrolments)) {
    const userIds = rows.map((row) => row.user_id)
    await db.insertInto('enrolments').values(rows).execute()
    await db
      .insertInto('read_marks')
      .values(userIds.map((userId) => ({ course_id: course.id, user_id: userId, last_read_seq: course.last_seq })))
      .onConflict((known) =>
        known
          .columns(['course_id', 'user_id'])
          .doUpdateSet((row) => ({ last_read_seq: row.ref('excluded.last_read_seq') })),
      )
      .execute()
  }
  await undoRemovals(
    db,
    course.id,
    enrolments.map((row) => row.user_id),
  )
}

/** Most people were never removed: what is there is looked at before anything is deleted. */
export async function undoRemovals(db: Db, courseId: string, userIds: readonly string[]): Promise<void> {
  const removals = await db.selectFrom('removals').select('user_id').where('course_id', '=', courseId).execute()
  const undone = new Set(userIds)
  const ids = removals.map((removal) => removal.user_id).filter((userId) => undone.has(userId))
  for (const chunk of chunksOf(ids)) {
    await db.deleteFrom('removals').where('course_id', '=', courseId).where('user_id', 'in', chunk).execute()
  }
}

/** Ends enrolments; with `removedAt` no token issued until then enters, and no code lets them in again. */
export async function unenrol(db: Db, courseId: string, userIds: readonly string[], removedAt: number | undefined) {
  for (const ids of chunksOf(userIds)) {
    await db.deleteFrom('enrolments').where('course_id', '=', courseId).where('user_id', 'in', ids).execute()
    if (removedAt === undefined) continue
    await db
      .insertInto('removals')
      .values(ids.map((userId) => ({ course_id: courseId, user_id: userId, removed_at: removedAt })))
      .onConflict((known) =>
        known.columns(['course_id', 'user_id']).doUpdateSet((row) => ({ removed_at: row.ref('excluded.removed_at') })),
      )
      .execute()
  }
}

/** @throws AppError `CONFLICT`; called once a teacher is one no more, so that a course that never had one goes free */
export async function keepTeacher(db: Db, courseId: string): Promise<void> {
  const teacher = await db
    .selectFrom('enrolments')
    .select('user_id')
    .where('course_id', '=', courseId)
    .where('role', '=', 'teacher')
    .limit(1)
    .executeTakeFirst()
  if (teacher === undefined) throw conflict('A course keeps at least one teacher.')
}

/** Somebody of whom only an id is known, or what an existing system says; a local one signs in with no password. */
export const newUser = (user: Pick<UserTable, 'id' | 'realm' | 'name' | 'email'> & { now: number }): UserTable => ({
  id: user.id,
  realm: user.realm,
  name: user.name,
  email: user.email,
  role: 'student',
  locale: null,
  password_hash: null,
  disabled: 0,
  created_at: user.now,
})

/** Makes them, also those who were deleted once. */
export async function makeUsers(db: Db, users: readonly UserTable[]): Promise<void> {
  for (const rows of chunksOf(users)) {
    const ids = rows.map((row) => row.id)
    await db.insertInto('users').values(rows).execute()
    await db.deleteFrom('user_deletions').where('user_id', 'in', ids).execute()
  }
}
