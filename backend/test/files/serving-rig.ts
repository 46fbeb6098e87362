import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FILE_ROUTES } from '@lectern/protocol'
import { Router } from 'express'
import { loadConfig } from '../../src/config/config.ts'
import { createHttpApp } from '../../src/http/http-app.ts'
import { createMetrics } from '../../src/http/metrics.ts'
import { createRouteBinder } from '../../src/http/route-binder.ts'
import type { StoredFile, StoredFolder } from '../../src/modules/files/files.records.types.ts'
import { createServing } from '../../src/modules/files/serving/serving.ts'
import type { ArchivedFile, ServingAccess } from '../../src/modules/files/serving/serving.types.ts'
import { LocalStorage } from '../../src/modules/files/storage/local-storage.ts'
import type { Storage } from '../../src/modules/files/storage/storage.types.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { forbidden, notFound } from '../../src/shared/errors.ts'
import { newId } from '../../src/shared/ids.ts'
import { captureLog } from '../harness/log-capture.ts'
import { serve } from '../harness/serve.ts'

/** Whose pages may show files, beside the server's own. */
export const LMS = 'https://lms.example.org'
export const CREATED_AT = Date.UTC(2026, 2, 1, 8, 30, 15, 250)
export const FOLDER = 'Bài giảng'

export interface RigOptions {
  readonly accelPrefix?: string
  /** As clouds are: no path leads to an object. */
  readonly remote?: boolean
  readonly stallMs?: number
}

export type FileFacts = Partial<Pick<StoredFile, 'filename' | 'originalName' | 'mimeType' | 'category'>>

/** The doors of files over HTTP, and behind them one folder that everybody may read. */
export interface ServingRig extends AsyncDisposable {
  readonly url: string
  readonly objects: string
  readonly thumbnails: string
  readonly logLines: readonly Record<string, unknown>[]
  /** Puts a file into the folder. */
  add(bytes: Uint8Array | string, facts?: FileFacts): Promise<StoredFile>
  /** Its record, and with `bytes` its bytes alone. */
  remove(file: StoredFile, what?: 'record' | 'bytes'): Promise<void>
  get(
    door: 'download' | 'view' | 'thumbnail',
    file: StoredFile,
    init?: RequestInit & { query?: string },
  ): Promise<Response>
  archive(init?: RequestInit): Promise<Response>
  /** Of the archive, below the URL. */
  readonly archivePath: string
  forget(file: StoredFile): Promise<void>
  /** The path of a door, below the URL. */
  pathOf(door: string, file: StoredFile): string
}

const folder: StoredFolder = {
  id: newId(),
  realm: 'external',
  name: FOLDER,
  ownerId: 'an',
  courseId: null,
  visibility: 'public',
  createdAt: CREATED_AT,
}

const recordOf = (bytes: Uint8Array, facts: FileFacts): StoredFile => ({
  id: newId(),
  folder,
  filename: 'a.pdf',
  originalName: facts.filename ?? 'a.pdf',
  mimeType: 'application/pdf',
  category: 'document',
  ...facts,
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  uploadedBy: 'an',
  uploadedByName: 'An',
  description: null,
  createdAt: CREATED_AT,
})

const byName = (one: ArchivedFile, other: ArchivedFile) => (one.filename < other.filename ? -1 : 1)

/** Without what the local disk alone has. */
const remoteOf = (storage: LocalStorage): Storage => ({
  put: (...given) => storage.put(...given),
  get: (...given) => storage.get(...given),
  stat: (id) => storage.stat(id),
  copy: (...given) => storage.copy(...given),
  delete: (ids) => storage.delete(ids),
  list: () => storage.list(),
  signedUrl: () => storage.signedUrl(),
  check: () => storage.check(),
  localPath: () => undefined,
})

export async function startServingRig({
  accelPrefix,
  remote = false,
  stallMs = 60_000,
}: RigOptions = {}): Promise<ServingRig> {
  const directory = await mkdtemp(join(tmpdir(), 'lectern-serving-'))
  const [objects, thumbnails] = [join(directory, 'objects'), join(directory, 'thumbnails')]
  await Promise.all([mkdir(objects), mkdir(thumbnails)])
  const records = new Map<string, StoredFile>()
  const storage = new LocalStorage(objects)
  const access: ServingAccess = {
    readableFile: async (_actor, { file }) => {
      const found = [...records.values()].find(({ filename }) => filename === file)
      if (found === undefined) throw notFound()
      return found
    },
    readableFolder: async () => ({ folder, reads: 'all' }),
  }
  const { logger, lines } = captureLog()
  const serving = createServing({
    storage: remote ? remoteOf(storage) : storage,
    access,
    contents: {
      page: async ({ after = '', limit }) =>
        [...records.values()]
          .filter(({ filename }) => filename > after)
          .toSorted(byName)
          .slice(0, limit),
    },
    signedUrls: { open: () => Promise.reject(forbidden('None here.')) },
    thumbnailDirectory: thumbnails,
    allowedOrigins: [LMS],
    accelPrefix,
    stallMs,
    clock: systemClock,
    logger,
  })
  const api = Router()
  const bind = createRouteBinder({
    authenticate: async () => undefined,
    limits: { enter: () => () => undefined },
  })
  const { downloadFile, viewFile, getThumbnail, archiveFolder, openSignedUrl } = FILE_ROUTES
  bind(api, { downloadFile, viewFile, getThumbnail, archiveFolder, openSignedUrl }, serving.handlers)
  const config = { ...loadConfig({}).http, allowedOrigins: [LMS] }
  const server = await serve(createHttpApp({ config, logger, metrics: createMetrics(), root: [], api: [api] }))
  const archivePath = `/api/v1/files/archive/${encodeURIComponent(FOLDER)}`
  const pathOf = (door: string, file: StoredFile) =>
    `/api/v1/files/${door}/${encodeURIComponent(FOLDER)}/${encodeURIComponent(file.filename)}`
  return {
    url: server.url,
    objects,
    thumbnails,
    logLines: lines,
    pathOf,
    add: async (content, facts = {}) => {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content
      const record = recordOf(bytes, facts)
      await writeFile(join(objects, record.id), bytes)
      records.set(record.id, record)
      return record
    },
    remove: async ({ id }, what = 'record') => {
      if (what === 'record') records.delete(id)
      await storage.delete([id])
    },
    get: (door, file, { query = '', ...init } = {}) => fetch(`${server.url}${pathOf(door, file)}${query}`, init),
    archive: (init) => fetch(server.url + archivePath, init),
    archivePath,
    forget: ({ id }) => serving.thumbnails.forget(id),
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]()
      await rm(directory, { recursive: true })
    },
  }
}
