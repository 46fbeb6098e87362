import { type Kysely, sql } from 'kysely'
import { prepareQuery, type QueryContext } from '../../database/prepared-query.ts'
import type { Schema } from '../../database/schema.ts'
import { wordsOf } from '../../shared/fold.ts'

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
export const matchOf = (courseId: string, words: readonly string[]): string =>
  `scope : "${scopeOf(courseId)}" AND search : (${words.map((word) => `"${word}" *`).join(' AND ')})`
