import type { FILE_ROUTES } from '@lectern/protocol'
import type { Router } from 'express'
import type { Database } from '../../database/database.ts'
import type { BindRoutes, RouteHandlers } from '../../http/route-binder.types.ts'
import type { Clock } from '../../shared/clock.ts'
import { ConcurrencyLimit } from '../../shared/limiter.ts'
import type { Logger } from '../../shared/logger.ts'
import { Disposal } from './disposal.ts'
import { toFileRecord } from './file-record.ts'
import type { FileAccess } from './files.access.service.ts'
import { FileReading } from './files.reading.service.ts'
import type { StoredFile } from './files.records.types.ts'
import { FileReportsRepository } from './files.repository.reports.ts'
import type { FilesRepository } from './files.repository.store.ts'
import { fileRoutes } from './files.routes.ts'
import { FileService } from './files.service.ts'
import type { AttachmentPort, CourseAccessPort, FileSettings, PeoplePort, UploadLimit } from './files.types.ts'
import { FolderRepository } from './folders.repository.ts'
import { FolderService } from './folders.service.ts'
import { createServing, type Serving } from './serving/serving.ts'
import { SignedUrlRepository } from './signed-urls.repository.ts'
import { SignedUrls } from './signed-urls.service.ts'
import { claimUploadPath, type UploadDirectories } from './storage/installation.ts'
import { LocalStorage } from './storage/local-storage.ts'
import type { Storage } from './storage/storage.types.ts'
import { UploadIntake } from './upload/intake.service.ts'
import { UploadJournal } from './upload/journal.repository.ts'
import { Staging } from './upload/staging.ts'
import { Sweep } from './upload/sweep.ts'
import { type TusPorts, tusRouter } from './upload/tus.router.ts'
import { TusUploads } from './upload/tus-uploads.service.ts'
import { UnknownObjects } from './upload/unknown-objects.ts'
import { uploadHandlers } from './upload/upload.controller.ts'

export interface FilesDependencies {
  readonly database: Database
  readonly repository: FilesRepository
  readonly access: FileAccess
  readonly courses: CourseAccessPort
  readonly attachments: Pick<AttachmentPort, 'tellChanges'>
  readonly people: PeoplePort
  readonly uploadLimit: UploadLimit
  readonly settings: FileSettings
  readonly uploadPath: string
  readonly accelPrefix: string | undefined
  readonly allowedOrigins: readonly string[]
  /** Signs links; 32 bytes. */
  readonly linkKey: Uint8Array
  readonly clock: Clock
  readonly logger: Logger
}

export interface Files {
  /** @param admit lets people in who speak tus */
  mount(router: Router, bindRoutes: BindRoutes, admit: TusPorts['admit']): void
  /** They are enrolled no more: their links of the course end. */
  removed(courseId: string, userIds: readonly string[]): Promise<void>
  /** Removes what was interrupted. Before the first request. */
  start(): Promise<void>
  /** Counts the objects that no record names, which takes as long as there are many. */
  lookForUnknown(): Promise<void>
  /** As counted last. */
  unknownObjects(): number
  /** @throws Error when the storage does not answer */
  check(): Promise<void>
  close(): Promise<void>
}

/** Far more than any client sends, and a bound to the memory that one person's slow bodies take. */
const BODIES_AT_ONCE = 100

/**
 * Files, put together.
 * @throws StartError when the upload path cannot be written, belongs to another database, or lacks the files of this one
 */
export async function createFiles(dependencies: FilesDependencies): Promise<Files> {
  const { database, repository, uploadPath, logger } = dependencies
  const { installationId } = database
  const directories = await claimUploadPath(uploadPath, { installationId, hasFiles: await repository.hasFiles() })
  const storage = new LocalStorage(directories.objects)
  const links = new SignedUrlRepository(database)
  const signedUrls = new SignedUrls({
    ...dependencies,
    key: dependencies.linkKey,
    files: repository,
    repository: links,
  })
  const serving = serve(dependencies, storage, directories, signedUrls)
  const disposal = new Disposal({ storage, thumbnails: serving.thumbnails, repository, logger })
  const uploads = receive(dependencies, storage, directories)
  const kept = { ...dependencies, storage, disposal, journal: uploads.journal }
  const files = new FileService(kept)
  const reading = new FileReading({ ...kept, reports: new FileReportsRepository(database) })
  const folders = new FolderService({ ...kept, repository: new FolderRepository(database) })
  const bytes: RouteHandlers<typeof FILE_ROUTES> = { ...serving.handlers, ...uploads.handlers }
  return {
    mount: (router, bindRoutes, admit) => {
      // Before `DELETE /files/:folder/:file`, which its addresses look like.
      router.use(uploads.tus(admit))
      fileRoutes(router, bindRoutes, { files, reading, folders, signedUrls, bytes })
    },
    removed: (courseId, userIds) => links.removeOf(courseId, userIds),
    start: async () => {
      await uploads.sweep.atStart()
      await disposal.dispose(await repository.unwanted())
      uploads.sweep.start()
    },
    lookForUnknown: () => uploads.unknown.look(),
    unknownObjects: () => uploads.unknown.count,
    check: () => storage.check(),
    close: async () => {
      uploads.sweep.stop()
      await uploads.staging.close()
    },
  }
}

function serve(
  { repository, accelPrefix, ...rest }: FilesDependencies,
  storage: Storage,
  { thumbnails }: UploadDirectories,
  signedUrls: SignedUrls,
): Serving {
  return createServing({
    ...rest,
    storage,
    contents: repository,
    signedUrls,
    thumbnailDirectory: thumbnails,
    accelPrefix,
  })
}

function receive(
  { database, repository, uploadLimit: limit, ...rest }: FilesDependencies,
  storage: Storage,
  { staging: directory }: UploadDirectories,
) {
  const journal = new UploadJournal(database)
  const staging = new Staging(directory)
  const underWay = new ConcurrencyLimit(BODIES_AT_ONCE)
  const ports = { ...rest, storage, journal, staging, underWay }
  const intake = new UploadIntake({ ...ports, files: repository, limit })
  const toRecord = (file: StoredFile) => toFileRecord(file, rest.settings.publicUrl)
  const handlers = uploadHandlers({ ...ports, intake, toRecord })
  const resumable = new TusUploads({ ...ports, intake, limit, files: repository })
  const tus = (admit: TusPorts['admit']) =>
    tusRouter({ uploads: resumable, admit, maxFileSize: rest.settings.maxFileSize })
  return { journal, staging, handlers, tus, sweep: new Sweep(ports), unknown: new UnknownObjects(ports) }
}
