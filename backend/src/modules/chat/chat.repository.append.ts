import type { Kysely } from 'kysely'
import type { OperationContext } from '../../database/database.ts'
import { prepareQuery } from '../../database/prepared-query.ts'
import type { MessageTable, Schema } from '../../database/schema.ts'
import { invalid, notFound } from '../../shared/errors.ts'
import { enterAuthored } from './authored.repository.sqlite.ts'
import type { Change, NewMessage, StoredAttachment, StoredMessage, StoredReply } from './chat.records.types.ts'
import { findAttachment, findSentAs } from './chat.repository.rows.ts'
import { nextSeq } from './chat.repository.sequence.ts'
import { indexText } from './search.repository.sqlite.ts'

/**
 * Stores a message under the course's next `seq` and `rev`, or finds the one that the same sender's `clientId` names.
 * That is looked for first: a conflict found after taking a number would leave a gap.
 * @throws AppError `NOT_FOUND` for a `replyToId` that this course does not have, and a file that is there no more, `VALIDATION_FAILED` for a system message's
 */
export async function append(context: OperationContext, input: NewMessage): Promise<Change> {
  const { db, beforeCommit } = context
  const repeated = await findRepeated(context, input)
  if (repeated !== undefined) return { outcome: 'repeated', message: repeated }
  const reply = input.replyToId === null ? null : await originalOf(db, input.courseId, input.replyToId)
  const file = input.fileId === null ? null : await fileOf(db, input.fileId)
  const { seq, rev } = await nextSeq(context, input.courseId)
  const message = newMessage(input, { reply_to: reply, file, seq, rev })
  const rowId = await insert(context, message)
  await enterAuthored(context, message.course_id, seq)
  beforeCommit(() => indexText(context, { rowId, courseId: input.courseId, seq }, input.message))
  await insertMentions(db, [message])
  return { outcome: 'created', message }
}

async function findRepeated(
  context: OperationContext,
  { courseId, author, clientId }: NewMessage,
): Promise<StoredMessage | undefined> {
  if (clientId === null || author === null) return undefined
  return findSentAs(context, { courseId, userId: author.userId, clientId })
}

async function originalOf(db: Kysely<Schema>, courseId: string, replyToId: string): Promise<StoredReply> {
  const original = await db
    .selectFrom('messages')
    .select(['id', 'user_id', 'user_name', 'message', 'message_type', 'deleted_at'])
    .where('id', '=', replyToId)
    .where('course_id', '=', courseId)
    .executeTakeFirst()
  return answerable(original)
}

/** @throws AppError as `append` */
export function answerable(original: StoredReply | undefined): StoredReply {
  if (original === undefined) throw notFound('No such message to reply to.')
  if (original.message_type === 'system') throw invalid('A system message takes no reply.')
  return original
}

async function fileOf(db: Kysely<Schema>, fileId: string): Promise<StoredAttachment> {
  return attachable(await findAttachment(db, fileId))
}

/** @throws AppError as `append` */
export function attachable(file: StoredAttachment | undefined): StoredAttachment {
  if (file === undefined) throw notFound('No such file.')
  return file
}

type Found = Pick<StoredMessage, 'reply_to' | 'file' | 'seq' | 'rev'>

export function newMessage(input: NewMessage, { reply_to, file, seq, rev }: Found): StoredMessage {
  return {
    id: input.id,
    course_id: input.courseId,
    seq,
    rev,
    created_rev: rev,
    user_id: input.author?.userId ?? null,
    user_name: input.author?.userName ?? '',
    user_role: input.author?.userRole ?? 'system',
    message: input.message,
    message_type: input.messageType,
    reply_to_id: input.replyToId,
    reply_to,
    file_id: input.fileId,
    file,
    client_id: input.author === null ? null : input.clientId,
    mentions: input.mentions,
    reactions: [],
    system: input.system,
    pinned_at: null,
    edited_at: null,
    deleted_at: null,
    deleted_by: null,
    created_at: input.now,
  }
}

type MessageRow = Omit<MessageTable, 'row_id'>

const insertRow = prepareQuery<MessageRow, { row_id: number }>((db, place) =>
  db
    .insertInto('messages')
    .values({
      id: place('id'),
      course_id: place('course_id'),
      seq: place('seq'),
      rev: place('rev'),
      created_rev: place('created_rev'),
      user_id: place('user_id'),
      user_name: place('user_name'),
      user_role: place('user_role'),
      message: place('message'),
      message_type: place('message_type'),
      reply_to_id: place('reply_to_id'),
      file_id: place('file_id'),
      client_id: place('client_id'),
      mentions: place('mentions'),
      reactions: place('reactions'),
      system: place('system'),
      pinned_at: place('pinned_at'),
      edited_at: place('edited_at'),
      deleted_at: place('deleted_at'),
      deleted_by: place('deleted_by'),
      created_at: place('created_at'),
    })
    .returning('row_id'),
)

async function insert(context: OperationContext, message: StoredMessage): Promise<number> {
  const { reply_to: _, file: __, mentions, reactions, system, ...columns } = message
  const [inserted] = await insertRow(context, {
    ...columns,
    mentions: JSON.stringify(mentions),
    reactions: JSON.stringify(reactions),
    system: system === null ? null : JSON.stringify(system),
  })
  if (inserted === undefined) throw new Error('An inserted message returned no row.')
  return inserted.row_id
}

/** Naming oneself tells nobody anything, and is no row. */
export async function insertMentions(db: Kysely<Schema>, messages: readonly StoredMessage[]): Promise<void> {
  const named = messages.flatMap(({ course_id, seq, user_id: author, mentions }) =>
    mentions.filter(({ user_id }) => user_id !== author).map(({ user_id }) => ({ course_id, user_id, seq })),
  )
  if (named.length > 0) await db.insertInto('mentions').values(named).execute()
}
