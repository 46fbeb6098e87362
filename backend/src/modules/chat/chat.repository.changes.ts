import { type Expression, type RawBuilder, sql } from 'kysely'
import type { QueryContext } from '../../database/database.ts'
import { prepareQuery } from '../../database/prepared-query.ts'
import { type MessageRow, selectMessages } from './chat.repository.rows.ts'

export interface ChangedAfter {
  readonly courseId: string
  readonly rev: number
  readonly limit: number
}

type Place = <Name extends keyof ChangedAfter>(name: Name) => Expression<ChangedAfter[Name]>

const inPostgres = prepareQuery<ChangedAfter, MessageRow>((db, place) =>
  selectMessages(db)
    .where('m.course_id', '=', place('courseId'))
    .where('m.rev', '>', place('rev'))
    .orderBy('m.rev')
    .limit(place('limit')),
)

// SQLite has no index of all `rev`s. Those of messages that have changed since they were sent are in one of their own; the
// others are in the order of `seq`: of two, the one that was sent later has the higher number of either.

/** One statement, which sees one moment: a message that changes meanwhile is in just one of the halves. */
const inSqlite = prepareQuery<ChangedAfter, MessageRow>((db, place) =>
  selectMessages(db).innerJoin(changedOf(place).as('s'), 's.row_id', 'm.row_id').orderBy('s.rev'),
)

const changedOf = (place: Place): RawBuilder<{ row_id: number; rev: number }> => sql`(
  select row_id, rev from (
    select * from (
      select row_id, rev from messages
      where course_id = ${place('courseId')} and rev > ${place('rev')} and rev <> created_rev
      order by rev limit ${place('limit')})
    union all
    select * from (
      select row_id, rev from messages
      where course_id = ${place('courseId')} and seq > ${lastSeqAt(place)} and rev > ${place('rev')} and rev = created_rev
      order by seq limit ${place('limit')})
  ) order by rev limit ${place('limit')})`

/**
 * The last message that had been sent by a `rev`; 0 for none. Each takes a `rev`, and other changes take some too: so its
 * `seq` is at most that `rev`, and at least what is left of it if all other changes of the course came before. Between
 * the two it is looked for by halves. (A number that is bound is a float, and has no whole half.) Where somebody took a row
 * out of the database by hand the search ends there, and all of the course is looked at.
 */
const lastSeqAt = (place: Place): RawBuilder<number> => sql`coalesce((
  with recursive span (low, high) as (
    select max(0, rev - (last_rev - last_seq)), min(rev, last_seq)
    from (select cast(${place('rev')} as integer) as rev), courses where id = ${place('courseId')}
    union all
    select iif(m.created_rev <= ${place('rev')}, m.seq, low), iif(m.created_rev <= ${place('rev')}, high, m.seq - 1)
    from span cross join messages as m
    where low < high and m.course_id = ${place('courseId')} and m.seq = (low + high + 1) / 2
  )
  select low from span where low >= high), 0)`

/** By `rev`, each message as it is now. */
export const changedAfter = (context: QueryContext, query: ChangedAfter): Promise<MessageRow[]> =>
  (context.dialect === 'sqlite' ? inSqlite : inPostgres)(context, query)
