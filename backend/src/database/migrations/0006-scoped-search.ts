import { hash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { wordsOf } from '../../shared/fold.ts'
import type { Schema } from '../schema.ts'
import type { Migration } from './migration.ts'

/** Messages read at once. */
const SOME = 5_000

/**
 * The index of message texts, anew: each word is behind its course and stretch in SQLite's, as in PostgreSQL's from the
 * start. So there is one column, no index of beginnings, and nothing that asks where in a text a word is.
 */
export const scopedSearch: Migration = {
  name: '0006-scoped-search',
  async up(db, ddl) {
    if (ddl.name !== 'sqlite') return
    await sql`drop table messages_search`.execute(db)
    await sql`
      create virtual table messages_search using fts5(
        words, content = '', contentless_delete = 1, tokenize = 'ascii', detail = 'none'
      )`.execute(db)
    for (let after: number | undefined = 0; after !== undefined; ) after = await indexSome(db, after)
  },
}

/** @returns the row to go on after; undefined at the end */
async function indexSome(db: Kysely<Schema>, after: number): Promise<number | undefined> {
  const messages = await db
    .selectFrom('messages')
    .select(['row_id', 'course_id', 'seq', 'message'])
    .where('row_id', '>', after)
    .orderBy('row_id')
    .limit(SOME)
    .execute()
  for (const message of messages) {
    const words = scopedWords(message)
    if (words === '') continue
    await sql`insert into messages_search (rowid, words) values (${message.row_id}, ${words})`.execute(db)
  }
  return messages.at(-1)?.row_id
}

/** As the search had it when this migration was written. */
function scopedWords({ course_id, seq, message }: { course_id: string; seq: number; message: string }): string {
  const prefix = `${hash('sha256', course_id).slice(0, 6)}${Math.floor(seq / 16_384)}z`
  return [...new Set(wordsOf(message))].map((word) => prefix + word).join(' ')
}
