import type { MessageType } from '@lectern/protocol'
import { sql } from 'kysely'
import type { Database, OperationContext } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import type { Page } from '../../shared/cursor.ts'
import { type Highlight, highlights, queryWords } from '../../shared/fold.ts'
import type { StoredMessage } from './chat.records.types.ts'
import { selectMessages, toStored } from './chat.repository.rows.ts'
import { logPage, positionBefore } from './cursor.ts'
import { matchOf } from './search.repository.sqlite.ts'

export interface SearchFilters {
  readonly courseId: string
  readonly limit: number
  /** Milliseconds since the epoch, inclusive. */
  readonly from?: number | undefined
  /** Exclusive. */
  readonly to?: number | undefined
  readonly userId?: string | undefined
  readonly type?: MessageType | undefined
}

export interface Search extends SearchFilters {
  readonly query: string
  readonly cursor?: string | undefined
}

export interface Found {
  readonly message: StoredMessage
  readonly highlights: readonly Highlight[]
}

interface FindMessages extends SearchFilters {
  readonly words: readonly string[]
  readonly beforeSeq: number | undefined
}

/** Up to `limit` + 1, newest first: within a course the index's rows are in the order of `seq`. */
async function findMessages({ db }: OperationContext, search: FindMessages): Promise<Found[]> {
  const { courseId, beforeSeq, from, to, userId, type } = search
  const rows = await selectMessages(db)
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
