import { type Kysely, sql } from 'kysely'
import type { Schema } from '../../database/schema.ts'
import { wordsOf } from '../../shared/fold.ts'

// The index of SQLite (FTS5). Every row bears its course as a word of its own, so that the index itself keeps courses apart
// and a search does not pay for what other courses say.
// It is written before the commit, for the whole batch at once: FTS5 ends a segment at every savepoint, which costs more
// than all the rest of storing a message.

const scopeOf = (courseId: string): string => `c${Buffer.from(courseId).toString('hex')}`

export async function indexText(db: Kysely<Schema>, rowId: number, courseId: string, text: string): Promise<void> {
  const words = wordsOf(text).join(' ')
  if (words === '') return
  await sql`
    insert into messages_search (rowid, scope, search) values (${rowId}, ${scopeOf(courseId)}, ${words})`.execute(db)
}

export async function forgetText(db: Kysely<Schema>, rowId: number): Promise<void> {
  await sql`delete from messages_search where rowid = ${rowId}`.execute(db)
}

/** What FTS5 is asked: words alone, each quoted and a prefix, so that nothing in a query is ever its syntax. */
export const matchOf = (courseId: string, words: readonly string[]): string =>
  `scope : "${scopeOf(courseId)}" AND search : (${words.map((word) => `"${word}" *`).join(' AND ')})`
