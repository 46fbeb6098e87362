import { FILE_CATEGORY_NAMES, type FileRecord, type ReplyTo } from '@lectern/protocol'
import { replyOf } from '../composer/draft.ts'

/** What goes out with a file, once it is uploaded. */
export interface Caption {
  /** Of the files that were sent together: the id of the first. They go out in their order. */
  readonly batch: string
  /** The first one's alone; empty for the others. */
  readonly text: string
  readonly mentions: readonly string[]
  readonly replyTo: ReplyTo | undefined
  /** ISO 8601; when it was sent, as far as the person is concerned. */
  readonly sentAt: string
}

/** A file that becomes a message of its own. */
export interface Attachment {
  /** The `client_id` of its message. */
  readonly id: string
  readonly courseId: string
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Undefined until it has begun. */
  readonly uploadId: string | undefined
  /** Once it is uploaded. */
  readonly file: FileRecord | undefined
  /** Undefined while it is in the composer. */
  readonly caption: Caption | undefined
}

/** As it was stored: anybody can write into a browser's storage. */
export function attachmentOf(value: unknown): Attachment | undefined {
  if (!isRecord(value)) return undefined
  const { id, courseId, name, size, uploadId } = value
  const caption = captionOf(value['caption'])
  const file = isFile(value['file']) ? value['file'] : undefined
  if (!isText(id) || !isText(courseId) || !isText(name) || typeof size !== 'number') return undefined
  return isText(uploadId) ? { id, courseId, name, size, uploadId, file, caption } : undefined
}

function captionOf(value: unknown): Caption | undefined {
  if (!isRecord(value)) return undefined
  const { batch, text, mentions, sentAt } = value
  if (!isText(batch) || !isText(text) || !isText(sentAt) || !Array.isArray(mentions)) return undefined
  return { batch, text, mentions: mentions.filter(isText), replyTo: replyOf(value['replyTo']), sentAt }
}

const TEXTS =
  'id folder folder_id filename original_name mime_type sha256 uploaded_by uploaded_by_name url download_url view_url created_at'.split(
    ' ',
  )
const TEXTS_OR_NULL = ['course_id', 'description', 'thumbnail_url']

const isFile = (value: unknown): value is FileRecord =>
  isRecord(value) &&
  TEXTS.every((name) => isText(value[name])) &&
  TEXTS_OR_NULL.every((name) => isText(value[name]) || value[name] === null) &&
  typeof value['size'] === 'number' &&
  FILE_CATEGORY_NAMES.some((category) => category === value['category'])

const isText = (value: unknown): value is string => typeof value === 'string'
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
