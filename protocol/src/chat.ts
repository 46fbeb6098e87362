import { z } from 'zod'
import { emoji } from './emoji.ts'
import { messageFile } from './files.ts'
import { effectiveRole } from './roles.ts'
import { count, id, mentionTarget, position } from './scalars.ts'
import { time } from './times.ts'

export const messageType = z.enum(['text', 'file', 'image', 'announcement', 'system']).meta({ id: 'MessageType' })
export type MessageType = z.infer<typeof messageType>

export const senderRole = z.enum([...effectiveRole.options, 'system'])
export type SenderRole = z.infer<typeof senderRole>

const deletedAt = time.nullable().describe('A deleted message keeps its place, without its text.')

/** The original of a reply, as it is when read. */
export const replyTo = z
  .object({
    id,
    user_id: id.nullable(),
    user_name: z.string(),
    message: z.string(),
    message_type: messageType,
    deleted_at: deletedAt,
  })
  .meta({ id: 'ReplyTo' })
export type ReplyTo = z.infer<typeof replyTo>

export const reaction = z.object({ emoji, count: z.int().min(1), user_ids: z.array(id) }).meta({ id: 'Reaction' })
export type Reaction = z.infer<typeof reaction>

export const mention = z.object({ user_id: mentionTarget, user_name: z.string() }).meta({ id: 'Mention' })
export type Mention = z.infer<typeof mention>

/** What the server itself has to say; `kind` tells which fields follow. */
export const systemContent = z.looseObject({ kind: z.string() }).meta({ id: 'SystemContent' })
export type SystemContent = z.infer<typeof systemContent>

export const messageRecord = z
  .object({
    id,
    seq: position.describe("Place in the course's log: 1, 2, 3 … in the order stored."),
    rev: position.describe("The number of its latest change among the course's changes."),
    course_id: id,
    user_id: id.nullable().describe('Null for a system message.'),
    user_name: z.string().describe('As at sending.'),
    user_role: senderRole.describe('As at sending.'),
    message: z.string().describe('Text as written, never HTML; empty once deleted.'),
    message_type: messageType,
    reply_to_id: id.nullable(),
    reply_to: replyTo.nullable(),
    file: messageFile.nullable().describe('The file it bears, as it is when read.'),
    client_id: z.string().nullable().describe("The sender's alone; null to others."),
    reactions: z.array(reaction),
    mentions: z.array(mention),
    pinned_at: time.nullable(),
    edited_at: time.nullable(),
    deleted_at: deletedAt,
    created_at: time,
    system: systemContent.nullable(),
  })
  .meta({ id: 'Message' })
export type MessageRecord = z.infer<typeof messageRecord>

export const deletedMessage = z
  .object({ id, course_id: id, seq: position, rev: position })
  .meta({ id: 'DeletedMessage' })
export type DeletedMessage = z.infer<typeof deletedMessage>

export const foundMessage = messageRecord
  .extend({
    highlights: z
      .array(z.tuple([count, count]))
      .describe('`[start, end)` of what matched, in UTF-16 units of `message`.'),
  })
  .meta({ id: 'FoundMessage' })
export type FoundMessage = z.infer<typeof foundMessage>

/** `meta` of a page of messages. */
export const messagesMeta = z
  .object({
    limit: count,
    next_cursor: z.string().nullable().describe('Goes into `cursor`; null at the end.'),
    last_seq: position,
    last_rev: position,
    epoch: z.string().describe('Another one: the database was restored; drop what you have.'),
    more: z.boolean().exactOptional().describe('With `since_rev`: whether further changes wait.'),
  })
  .meta({ id: 'MessagesMeta' })
export type MessagesMeta = z.infer<typeof messagesMeta>

export const unreadRecord = z
  .object({
    course_id: id,
    unread: count.describe("Others' messages above one's mark, neither deleted nor system."),
    mentions: count.describe('How many of them name the caller, or all.'),
    last_read_seq: position,
  })
  .meta({ id: 'Unread' })
export type UnreadRecord = z.infer<typeof unreadRecord>

export const historyEntry = z
  .object({ message: z.string(), at: time, by: id })
  .meta({ id: 'HistoryEntry', description: 'One version of a message: its text, when it was written and by whom.' })
export type HistoryEntry = z.infer<typeof historyEntry>

export const onlineUser = z
  .object({ userId: id, userName: z.string(), role: effectiveRole, since: time })
  .meta({ id: 'OnlineUser' })
export type OnlineUser = z.infer<typeof onlineUser>

export const onlineUsers = z.object({ courseId: id, users: z.array(onlineUser), count }).meta({ id: 'OnlineUsers' })
export type OnlineUsers = z.infer<typeof onlineUsers>

export const statisticsRecord = z
  .object({
    total_messages: count,
    by_type: z.partialRecord(messageType, count),
    by_user: z
      .array(z.object({ user_id: id, user_name: z.string(), count }))
      .describe('Students see themselves alone.'),
    by_day: z.array(z.object({ date: z.iso.date(), count })).describe('Days of `tz`.'),
    by_hour: z.array(count).length(24).describe('Hours of the day in `tz`.'),
    active_users: count,
    first_message_at: time.nullable(),
    last_message_at: time.nullable(),
    files_shared: count,
  })
  .meta({ id: 'Statistics' })
export type StatisticsRecord = z.infer<typeof statisticsRecord>
