import { sql } from 'kysely'
import type { Database, OperationContext } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import { notFound } from '../../shared/errors.ts'
import { ownAfterMark } from './authored.repository.sqlite.ts'
import type { Activity, Mark, MarkResult, Unread } from './chat.records.types.ts'

/** Moves a person's mark on; it never goes back, nor past the last message. @throws AppError `NOT_FOUND` for no course, or an archived one */
async function markRead({ db }: OperationContext, { courseId, userId, seq }: Mark): Promise<MarkResult> {
  const course = await db
    .selectFrom('courses as c')
    .leftJoin('read_marks as k', (join) => join.onRef('k.course_id', '=', 'c.id').on('k.user_id', '=', userId))
    .select(['c.last_seq', 'k.last_read_seq'])
    .where('c.id', '=', courseId)
    .where('c.archived_at', 'is', null)
    .executeTakeFirst()
  if (course === undefined) throw notFound('No such course.')
  const before = course.last_read_seq ?? 0
  const lastReadSeq = Math.min(seq, course.last_seq)
  if (lastReadSeq <= before) return { lastReadSeq: before, moved: false }
  await db
    .insertInto('read_marks')
    .values({ course_id: courseId, user_id: userId, last_read_seq: lastReadSeq })
    .onConflict((conflict) => conflict.columns(['course_id', 'user_id']).doUpdateSet({ last_read_seq: lastReadSeq }))
    .execute()
  return { lastReadSeq, moved: true }
}

export const readMarks = defineOperations(import.meta.url, { markRead })

const ownByIndex = sql<number>`
  (select count(*) from messages as o where o.course_id = c.id and o.user_id = u.id
     and o.seq > coalesce(k.last_read_seq, 0) and o.deleted_at is null)`

/**
 * A person's place in a course. `seq` has no gap, so what is unread is what lies above the mark, less the few that do
 * not count (the deleted, the system's) and less one's own: the course's talk itself is never counted.
 * Whose a mention is, is asked of each (`exists`): joined, SQLite may begin with the messages and read them all.
 */
const readers = ({ read, dialect }: Database) =>
  read
    .selectFrom('courses as c')
    .innerJoin('users as u', (join) => join.onTrue())
    .leftJoin('read_marks as k', (join) => join.onRef('k.course_id', '=', 'c.id').onRef('k.user_id', '=', 'u.id'))
    .where('c.archived_at', 'is', null)
    .select(({ ref }) => [
      'c.id as courseId',
      'u.id as userId',
      sql<number>`coalesce(${ref('k.last_read_seq')}, 0)`.as('lastReadSeq'),
      sql<number>`
        c.last_seq - coalesce(k.last_read_seq, 0)
        - (select count(*) from messages as x where x.course_id = c.id and x.seq > coalesce(k.last_read_seq, 0)
             and (x.deleted_at is not null or x.message_type = 'system'))
        - ${dialect === 'sqlite' ? ownAfterMark : ownByIndex}`.as('unread'),
      sql<number>`
        (select count(distinct n.seq) from mentions as n
           where n.course_id = c.id and n.user_id in (u.id, 'all') and n.seq > coalesce(k.last_read_seq, 0)
             and not exists (select 1 from messages as w
               where w.course_id = n.course_id and w.seq = n.seq and w.user_id = u.id))`.as('mentions'),
    ])

/** One query for all the courses named; an archived one, and one that is not there, has no entry. In the order of course ids. */
export async function unreadIn(database: Database, userId: string, courseIds: readonly string[]): Promise<Unread[]> {
  if (courseIds.length === 0) return []
  const rows = await readers(database)
    .where('u.id', '=', userId)
    .where('c.id', 'in', courseIds)
    .orderBy('c.id')
    .execute()
  return rows.map(({ courseId, unread, mentions, lastReadSeq }) => ({ courseId, unread, mentions, lastReadSeq }))
}

/** What a course has for each of some people, in one query. */
export async function activityFor(
  database: Database,
  courseId: string,
  userIds: readonly string[],
): Promise<Activity[]> {
  if (userIds.length === 0) return []
  const rows = await readers(database).where('c.id', '=', courseId).where('u.id', 'in', userIds).execute()
  return rows.map(({ userId, unread, mentions }) => ({ userId, unread, mentioned: mentions > 0 }))
}
