import type { Database, OperationContext } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import type { Page } from '../../shared/cursor.ts'
import { type Highlight, highlights, queryWords } from '../../shared/fold.ts'
import type { StoredMessage } from './chat.records.types.ts'
import { toStored } from './chat.repository.rows.ts'
import { logPage, positionBefore } from './cursor.ts'
import { findInPostgres } from './search.repository.postgres.ts'
import { findInSqlite } from './search.repository.sqlite.ts'
import type { FindMessages, SearchFilters } from './search.types.ts'

export interface Search extends SearchFilters {
  readonly query: string
  readonly cursor?: string | undefined
}

export interface Found {
  readonly message: StoredMessage
  readonly highlights: readonly Highlight[]
}

async function findMessages({ db, dialect }: OperationContext, search: FindMessages): Promise<Found[]> {
  const rows = await (dialect === 'sqlite' ? findInSqlite(db, search) : findInPostgres(db, search))
  return rows.map((row) => ({ message: toStored(row), highlights: highlights(row.message, search.words) }))
}

export const searching = defineOperations(import.meta.url, { findMessages })

/**
 * Messages of a course that have all words of the query, each at least as the beginning of one; none for a query
 * without a letter or digit. Runs off the calling thread.
 * @throws AppError `VALIDATION_FAILED` for a cursor that is none
 */
export async function searchMessages(database: Database, { query, cursor, ...filters }: Search): Promise<Page<Found>> {
  const beforeSeq = positionBefore(cursor)
  const words = queryWords(query)
  if (words.length === 0) return { items: [], nextCursor: null }
  const found = await database.query(searching.findMessages, { ...filters, words, beforeSeq })
  return logPage(found, filters.limit, 'before', ({ message }) => message.seq)
}
