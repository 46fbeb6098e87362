import type { FILE_RECORD_ROUTES } from '@lectern/protocol'
import { listed } from '../../http/listed.ts'
import type { RouteHandlers } from '../../http/route-binder.types.ts'
import type { FileReading } from './files.reading.service.ts'
import type { FileService } from './files.service.ts'
import type { FolderService } from './folders.service.ts'
import type { SignedUrls } from './signed-urls.service.ts'

export interface FileControllerPorts {
  readonly files: FileService
  readonly reading: FileReading
  readonly folders: FolderService
  readonly signedUrls: SignedUrls
}

/** Files and folders as records. */
export const fileRecordHandlers = ({
  files,
  reading,
  folders,
  signedUrls,
}: FileControllerPorts): RouteHandlers<typeof FILE_RECORD_ROUTES> => ({
  getFile: async ({ actor, params, query }) => ({
    data: await files.record(actor, { ...params, courseId: query.course_id }),
  }),
  getFileById: async ({ actor, params }) => ({ data: await files.recordById(actor, params.fileId) }),
  listFiles: async ({ actor, params, query }) => listed(await reading.list(actor, params.folder, query), query.limit),
  getFolderSize: async ({ actor, params, query }) => ({
    data: await reading.folderSize(actor, { ...params, courseId: query.course_id }),
  }),
  getFileStatistics: async ({ actor, query }) => ({ data: await reading.statistics(actor, query) }),
  moveFile: async ({ actor, body }) => ({ data: await files.move(actor, body) }),
  copyFile: async ({ actor, body }) => ({ data: await files.copy(actor, body) }),
  createSignedUrl: async ({ actor, body }) => ({ data: await signedUrls.make(actor, body) }),
  deleteSignedUrl: ({ actor, params }) => signedUrls.remove(actor, params.id),
  listFolders: async ({ actor, query }) => listed(await folders.list(actor, query), query.limit),
  createFolder: async ({ actor, body }) => ({ data: await folders.make(actor, body) }),
  updateFolder: async ({ actor, params, query, body }) => ({
    data: await folders.change(actor, { ...params, courseId: query.course_id }, body),
  }),
  deleteFolder: ({ actor, params, query }) =>
    folders.remove(actor, { ...params, courseId: query.course_id }, query.recursive === 'true'),
  deleteFile: ({ actor, params, query }) => files.remove(actor, { ...params, courseId: query.course_id }),
})
