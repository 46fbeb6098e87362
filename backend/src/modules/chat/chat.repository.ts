import { LIMITS } from '@lectern/protocol'
import type { Kysely } from 'kysely'
import type { OperationContext } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import type { Schema } from '../../database/schema.ts'
import { conflict, forbidden, invalid, notFound } from '../../shared/errors.ts'
import { forgetDeletedFile } from './attachments.repository.ts'
import { forgetAuthored } from './authored.repository.sqlite.ts'
import type {
  Change,
  Edit,
  MessageTarget,
  Pinning,
  ReactionChange,
  Removal,
  StoredMessage,
  StoredReaction,
} from './chat.records.types.ts'
import { appendTogether } from './chat.repository.append.postgres.ts'
import { append } from './chat.repository.append.ts'
import { SERVER, selectMessages, toStored } from './chat.repository.rows.ts'
import { nextRev } from './chat.repository.sequence.ts'
import { changeText } from './search.repository.texts.ts'

interface Target {
  readonly rowId: number
  readonly message: StoredMessage
}

async function targetOf(db: Kysely<Schema>, { messageId, courseId }: MessageTarget): Promise<Target> {
  const row = await selectMessages(db)
    .where('m.id', '=', messageId)
    .where('m.course_id', '=', courseId)
    .executeTakeFirst()
  if (row === undefined) throw notFound('No such message.')
  return { rowId: row.row_id, message: toStored(row) }
}

const indexed = ({ rowId, message: { course_id: courseId, seq } }: Target) => ({ rowId, courseId, seq })

function standing(message: StoredMessage): void {
  if (message.deleted_at !== null) throw conflict('The message is deleted.')
}

const unchanged = (message: StoredMessage): Change => ({ outcome: 'unchanged', message })

/** What of a message a change may touch, as its row and as its record. */
type Touched = Pick<
  StoredMessage,
  'message' | 'file_id' | 'file' | 'pinned_at' | 'edited_at' | 'deleted_at' | 'deleted_by' | 'reactions'
>

/** Writes a change under the course's next `rev`. */
async function change(db: Kysely<Schema>, target: Target, touched: Partial<Touched>): Promise<Change> {
  const { message, rowId } = target
  const { rev } = await nextRev(db, message.course_id)
  const { reactions, file: _, ...columns } = touched
  await db
    .updateTable('messages')
    .set({ ...columns, ...(reactions === undefined ? {} : { reactions: JSON.stringify(reactions) }), rev })
    .where('row_id', '=', rowId)
    .execute()
  return {
    outcome: touched.deleted_at === undefined ? 'updated' : 'deleted',
    message: { ...message, ...touched, rev },
    previousRev: message.rev,
  }
}

/** Keeps the text that a message is about to lose. */
async function keepVersion(db: Kysely<Schema>, message: StoredMessage): Promise<void> {
  const last = await db
    .selectFrom('message_versions')
    .select(({ fn }) => fn.max('version').as('version'))
    .where('message_id', '=', message.id)
    .executeTakeFirst()
  await db
    .insertInto('message_versions')
    .values({
      message_id: message.id,
      version: (last?.version ?? 0) + 1,
      message: message.message,
      at: message.edited_at ?? message.created_at,
      by: message.user_id ?? SERVER,
    })
    .execute()
}

/**
 * @throws AppError `FORBIDDEN` for a message of somebody else or of the server, `CONFLICT` for a deleted one,
 * `VALIDATION_FAILED` for no text where no file makes up for it
 */
async function edit(context: OperationContext, input: Edit): Promise<Change> {
  const { db } = context
  const target = await targetOf(db, input)
  const { message } = target
  if (message.user_id !== input.actorId) throw forbidden('Only its sender edits a message.')
  standing(message)
  if (message.message === input.message) return unchanged(message)
  if (input.message === '' && message.file_id === null) throw invalid('A message must not be empty.')
  await keepVersion(db, message)
  await changeText(context, indexed(target), input.message)
  return change(db, target, { message: input.message, edited_at: input.now })
}

