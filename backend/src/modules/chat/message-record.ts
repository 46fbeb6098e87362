import { type HistoryEntry, type MessageRecord, type ReplyTo, toTime } from '@lectern/protocol'
import type { StoredMessage, StoredReply, StoredVersion } from './chat.records.types.ts'
import type { FilePort } from './chat.types.ts'

const timeOrNull = (at: number | null) => (at === null ? null : toTime(at))

export interface Reader {
  readonly forUserId: string | null
  readonly files: Pick<FilePort, 'toRecord'>
}

/** A message as the wire bears it to one person: `client_id` is its sender's alone. */
export function toMessage(stored: StoredMessage, { forUserId, files }: Reader): MessageRecord {
  const isSender = stored.user_id !== null && stored.user_id === forUserId
  return {
    id: stored.id,
    seq: stored.seq,
    rev: stored.rev,
    course_id: stored.course_id,
    user_id: stored.user_id,
    user_name: stored.user_name,
    user_role: stored.user_role,
    message: stored.message,
    message_type: stored.message_type,
    reply_to_id: stored.reply_to_id,
    reply_to: stored.reply_to === null ? null : toReplyTo(stored.reply_to),
    file: stored.file === null || 'deleted' in stored.file ? stored.file : files.toRecord(stored.file),
    client_id: isSender ? stored.client_id : null,
    reactions: stored.reactions.map(({ emoji, user_ids }) => ({
      emoji,
      count: user_ids.length,
      user_ids: [...user_ids],
    })),
    mentions: [...stored.mentions],
    pinned_at: timeOrNull(stored.pinned_at),
    edited_at: timeOrNull(stored.edited_at),
    deleted_at: timeOrNull(stored.deleted_at),
    created_at: toTime(stored.created_at),
    system: stored.system,
  }
}

const toReplyTo = (reply: StoredReply): ReplyTo => ({
  id: reply.id,
  user_id: reply.user_id,
  user_name: reply.user_name,
  message: reply.message,
  message_type: reply.message_type,
  deleted_at: timeOrNull(reply.deleted_at),
})

export const toHistoryEntry = ({ message, at, by }: StoredVersion): HistoryEntry => ({ message, at: toTime(at), by })
