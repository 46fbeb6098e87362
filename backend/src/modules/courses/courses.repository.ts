import type { SelectQueryBuilder } from 'kysely'
import type { Realm } from '../../access/actor.ts'
import type { Database } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import type { CourseTable, Schema } from '../../database/schema.ts'
import { conflict, notFound } from '../../shared/errors.ts'
import type { Course, CoursePlace } from './courses.types.ts'
import { type Db, enrol, lockCourse, openCourse } from './enrolments.repository.rows.ts'

export interface CourseToMake {
  readonly id: string
  readonly realm: Realm
  readonly title: string
  readonly joinCode: string
  /** Becomes its teacher; null: nobody does. */
  readonly by: string | null
  readonly now: number
}

export interface CourseChange {
  readonly courseId: string
  readonly title?: string
  readonly joinCode?: string
}

/** Which courses a list shows, of those not archived. */
export interface CourseListing {
  readonly realm: Realm
  /** Undefined: all of the realm. */
  readonly ids: readonly string[] | undefined
  readonly after: CoursePlace | undefined
  readonly limit: number
}

export const courseOperations = defineOperations(import.meta.url, {
  /** @throws AppError `CONFLICT` when the id is taken, in whichever realm */
  async makeCourse({ db }, { id, realm, title, joinCode, by, now }: CourseToMake): Promise<void> {
    const made = await db
      .insertInto('courses')
      .values({
        id,
        realm,
        title,
        join_code: joinCode,
        last_seq: 0,
        last_rev: 0,
        created_by: by,
        created_at: now,
        archived_at: null,
      })
      .onConflict((known) => known.column('id').doNothing())
      .returning(['id', 'last_seq'])
      .executeTakeFirst()
    if (made === undefined) throw conflict('This id is taken.')
    if (by === null) return
    await enrol(db, made, [{ course_id: id, user_id: by, role: 'teacher', source: 'made', joined_at: now }])
  },

  /** @throws AppError `NOT_FOUND` */
  async changeCourse({ db, dialect }, { courseId, title, joinCode }: CourseChange): Promise<void> {
    const course = await openCourse(db, dialect, courseId)
    const values = { title: title ?? course.title, join_code: joinCode ?? course.join_code }
    await db.updateTable('courses').set(values).where('id', '=', courseId).execute()
  },

  /** @throws AppError `NOT_FOUND` */
  async archiveCourse({ db, dialect }, { courseId, now }: { courseId: string; now: number }): Promise<void> {
    await openCourse(db, dialect, courseId)
    await db.updateTable('courses').set({ archived_at: now }).where('id', '=', courseId).execute()
  },

  /**
   * @returns whether it was archived
   * @throws AppError `NOT_FOUND`, also when it was archived before `since`
   */
  async restoreCourse(
    { db, dialect },
    { courseId, realm, since }: { courseId: string; realm: Realm; since: number },
  ): Promise<boolean> {
    const course = await lockCourse(db, dialect, courseId)
    if (course === undefined || course.realm !== realm) throw notFound()
    if (course.archived_at === null) return false
    if (course.archived_at < since) throw notFound()
    await db.updateTable('courses').set({ archived_at: null }).where('id', '=', courseId).execute()
    return true
  },
})

type Row = CourseTable & { members: number | null }

const toCourse = (row: Row): Course => ({
  id: row.id,
  realm: row.realm,
  title: row.title,
  joinCode: row.join_code,
  memberCount: row.members ?? 0,
  createdAt: row.created_at,
  archivedAt: row.archived_at,
})

/** Courses with how many are enrolled; `page` chooses them first, so that only theirs are counted. */
const counted = (db: Db, page: SelectQueryBuilder<Schema, 'courses', CourseTable>) =>
  db
    .selectFrom(page.as('c'))
    .selectAll('c')
    .select(({ selectFrom }) =>
      selectFrom('enrolments as m')
        .select(({ fn }) => fn.countAll<number>().as('members'))
        .whereRef('m.course_id', '=', 'c.id')
        .as('members'),
    )

/** Newest first. */
function pageOf(db: Db, { realm, ids, after, limit }: CourseListing) {
  const open = db.selectFrom('courses').selectAll().where('realm', '=', realm).where('archived_at', 'is', null)
  const listed = ids === undefined ? open : open.where('id', 'in', ids)
  const rest =
    after === undefined
      ? listed
      : listed.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('created_at', 'id'), '<', tuple(after.createdAt, after.id)),
        )
  return rest.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit)
}

export class CourseRepository {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async course(courseId: string): Promise<Course | undefined> {
    const { read } = this.#database
    const row = await counted(
      read,
      read.selectFrom('courses').selectAll().where('id', '=', courseId),
    ).executeTakeFirst()
    return row === undefined ? undefined : toCourse(row)
  }

  /** The course that the code lets into, not archived. */
  async idOfCode(realm: Realm, code: string): Promise<string | undefined> {
    const row = await this.#database.read
      .selectFrom('courses')
      .select('id')
      .where('join_code', '=', code)
      .where('realm', '=', realm)
      .where('archived_at', 'is', null)
      .executeTakeFirst()
    return row?.id
  }

  async list(listing: CourseListing): Promise<Course[]> {
    if (listing.ids?.length === 0) return []
    const { read } = this.#database
    const rows = await counted(read, pageOf(read, listing))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .execute()
    return rows.map(toCourse)
  }

  make(course: CourseToMake): Promise<void> {
    return this.#database.write(courseOperations.makeCourse, course)
  }

  change(change: CourseChange): Promise<void> {
    return this.#database.write(courseOperations.changeCourse, change)
  }

  archive(courseId: string, now: number): Promise<void> {
    return this.#database.write(courseOperations.archiveCourse, { courseId, now })
  }

  restore(courseId: string, realm: Realm, since: number): Promise<boolean> {
    return this.#database.write(courseOperations.restoreCourse, { courseId, realm, since })
  }
}