/**
 * Blanks a message, which keeps its place, its pin and whom it named; its last text stays in its history.
 * @throws AppError `FORBIDDEN` for a message of somebody else, unless the actor is staff
 */
async function remove(context: OperationContext, input: Removal): Promise<Change> {
  const { db } = context
  const target = await targetOf(db, input)
  const { message } = target
  if (message.user_id !== input.actorId && !input.staff) throw forbidden('Only its sender or staff deletes a message.')
  if (message.deleted_at !== null) return unchanged(message)
  await keepVersion(db, message)
  await changeText(context, indexed(target), '')
  if (context.dialect === 'sqlite') await forgetAuthored(db, message)
  if (message.mentions.length > 0) {
    await db
      .deleteFrom('mentions')
      .where('course_id', '=', message.course_id)
      .where(
        'user_id',
        'in',
        message.mentions.map((mention) => mention.user_id),
      )
      .where('seq', '=', message.seq)
      .execute()
  }
  const removed = await change(db, target, {
    message: '',
    file_id: null,
    file: null,
    reactions: [],
    deleted_at: input.now,
    deleted_by: input.actorId,
  })
  if (message.file_id !== null) await forgetDeletedFile(db, message.file_id)
  return removed
}

function reactable(message: StoredMessage): void {
  if (message.message_type === 'system') throw forbidden('A system message takes no reactions.')
  standing(message)
}

/** @throws AppError `FORBIDDEN` for a system message, `CONFLICT` for a deleted one and for one kind of emoji too many */
async function react({ db }: OperationContext, { userId, emoji, ...input }: ReactionChange): Promise<Change> {
  const target = await targetOf(db, input)
  const { message } = target
  reactable(message)
  const before = message.reactions.find((reaction) => reaction.emoji === emoji)
  if (before?.user_ids.includes(userId)) return unchanged(message)
  if (before === undefined && message.reactions.length >= LIMITS.emojiKinds) {
    throw conflict(`A message takes at most ${LIMITS.emojiKinds} kinds of emoji.`, { limit: LIMITS.emojiKinds })
  }
  const reactions: StoredReaction[] =
    before === undefined
      ? [...message.reactions, { emoji, user_ids: [userId] }]
      : message.reactions.map((reaction) =>
          reaction === before ? { emoji, user_ids: [...before.user_ids, userId] } : reaction,
        )
  return change(db, target, { reactions })
}

/** @throws AppError as `react` */
async function unreact({ db }: OperationContext, { userId, emoji, ...input }: ReactionChange): Promise<Change> {
  const target = await targetOf(db, input)
  const { message } = target
  reactable(message)
  const before = message.reactions.find((reaction) => reaction.emoji === emoji)
  if (!before?.user_ids.includes(userId)) return unchanged(message)
  const reactions = message.reactions
    .map((reaction) =>
      reaction === before ? { emoji, user_ids: before.user_ids.filter((other) => other !== userId) } : reaction,
    )
    .filter((reaction) => reaction.user_ids.length > 0)
  return change(db, target, { reactions })
}

/** @throws AppError `CONFLICT` for a deleted message */
async function pin({ db }: OperationContext, input: Pinning): Promise<Change> {
  const target = await targetOf(db, input)
  standing(target.message)
  if (target.message.pinned_at !== null) return unchanged(target.message)
  return change(db, target, { pinned_at: input.now })
}

async function unpin({ db }: OperationContext, input: MessageTarget): Promise<Change> {
  const target = await targetOf(db, input)
  if (target.message.pinned_at === null) return unchanged(target.message)
  return change(db, target, { pinned_at: null })
}

/**
 * The changes of a course's log, each whole in one transaction: it takes the course's next numbers and is the only one
 * to bear them. All throw `NOT_FOUND` where the message is not in that course, and where the course is archived or none.
 * Who may do it in the course is decided before; what the message itself decides (whose it is, whether it stands) here.
 */
export const chatLog = defineOperations(
  import.meta.url,
  { append, edit, remove, react, unreact, pin, unpin },
  { append: appendTogether },
)
