import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from '../../database/schema.ts'
import { wordsOf } from '../../shared/fold.ts'
import { type MessageRow, selectMessages } from './chat.repository.rows.ts'
import type { FindMessages } from './search.types.ts'

// The index of Postgres: a message bears its folded words as a `tsvector`, made of them as they are (`array_to_tsvector`),
// so that no parser and no dictionary of the server has a say.

/** Letters of a word that count; PostgreSQL takes 2,046 bytes. */
const LONGEST_WORD = 500

const shortened = (word: string): string =>
  word.length <= LONGEST_WORD ? word : [...word].slice(0, LONGEST_WORD).join('')

/** What `array_to_tsvector` is given for a text. */
export const searchWords = (text: string): string[] => [...new Set(wordsOf(text).map(shortened))]

export async function setText(db: Kysely<Schema>, rowId: number, text: string): Promise<void> {
  const words = searchWords(text)
  await sql`update messages set search = array_to_tsvector(${words}::text[]) where row_id = ${rowId}`.execute(db)
}

/** Words alone, each quoted and a prefix, so that nothing in a query is ever the server's syntax. */
const matchOf = (words: readonly string[]): string => words.map((word) => `'${shortened(word)}':*`).join(' & ')

/**
 * What is found comes from the index, all of it, and then the newest of it: left to choose, the planner walks the course
 * from its newest message on in the hope of a match, which takes seconds where a word is rare.
 */
export function findInPostgres(db: Kysely<Schema>, search: FindMessages): Promise<MessageRow[]> {
  const newest = sql<{ row_id: number }>`(
    with found as materialized (select row_id, seq from messages where ${sql.join(conditions(search), sql` and `)})
    select row_id from found order by seq desc limit ${search.limit + 1})`
  return selectMessages(db).innerJoin(newest.as('s'), 's.row_id', 'm.row_id').orderBy('m.seq', 'desc').execute()
}

function conditions({ courseId, words, beforeSeq, from, to, userId, type }: FindMessages): RawBuilder<boolean>[] {
  return [
    sql<boolean>`course_id = ${courseId}`,
    sql<boolean>`search @@ ${matchOf(words)}::tsquery`,
    ...(beforeSeq === undefined ? [] : [sql<boolean>`seq < ${beforeSeq}`]),
    ...(from === undefined ? [] : [sql<boolean>`created_at >= ${from}`]),
    ...(to === undefined ? [] : [sql<boolean>`created_at < ${to}`]),
    ...(userId === undefined ? [] : [sql<boolean>`user_id = ${userId}`]),
    ...(type === undefined ? [] : [sql<boolean>`message_type = ${type}`]),
  ]
}
