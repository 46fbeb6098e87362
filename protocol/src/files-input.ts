import { z } from 'zod'
import { pageFields } from './envelope.ts'
import { fileCategory, folderVisibility } from './files.ts'
import { folderNameProblem } from './folder-name.ts'
import { LIMITS } from './limits.ts'
import { id, queryInteger } from './scalars.ts'
import { wireInput } from './spelling.ts'
import { text } from './text.ts'

const toNfc = (value: string): string => value.normalize('NFC')
/** A space before a name is a slip; one behind it is no folder's, and told to be none. */
const trimStart = (value: string): string => value.trimStart()

/** The name of a new folder, or a folder's new one. */
export const folderName = z
  .string()
  .overwrite(trimStart)
  .overwrite(toNfc)
  .refine((name) => folderNameProblem(name) === undefined, {
    message:
      'a folder name is 1 to 100 letters, digits, spaces, dots, _ and -, without a dot or space at its edges, and not reserved',
  })
  .meta({ minLength: 1, maxLength: LIMITS.folderName, examples: ['Bài giảng'] })

/** A folder by its id or its name. What no folder can be called is simply not there. */
const folderKeyText = z.string().overwrite(trimStart).min(1).max(LIMITS.fileName).overwrite(toNfc)
const folderKey = folderKeyText.describe('A folder: its id, or its name.')
const fileKey = z.string().min(1).max(LIMITS.fileName).overwrite(toNfc).describe('The `filename` of a file in it.')
const courseOfFolder = id.exactOptional().describe('The course whose folder a name means.')

export const folderParams = wireInput({ folder: folderKey })
export const fileParams = wireInput({ folder: folderKey, file: fileKey })
export const fileIdParams = wireInput({ fileId: id })
export const signedUrlParams = wireInput({ id })

/** Query of whatever names a folder in its path. */
export const folderQuery = wireInput({ course_id: courseOfFolder })
export type FolderQuery = z.output<typeof folderQuery>

export const fileSort = z.enum(['name', 'size', 'created_at'])
export type FileSort = z.infer<typeof fileSort>
export const fileOrder = z.enum(['asc', 'desc'])
export type FileOrder = z.infer<typeof fileOrder>

export const filesQuery = wireInput({
  sort: fileSort.exactOptional().describe("Default: the cursor's, else `created_at`."),
  order: fileOrder.exactOptional().describe("Default: the cursor's, else `asc` by name and `desc` by anything else."),
  category: fileCategory.exactOptional(),
  q: text(1, LIMITS.searchQuery)
    .exactOptional()
    .describe('All words, each as the beginning of a word of the name, whatever the case and the diacritics.'),
  course_id: courseOfFolder,
  ...pageFields,
})
export type FilesQuery = z.output<typeof filesQuery>

export const thumbnailQuery = wireInput({
  w: queryInteger(1, 10_000)
    .default(320)
    .refine((width) => [160, 320, 640].includes(width), 'expected 160, 320 or 640'),
  course_id: courseOfFolder,
})

export const foldersQuery = wireInput({
  course_id: id.exactOptional().describe('Of this course alone.'),
  ...pageFields,
})
export type FoldersQuery = z.output<typeof foldersQuery>

export const createFolderBody = wireInput({
  name: folderName,
  course_id: id.exactOptional(),
  visibility: folderVisibility.exactOptional().describe('Default: what an upload into a new name would make of it.'),
})
export type CreateFolderBody = z.output<typeof createFolderBody>

export const updateFolderBody = wireInput({
  name: folderName.exactOptional(),
  visibility: folderVisibility.exactOptional(),
})
export type UpdateFolderBody = z.output<typeof updateFolderBody>

export const deleteFolderQuery = wireInput({
  recursive: z.enum(['true', 'false']).default('false').describe('Whether to delete what is in it too.'),
  course_id: courseOfFolder,
})

/** The fields of an upload's form, beside its bytes; in any order, the file may come first. */
export const uploadFields = wireInput({
  folder: folderKeyText.describe('An id, or a name; one that is not there is made.'),
  category: z.string().max(LIMITS.id).exactOptional().describe("The file's own category, or UNSUPPORTED_FILE_TYPE."),
  course_id: id.exactOptional(),
  description: text(0, LIMITS.fileDescription).exactOptional(),
})
export type UploadFields = z.output<typeof uploadFields>

const binary = z.string().meta({ format: 'binary' })
export const uploadForm = z.object({ file: binary, ...uploadFields.out.shape }).meta({ id: 'UploadForm' })
export const multipleUploadForm = z
  .object({ files: z.array(binary).min(1).max(LIMITS.filesPerUpload), ...uploadFields.out.shape })
  .meta({ id: 'MultipleUploadForm' })

export const statisticsOfFilesQuery = wireInput({
  course_id: id.exactOptional().describe("Of this course: all of it for its staff, else one's own uploads in it."),
})

export const signedUrlBody = wireInput({
  folder: folderKey,
  file: fileKey,
  course_id: courseOfFolder,
  expires_in: z.int().min(1).max(604_800).default(3600).describe('Seconds; over 3600: uploader and staff.'),
  disposition: z.enum(['attachment', 'inline']).default('attachment'),
})
export type SignedUrlBody = z.output<typeof signedUrlBody>

export const moveBody = wireInput({
  folder: folderKey,
  file: fileKey,
  to_folder: folderKey,
  to_name: z.string().min(1).max(LIMITS.fileName).exactOptional().describe('Keeps the kind of the file.'),
  course_id: courseOfFolder,
})
export type MoveBody = z.output<typeof moveBody>

/** Whatever stands in it: a link that was changed anywhere is refused as one that is over, and as nothing else. */
const partOfLink = z.string().catch('')
export const openedUrlParams = wireInput({ id: partOfLink })
export const signedFileQuery = wireInput({
  expires: partOfLink.describe('Seconds since the epoch.'),
  disposition: partOfLink.describe('`attachment` or `inline`.'),
  signature: partOfLink,
})
