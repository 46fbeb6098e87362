import { z } from 'zod'
import { FILE_CATEGORY_NAMES } from './file-kinds.ts'
import { count, id } from './scalars.ts'
import { time } from './times.ts'

export const fileCategory = z.enum(FILE_CATEGORY_NAMES).meta({ id: 'FileCategory' })

/** Who reads and who adds: `private`: the owner; `dropbox`: all add, each reads their own, staff all; `course`: all read, staff add; `shared`: all do both; `public`: anyone reads, staff add. */
export const folderVisibility = z
  .enum(['private', 'dropbox', 'course', 'shared', 'public'])
  .meta({ id: 'FolderVisibility' })
export type FolderVisibility = z.infer<typeof folderVisibility>

const bytes = count.describe('Bytes.')

export const folderRecord = z
  .object({
    id,
    name: z.string(),
    owner_id: id,
    course_id: id.nullable(),
    visibility: folderVisibility,
    created_at: time,
  })
  .meta({ id: 'Folder' })
export type FolderRecord = z.infer<typeof folderRecord>

export const fileRecord = z
  .object({
    id,
    folder: z.string().describe("The folder's name."),
    folder_id: id,
    filename: z
      .string()
      .describe('What routes take: the original name, NFC and made safe; unique in the folder, caseless.'),
    original_name: z.string(),
    mime_type: z.string().describe('As told by its bytes.'),
    category: fileCategory,
    size: bytes,
    sha256: z.string().describe('Lower-case hex.'),
    uploaded_by: id,
    uploaded_by_name: z.string().describe('As at uploading.'),
    course_id: id.nullable(),
    description: z.string().nullable(),
    url: z.url().describe('`view_url` where it shows inline, else `download_url`.'),
    download_url: z.url(),
    view_url: z.url(),
    thumbnail_url: z.url().nullable().describe('Of a raster image.'),
    created_at: time,
  })
  .meta({ id: 'File' })
export type FileRecord = z.infer<typeof fileRecord>

/** What a message keeps of a file that is gone. */
export const deletedFile = z
  .object({ id, original_name: z.string(), deleted: z.literal(true) })
  .meta({ id: 'DeletedFile' })
export type DeletedFile = z.infer<typeof deletedFile>

export const messageFile = z.union([fileRecord, deletedFile])
export type MessageFile = z.infer<typeof messageFile>

const byCategory = z.partialRecord(
  fileCategory,
  z.object({ file_count: count, total_size: bytes }).meta({ id: 'CategorySize' }),
)

export const folderSize = z
  .object({ folder: z.string(), file_count: count, total_size: bytes, by_category: byCategory })
  .meta({ id: 'FolderSize', description: 'Of what the caller may read.' })
export type FolderSize = z.infer<typeof folderSize>

export const fileStatistics = z
  .object({
    total_files: count,
    total_size: bytes,
    by_category: byCategory,
    by_folder: z.array(z.object({ folder: z.string(), file_count: count, total_size: bytes })),
    by_day: z.array(z.object({ date: z.iso.date(), count, size: bytes })).describe('Days of UTC.'),
    quota: z.object({
      used: bytes,
      limit: bytes.nullable().describe('Null: no limit.'),
    }),
  })
  .meta({ id: 'FileStatistics' })
export type FileStatistics = z.infer<typeof fileStatistics>

export const signedUrl = z.object({ id, url: z.url(), expires_at: time }).meta({ id: 'SignedUrl' })
export type SignedUrl = z.infer<typeof signedUrl>

/** What came of several files: one bad file does not undo the others. */
export const uploadResult = z
  .object({
    uploaded: z.array(fileRecord),
    failed: z.array(
      z.object({
        original_name: z.string(),
        error: z.object({
          code: z.string(),
          message: z.string(),
          details: z.record(z.string(), z.unknown()).exactOptional(),
        }),
      }),
    ),
  })
  .meta({ id: 'UploadResult' })
export type UploadResult = z.infer<typeof uploadResult>
