import type { MessagesStart, MessageType } from '@lectern/protocol'
import { sql } from 'kysely'
import type { Database } from '../../database/database.ts'
import type { Page } from '../../shared/cursor.ts'
import type { Changes, Positions, StoredMessage, StoredVersion } from './chat.records.types.ts'
import { changedAfter } from './chat.repository.changes.ts'
import { findSentAs, SERVER, type SentAs, selectMessages, toStored } from './chat.repository.rows.ts'
import { type LogCursor, logCursor, logPage, positionBefore } from './cursor.ts'

/** Small reads: each is one or two look-ups in an index, on the connection of the calling thread. */

const seqOf = (message: StoredMessage): number => message.seq

export async function findMessage(database: Database, messageId: string): Promise<StoredMessage | undefined> {
  const row = await selectMessages(database.read).where('m.id', '=', messageId).executeTakeFirst()
  return row === undefined ? undefined : toStored(row)
}

export const messageByClientId = (database: Database, sentAs: SentAs): Promise<StoredMessage | undefined> =>
  findSentAs({ db: database.read, dialect: database.dialect }, sentAs)

export async function courseOfMessage(database: Database, messageId: string): Promise<string | undefined> {
  const row = await database.read
    .selectFrom('messages')
    .select('course_id')
    .where('id', '=', messageId)
    .executeTakeFirst()
  return row?.course_id
}

/** @returns undefined for no course, or an archived one */
export function positionsOf(database: Database, courseId: string): Promise<Positions | undefined> {
  return database.read
    .selectFrom('courses')
    .select(['last_seq as lastSeq', 'last_rev as lastRev'])
    .where('id', '=', courseId)
    .where('archived_at', 'is', null)
    .executeTakeFirst()
}

export interface PageQuery {
  readonly courseId: string
  readonly limit: number
  readonly start: Exclude<MessagesStart, { kind: 'changes' }>
}

/** Newest first; after a `seq`, oldest first. @throws AppError `VALIDATION_FAILED` for a cursor that is none */
export async function messagePage(
  database: Database,
  { courseId, limit, start }: PageQuery,
): Promise<Page<StoredMessage>> {
  const cursor = placeOf(start)
  const newestFirst = cursor.direction === 'before'
  const rows = await selectMessages(database.read)
    .where('m.course_id', '=', courseId)
    .where('m.seq', newestFirst ? '<' : '>', cursor.position)
    .orderBy('m.seq', newestFirst ? 'desc' : 'asc')
    .limit(limit + 1)
    .execute()
  return logPage(rows.map(toStored), limit, cursor.direction, seqOf)
}

function placeOf(start: PageQuery['start']): LogCursor {
  switch (start.kind) {
    case 'cursor':
      return logCursor(start.cursor)
    case 'latest':
      return { direction: 'before', position: Number.MAX_SAFE_INTEGER }
    case 'before':
    case 'after':
      return { direction: start.kind, position: start.seq }
  }
}

export interface ListQuery {
  readonly courseId: string
  readonly limit: number
  readonly cursor?: string | undefined
}

/** Newest first, the deleted left out. @throws AppError as `messagePage` */
export async function messagesOfType(
  database: Database,
  { courseId, limit, cursor, type }: ListQuery & { readonly type: MessageType },
): Promise<Page<StoredMessage>> {
  const rows = await selectMessages(database.read)
    .where('m.course_id', '=', courseId)
    .where('m.message_type', '=', type)
    .where('m.deleted_at', 'is', null)
    // The index of types leaves the texts out, and is used only where the query says that it does too.
    .$if(type !== 'text', (query) => query.where(sql<boolean>`m.message_type <> 'text'`))
    .where('m.seq', '<', positionBefore(cursor) ?? Number.MAX_SAFE_INTEGER)
    .orderBy('m.seq', 'desc')
    .limit(limit + 1)
    .execute()
  return logPage(rows.map(toStored), limit, 'before', seqOf)
}

/** Newest first, the deleted left out. @throws AppError as `messagePage` */
export async function pinnedMessages(
  database: Database,
  { courseId, limit, cursor }: ListQuery,
): Promise<Page<StoredMessage>> {
  const rows = await selectMessages(database.read)
    .where('m.course_id', '=', courseId)
    .where('m.pinned_at', 'is not', null)
    .where('m.deleted_at', 'is', null)
    .where('m.seq', '<', positionBefore(cursor) ?? Number.MAX_SAFE_INTEGER)
    .orderBy('m.seq', 'desc')
    .limit(limit + 1)
    .execute()
  return logPage(rows.map(toStored), limit, 'before', seqOf)
}

export interface ChangesQuery {
  readonly courseId: string
  readonly sinceRev: number
  readonly limit: number
}

/** Messages that changed after a `rev`. To go on: again, after the last one's `rev`. */
export async function changesSince(database: Database, { courseId, sinceRev, limit }: ChangesQuery): Promise<Changes> {
  const rows = await changedAfter(database.reading, { courseId, rev: sinceRev, limit: limit + 1 })
  return { messages: rows.slice(0, limit).map(toStored), more: rows.length > limit }
}

export interface HistoryQuery {
  readonly message: StoredMessage
  readonly limit: number
  readonly cursor?: string | undefined
}

/** What a message said and says, newest first; what was deleted included. @throws AppError as `messagePage` */
export async function messageHistory(
  database: Database,
  { message, limit, cursor }: HistoryQuery,
): Promise<Page<StoredVersion>> {
  const before = positionBefore(cursor)
  const kept = await database.read
    .selectFrom('message_versions')
    .select(['version', 'message', 'at', 'by'])
    .where('message_id', '=', message.id)
    .where('version', '<', before ?? Number.MAX_SAFE_INTEGER)
    .orderBy('version', 'desc')
    .limit(limit + 1)
    .execute()
  const standing = before === undefined && message.deleted_at === null ? [currentVersion(message)] : []
  const page = logPage([...standing, ...kept], limit, 'before', ({ version }) => version)
  return { ...page, items: page.items.map(({ version: _, ...entry }) => entry) }
}

/** What stands has been kept under no number yet; it comes before all that has. */
const currentVersion = (message: StoredMessage) => ({
  version: Number.MAX_SAFE_INTEGER,
  message: message.message,
  at: message.edited_at ?? message.created_at,
  by: message.user_id ?? SERVER,
})
