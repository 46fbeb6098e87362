import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { QueryContext } from '../../database/database.ts'
import { prepareQuery } from '../../database/prepared-query.ts'
import type { AuthoredTable, Schema } from '../../database/schema.ts'
import type { StoredMessage } from './chat.records.types.ts'

// Who said what stands in a course: what unread counts and statistics ask for, of which neither may read the messages.
// As an index it would cost every message a page of the log, since what one commit holds is of many courses. So SQLite has
// it as a table, `authored`, which a course's messages enter together, and the last few are read where they are.

/** As many as migration `0005-authored` took for one entry. */
const TOGETHER = 32

/** Of `courses as c`: up to which `seq` its messages have entered. */
const entered = sql<number>`(c.last_seq - c.last_seq % ${sql.lit(TOGETHER)})`

interface Entry {
  readonly courseId: string
  readonly after: number
  readonly upTo: number
}

const enter = prepareQuery<Entry, never>((db, place) =>
  db
    .insertInto('authored')
    .columns(['course_id', 'user_id', 'seq', 'message_type', 'bears_file', 'created_at'])
    .expression(
      db
        .selectFrom('messages')
        .select(({ eb }) => [
          'course_id',
          eb.ref('user_id').$notNull().as('user_id'),
          'seq',
          'message_type',
          sql<number>`file_id is not null`.as('bears_file'),
          'created_at',
        ])
        .where('course_id', '=', place('courseId'))
        .where('seq', '>', place('after'))
        .where('seq', '<=', place('upTo'))
        .where('user_id', 'is not', null)
        .where('deleted_at', 'is', null),
    ),
)

/** After a message was stored. */
export async function enterAuthored(context: QueryContext, courseId: string, seq: number): Promise<void> {
  if (seq % TOGETHER === 0) await enter(context, { courseId, after: seq - TOGETHER, upTo: seq })
}

/** What is deleted counts for nothing; what has not entered will not. */
export async function forgetAuthored(db: Kysely<Schema>, { course_id, user_id, seq }: StoredMessage): Promise<void> {
  if (user_id === null) return
  await db
    .deleteFrom('authored')
    .where('course_id', '=', course_id)
    .where('user_id', '=', user_id)
    .where('seq', '=', seq)
    .execute()
}

/** How many messages of `users as u` stand in `courses as c` after the mark of `read_marks as k`. */
export const ownAfterMark = sql<number>`(
  (select count(*) from authored as o
    where o.course_id = c.id and o.user_id = u.id and o.seq > coalesce(k.last_read_seq, 0))
  + (select count(*) from messages as o
    where o.course_id = c.id and o.seq > max(${entered}, coalesce(k.last_read_seq, 0))
      and o.user_id = u.id and o.deleted_at is null))`

/** Those that stand in a course, but the system's. */
export const authoredIn = (courseId: string): RawBuilder<Omit<AuthoredTable, 'course_id' | 'seq'>> => sql`(
  select user_id, message_type, bears_file, created_at from authored where course_id = ${courseId}
  union all
  select m.user_id, m.message_type, m.file_id is not null, m.created_at
  from courses as c cross join messages as m
  where c.id = ${courseId} and m.course_id = ${courseId} and m.seq > ${entered}
    and m.user_id is not null and m.deleted_at is null)`
