import { type Kysely, sql } from 'kysely'
import type { QueryContext } from '../../database/database.ts'
import { prepareQuery } from '../../database/prepared-query.ts'
import type { Schema } from '../../database/schema.ts'
import { wordsOf } from '../../shared/fold.ts'
import { type MessageRow, selectMessages } from './chat.repository.rows.ts'
import type { FindMessages } from './search.types.ts'

// The index of SQLite (FTS5). Every row bears its course as a word of its own, so that the index itself keeps courses apart
// and a search does not pay for what other courses say.
// It is written before the commit, for the whole batch at once: FTS5 ends a segment at every savepoint, which costs more
// than all the rest of storing a message.

const scopeOf = (courseId: string): string => `c${Buffer.from(courseId).toString('hex')}`

const insertText = prepareQuery<{ rowId: number; scope: string; words: string }, never>((db, place) => {
  const insert = sql`insert into messages_search (rowid, scope, search) values (${place('rowId')}, ${place('scope')}, ${place('words')})`
  return { compile: () => insert.compile(db) }
})

export async function indexText(context: QueryContext, rowId: number, courseId: string, text: string): Promise<void> {
  const words = wordsOf(text).join(' ')
  if (words !== '') await insertText(context, { rowId, scope: scopeOf(courseId), words })
}

export async function forgetText(db: Kysely<Schema>, rowId: number): Promise<void> {
  await sql`delete from messages_search where rowid = ${rowId}`.execute(db)
}

/** What FTS5 is asked: words alone, each quoted and a prefix, so that nothing in a query is ever its syntax. */
const matchOf = (courseId: string, words: readonly string[]): string =>
  `scope : "${scopeOf(courseId)}" AND search : (${words.map((word) => `"${word}" *`).join(' AND ')})`

/** Within a course the index's rows are in the order of `seq`. */
export function findInSqlite(db: Kysely<Schema>, search: FindMessages): Promise<MessageRow[]> {
  const { courseId, beforeSeq, from, to, userId, type } = search
  return selectMessages(db)
    .innerJoin(sql<{ rowid: number }>`messages_search`.as('s'), 's.rowid', 'm.row_id')
    .where(sql<boolean>`s.messages_search match ${matchOf(courseId, search.words)}`)
    .where('m.course_id', '=', courseId)
    .$if(beforeSeq !== undefined, (query) =>
      query.where('s.rowid', '<', ({ selectFrom }) =>
        selectFrom('messages as p')
          .select('p.row_id')
          .where('p.course_id', '=', courseId)
          .where('p.seq', '=', beforeSeq ?? 0),
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
