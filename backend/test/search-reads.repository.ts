import { sql } from 'kysely'
import type { OperationContext } from '../src/database/database.ts'
import { defineOperations } from '../src/database/operations.ts'
import { findInPostgres } from '../src/modules/chat/search.repository.postgres.ts'
import type { FindMessages } from '../src/modules/chat/search.types.ts'

export interface SearchReads {
  /** What was found, by `seq`. */
  readonly seqs: readonly number[]
  /** How many messages PostgreSQL has looked at for it. */
  readonly reads: number
}

/** Of this session, with what it has not yet told others. */
async function countReads(db: OperationContext['db']): Promise<number> {
  const { rows } = await sql<{ reads: number }>`
    select seq_tup_read + idx_tup_fetch as reads from pg_stat_xact_user_tables where relname = 'messages'`.execute(db)
  return rows[0]?.reads ?? 0
}

export const searchReads = defineOperations(import.meta.url, {
  readsOf: async ({ db }, search: FindMessages): Promise<SearchReads> => {
    const before = await countReads(db)
    const rows = await findInPostgres(db, search)
    return { seqs: rows.map(({ seq }) => seq), reads: (await countReads(db)) - before }
  },
  /** What the server does by itself once a table has grown. */
  analyze: async ({ db }, _input: null): Promise<void> => {
    await sql`analyze messages`.execute(db)
  },
})
