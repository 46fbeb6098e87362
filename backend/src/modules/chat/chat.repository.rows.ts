import { mention, systemContent } from '@lectern/protocol'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { prepareQuery, type QueryContext } from '../../database/prepared-query.ts'
import type { Schema } from '../../database/schema.ts'
import type { StoredMessage } from './chat.records.types.ts'

const mentionsColumn = z.array(mention)
const reactionsColumn = z.array(z.object({ emoji: z.string(), user_ids: z.array(z.string()) }))

/** Who wrote what the server itself said, in the history of a message. */
export const SERVER = 'system'

/** Messages with their originals, in one query; nothing is looked up message by message. */
export const selectMessages = (db: Kysely<Schema>) =>
  db
    .selectFrom('messages as m')
    .leftJoin('messages as r', 'r.id', 'm.reply_to_id')
    .select([
      'm.row_id',
      'm.id',
      'm.course_id',
      'm.seq',
      'm.rev',
      'm.created_rev',
      'm.user_id',
      'm.user_name',
      'm.user_role',
      'm.message',
      'm.message_type',
      'm.reply_to_id',
      'm.file_id',
      'm.client_id',
      'm.mentions',
      'm.reactions',
      'm.system',
      'm.pinned_at',
      'm.edited_at',
      'm.deleted_at',
      'm.deleted_by',
      'm.created_at',
      'r.id as reply_id',
      'r.user_id as reply_user_id',
      'r.user_name as reply_user_name',
      'r.message as reply_message',
      'r.message_type as reply_message_type',
      'r.deleted_at as reply_deleted_at',
    ])

export type MessageRow = Awaited<ReturnType<ReturnType<typeof selectMessages>['execute']>>[number]

export function toStored(row: MessageRow): StoredMessage {
  const {
    row_id: _,
    reply_id,
    reply_user_id,
    reply_user_name,
    reply_message,
    reply_message_type,
    reply_deleted_at,
    mentions,
    reactions,
    system,
    ...columns
  } = row
  const isReply = reply_id !== null && reply_user_name !== null && reply_message !== null && reply_message_type !== null
  return {
    ...columns,
    mentions: mentions === '[]' ? [] : mentionsColumn.parse(JSON.parse(mentions)),
    reactions: reactions === '[]' ? [] : reactionsColumn.parse(JSON.parse(reactions)),
    system: system === null ? null : systemContent.parse(JSON.parse(system)),
    reply_to: isReply
      ? {
          id: reply_id,
          user_id: reply_user_id,
          user_name: reply_user_name,
          message: reply_message,
          message_type: reply_message_type,
          deleted_at: reply_deleted_at,
        }
      : null,
  }
}

export interface SentAs {
  readonly courseId: string
  readonly userId: string
  /** The sender's own key of the message. */
  readonly clientId: string
}

const sentAs = prepareQuery<SentAs, MessageRow>((db, place) =>
  selectMessages(db)
    .where('m.course_id', '=', place('courseId'))
    .where('m.user_id', '=', place('userId'))
    .where('m.client_id', '=', place('clientId')),
)

export async function findSentAs(context: QueryContext, key: SentAs): Promise<StoredMessage | undefined> {
  const [row] = await sentAs(context, key)
  return row === undefined ? undefined : toStored(row)
}
