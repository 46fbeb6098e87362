import { type Kysely, sql } from 'kysely'
import type { QueryContext } from '../../database/database.ts'
import { prepareQuery } from '../../database/prepared-query.ts'
import type { Schema } from '../../database/schema.ts'
import { wordsOf } from '../../shared/fold.ts'
import { type MessageRow, selectMessages } from './chat.repository.rows.ts'
import { scopeOf } from './search.scope.ts'
import type { FindMessages, IndexedMessage } from './search.types.ts'

// The index of SQLite (FTS5). Each word begins with its scope, which is a stretch of the log of a course: 16,384 messages,
// all that share it. FTS5 reads whatever the index has of each beginning before it looks which rows have all: so that is
// what one stretch says, whatever other courses say, and a search goes back from stretch to stretch until it has enough.
// It is written before the commit, for the whole batch at once: FTS5 ends a segment at every savepoint, which costs more
// than all the rest of storing a message.

/** Messages of a course, by `seq`. Migration `0006-scoped-search` has written some: whoever changes it writes the index anew. */
const STRETCH = 16_384

const stretchOf = (seq: number): number => Math.floor(seq / STRETCH)

/** The letter ends the number: what goes before a word is no beginning of what goes before one of another stretch. */
const prefixOf = (courseId: string, stretch: number): string => `${scopeOf(courseId)}${stretch}z`

const insertText = prepareQuery<{ rowId: number; words: string }, never>((db, place) => {
  const insert = sql`insert into messages_search (rowid, words) values (${place('rowId')}, ${place('words')})`
  return { compile: () => insert.compile(db) }
})

export async function indexText(
  context: QueryContext,
  { rowId, courseId, seq }: IndexedMessage,
  text: string,
): Promise<void> {
  const words = new Set(wordsOf(text))
  if (words.size === 0) return
  const prefix = prefixOf(courseId, stretchOf(seq))
  await insertText(context, { rowId, words: [...words].map((word) => prefix + word).join(' ') })
}

export async function forgetText(db: Kysely<Schema>, rowId: number): Promise<void> {
  await sql`delete from messages_search where rowid = ${rowId}`.execute(db)
}

/** What FTS5 is asked: words alone, each quoted and a prefix, so that nothing in a query is ever its syntax. */
const matchIn = (stretch: number, { courseId, words }: FindMessages): string =>
  words.map((word) => `"${prefixOf(courseId, stretch)}${word}" *`).join(' AND ')

export async function findInSqlite(db: Kysely<Schema>, search: FindMessages): Promise<MessageRow[]> {
  const newest = await newestOf(db, search)
  const found: MessageRow[] = []
  for (let stretch = stretchOf(newest); stretch >= 0 && found.length <= search.limit; stretch--) {
    found.push(...(await findInStretch(db, stretch, { ...search, limit: search.limit - found.length })))
  }
  return found
}

/** The last `seq` that may be found; what a cursor says is not to send a search through stretches that are not there. */
async function newestOf(db: Kysely<Schema>, { courseId, beforeSeq }: FindMessages): Promise<number> {
  const course = await db.selectFrom('courses').select('last_seq').where('id', '=', courseId).executeTakeFirst()
  return Math.min(course?.last_seq ?? 0, beforeSeq ?? Number.POSITIVE_INFINITY)
}

/** Within a stretch the index's rows are in the order of `seq`. */
function findInStretch(db: Kysely<Schema>, stretch: number, search: FindMessages): Promise<MessageRow[]> {
  const { courseId, beforeSeq, from, to, userId, type } = search
  return selectMessages(db)
    .innerJoin(sql<{ rowid: number }>`messages_search`.as('s'), 's.rowid', 'm.row_id')
    .where(sql<boolean>`s.messages_search match ${matchIn(stretch, search)}`)
    .where('m.course_id', '=', courseId)
    .$if(beforeSeq !== undefined, (query) =>
      query.where('s.rowid', '<=', ({ selectFrom }) =>
        selectFrom('messages as p')
          .select('p.row_id')
          .where('p.course_id', '=', courseId)
          .where('p.seq', '<', beforeSeq ?? 0)
          .orderBy('p.seq', 'desc')
          .limit(1),
      ),
    )
    .$if(from !== undefined, (query) => query.where('m.created_at', '>=', from ?? 0))
    .$if(to !== undefined, (query) => query.where('m.created_at', '<', to ?? 0))
    .$if(userId !== undefined, (query) => query.where('m.user_id', '=', userId ?? ''))
    .$if(type !== undefined, (query) => query.where('m.message_type', '=', type ?? 'text'))
    .orderBy('s.rowid', 'desc')
    .limit(search.limit + 1)
    .execute()
}
