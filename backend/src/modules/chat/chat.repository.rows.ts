import { mention, systemContent } from '@lectern/protocol'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { QueryContext } from '../../database/database.ts'
import { prepareQuery } from '../../database/prepared-query.ts'
import type { Schema } from '../../database/schema.ts'
import type { StoredAttachment, StoredMessage, StoredReply } from './chat.records.types.ts'

const mentionsColumn = z.array(mention)
const reactionsColumn = z.array(z.object({ emoji: z.string(), user_ids: z.array(z.string()) }))

/** Who wrote what the server itself said, in the history of a message. */
export const SERVER = 'system'

/** Of `files as f` in `folders as d`. */
const attachmentColumns = [
  'f.id as fileId',
  'f.filename',
  'f.original_name as originalName',
  'f.mime_type as mimeType',
  'f.category',
  'f.size',
  'f.sha256',
  'f.uploaded_by as uploadedBy',
  'f.uploaded_by_name as uploadedByName',
  'f.description',
  'f.created_at as createdAt',
  'd.id as folderId',
  'd.name as folderName',
  'd.course_id as folderCourseId',
] as const

/** Messages with their originals and files, in one query; nothing is looked up message by message. */
export const selectMessages = (db: Kysely<Schema>) =>
  db
    .selectFrom('messages as m')
    .leftJoin('messages as r', 'r.id', 'm.reply_to_id')
    .leftJoin('files as f', 'f.id', 'm.file_id')
    .leftJoin('folders as d', 'd.id', 'f.folder_id')
    .leftJoin('deleted_files as x', 'x.id', 'm.file_id')
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
      ...attachmentColumns,
      'x.original_name as deletedFileName',
    ])

export type MessageRow = Awaited<ReturnType<ReturnType<typeof selectMessages>['execute']>>[number]

export function toStored(row: MessageRow): StoredMessage {
  return {
    id: row.id,
    course_id: row.course_id,
    seq: row.seq,
    rev: row.rev,
    created_rev: row.created_rev,
    user_id: row.user_id,
    user_name: row.user_name,
    user_role: row.user_role,
    message: row.message,
    message_type: row.message_type,
    reply_to_id: row.reply_to_id,
    reply_to: replyIn(row),
    file_id: row.file_id,
    file: row.file_id === null ? null : fileIn(row, row.file_id),
    client_id: row.client_id,
    mentions: row.mentions === '[]' ? [] : mentionsColumn.parse(JSON.parse(row.mentions)),
    reactions: row.reactions === '[]' ? [] : reactionsColumn.parse(JSON.parse(row.reactions)),
    system: row.system === null ? null : systemContent.parse(JSON.parse(row.system)),
    pinned_at: row.pinned_at,
    edited_at: row.edited_at,
    deleted_at: row.deleted_at,
    deleted_by: row.deleted_by,
    created_at: row.created_at,
  }
}

function replyIn(row: MessageRow): StoredReply | null {
  const { reply_id: id, reply_user_name: user_name, reply_message: message, reply_message_type: message_type } = row
  if (id === null || user_name === null || message === null || message_type === null) return null
  return { id, user_id: row.reply_user_id, user_name, message, message_type, deleted_at: row.reply_deleted_at }
}

type AttachmentRow = { [Column in keyof AttachmentColumns]: AttachmentColumns[Column] | null }

function fileIn(row: AttachmentRow & { readonly deletedFileName: string | null }, id: string): StoredMessage['file'] {
  const file = attachmentIn(row)
  if (file !== undefined) return file
  return { id, original_name: row.deletedFileName ?? '', deleted: true }
}

/** A left join's columns are there together or not at all. */
const isAttachment = (row: AttachmentRow): row is AttachmentColumns => row.fileId !== null

function attachmentIn(row: AttachmentRow): StoredAttachment | undefined {
  if (!isAttachment(row)) return undefined
  return {
    id: row.fileId,
    folder: { id: row.folderId, name: row.folderName, courseId: row.folderCourseId },
    filename: row.filename,
    originalName: row.originalName,
    mimeType: row.mimeType,
    category: row.category,
    size: row.size,
    sha256: row.sha256,
    uploadedBy: row.uploadedBy,
    uploadedByName: row.uploadedByName,
    description: row.description,
    createdAt: row.createdAt,
  }
}

/** The file that a message is about to bear. */
export async function findAttachment(db: Kysely<Schema>, fileId: string): Promise<StoredAttachment | undefined> {
  const row = await selectAttachments(db).where('f.id', '=', fileId).executeTakeFirst()
  return row === undefined ? undefined : attachmentIn(row)
}

/** Those that are there, by id. */
export async function findAttachments(
  db: Kysely<Schema>,
  fileIds: readonly string[],
): Promise<Map<string, StoredAttachment>> {
  if (fileIds.length === 0) return new Map()
  const rows = await selectAttachments(db).where('f.id', 'in', fileIds).execute()
  return new Map(rows.flatMap((row) => attachmentIn(row) ?? []).map((file) => [file.id, file]))
}

const selectAttachments = (db: Kysely<Schema>) =>
  db.selectFrom('files as f').innerJoin('folders as d', 'd.id', 'f.folder_id').select(attachmentColumns)

type AttachmentColumns = Awaited<ReturnType<ReturnType<typeof selectAttachments>['execute']>>[number]

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

/** The index alone answers: nearly every message is new. */
const isSentAs = prepareQuery<SentAs, { row_id: number }>((db, place) =>
  db
    .selectFrom('messages')
    .select('row_id')
    .where('course_id', '=', place('courseId'))
    .where('user_id', '=', place('userId'))
    .where('client_id', '=', place('clientId')),
)

export async function findSentAs(context: QueryContext, key: SentAs): Promise<StoredMessage | undefined> {
  if ((await isSentAs(context, key)).length === 0) return undefined
  const [row] = await sentAs(context, key)
  return row === undefined ? undefined : toStored(row)
}
