import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from '../../database/schema.ts'
import { wordsOf } from '../../shared/fold.ts'
import { type MessageRow, selectMessages } from './chat.repository.rows.ts'
import { scopeOf } from './search.scope.ts'
import type { FindMessages, IndexedMessage } from './search.types.ts'

// The index of Postgres: a message bears its folded words as a `tsvector`, made of them as they are (`array_to_tsvector`),
// so that no parser and no dictionary of the server has a say.
// Each word begins with its scope, which is a stretch of the log of a course: 4,096 messages, all that share it. So a search
// reads of the index what one stretch says, whatever other courses say, and goes back from stretch to stretch until it
// has enough. (An index of words and courses finds a beginning in all courses before it keeps to one.)

/** Letters of a word that count: with its scope, PostgreSQL takes 2,046 bytes. */
const LONGEST_WORD = 500
/** Of `seq`: what is left is the number of the stretch. */
const STRETCH_BITS = 12

const shortened = (word: string): string =>
  word.length <= LONGEST_WORD ? word : [...word].slice(0, LONGEST_WORD).join('')

const stretchOf = (seq: RawBuilder<number>) => sql<number>`(${seq} >> ${sql.lit(STRETCH_BITS)})`

/** What of a text `searchVector` needs besides its place: each word with its scope, a `#` where the stretch goes. */
export function searchWords(courseId: string, text: string): string {
  const scope = scopeOf(courseId)
  return [...new Set(wordsOf(text).map(shortened))].map((word) => `${scope}#.${word}`).join(' ')
}

/** The value of `messages.search`. @param words as `searchWords` has them */
export const searchVector = (words: RawBuilder<string>, seq: RawBuilder<number>): RawBuilder<string> =>
  sql<string>`array_to_tsvector(string_to_array(replace(${words}, '#', ${stretchOf(seq)}::text), ' '))`

export async function setText(db: Kysely<Schema>, { rowId, ...place }: IndexedMessage, text: string): Promise<void> {
  await sql`update messages set search = ${searchOf(place, text)} where row_id = ${rowId}`.execute(db)
}

/** The value for a row that comes from elsewhere. */
export const searchOfRow = ({ course_id, seq, message }: Readonly<Record<string, unknown>>): RawBuilder<string> =>
  searchOf({ courseId: String(course_id), seq: Number(seq) }, String(message))

const searchOf = ({ courseId, seq }: Omit<IndexedMessage, 'rowId'>, text: string): RawBuilder<string> =>
  searchVector(sql`${searchWords(courseId, text)}::text`, sql`${seq}::bigint`)

/** So many of the newest are looked at as they are: what everybody says is found among them, at a page read for each. */
const LOOKED_AT = 256

export async function findInPostgres(db: Kysely<Schema>, search: FindMessages): Promise<MessageRow[]> {
  const found = await findAmong(db, search, amongNewest(search))
  return found.length > search.limit ? found : findAmong(db, search, inStretches(search))
}

const findAmong = (db: Kysely<Schema>, { limit }: FindMessages, found: RawBuilder<{ row_id: number }>) =>
  selectMessages(db)
    .innerJoin(sql<{ row_id: number }>`(${found} limit ${limit + 1})`.as('s'), 's.row_id', 'm.row_id')
    .orderBy('m.seq', 'desc')
    .execute()

function amongNewest(search: FindMessages): RawBuilder<{ row_id: number }> {
  const { courseId, beforeSeq } = search
  return sql`
    select row_id
    from (
      select * from messages
      where course_id = ${courseId} and ${isBefore(beforeSeq)}
      order by seq desc limit ${LOOKED_AT}
    ) as newest
    where search @@ ${matchIn(search, stretchOf(sql`seq`))} and ${filtersOf(search)}
    order by seq desc`
}

/**
 * The newest of each stretch, from the newest on: the inner query runs for one stretch after the other, for as long as
 * the `limit` behind it wants more. The course is asked for in a way that no other index serves: the planner takes its
 * rows for fewer than those that have a word, and would look at each of them.
 */
function inStretches(search: FindMessages): RawBuilder<{ row_id: number }> {
  const { courseId, beforeSeq, limit } = search
  const newest = beforeSeq === undefined ? sql<number>`last_seq` : sql<number>`least(last_seq, ${beforeSeq}::bigint)`
  return sql`
    select found.row_id
    from courses as c
      cross join lateral generate_series(${stretchOf(newest)}, 0, -1) as stretch
      cross join lateral (
        select row_id from messages
        where search @@ ${matchIn(search, sql`stretch`)} and course_id || '' = ${courseId}
          and ${isBefore(beforeSeq)} and ${filtersOf(search)}
        order by seq desc limit ${limit + 1}
      ) as found
    where c.id = ${courseId}`
}

/** Words alone, each quoted and a prefix, so that nothing in a query is ever the server's syntax; `#` as in `searchWords`. */
function matchIn({ courseId, words }: FindMessages, stretch: RawBuilder<number>): RawBuilder<string> {
  const scope = scopeOf(courseId)
  const match = words.map((word) => `'${scope}#.${shortened(word)}':*`).join(' & ')
  return sql`replace(${match}, '#', ${stretch}::text)::tsquery`
}

const isBefore = (seq: number | undefined): RawBuilder<boolean> => (seq === undefined ? sql`true` : sql`seq < ${seq}`)

function filtersOf({ from, to, userId, type }: FindMessages): RawBuilder<boolean> {
  const filters = [
    ...(from === undefined ? [] : [sql<boolean>`created_at >= ${from}`]),
    ...(to === undefined ? [] : [sql<boolean>`created_at < ${to}`]),
    ...(userId === undefined ? [] : [sql<boolean>`user_id = ${userId}`]),
    ...(type === undefined ? [] : [sql<boolean>`message_type = ${type}`]),
  ]
  return filters.length === 0 ? sql`true` : sql.join(filters, sql` and `)
}
