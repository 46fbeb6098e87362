import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type AppError, notFound } from '../../../shared/errors.ts'
import type { Logger } from '../../../shared/logger.ts'
import { Lru } from '../../../shared/lru.ts'
import type { StoredFile } from '../files.records.types.ts'
import { hasThumbnail } from '../presentation.ts'
import { removeFile } from '../storage/durable.ts'
import type { Storage } from '../storage/storage.types.ts'
import { NotAnImage, shrink } from './shrink.ts'
import { Turns } from './turns.ts'

export const THUMBNAIL_WIDTHS = [160, 320, 640] as const

export interface ThumbnailPorts {
  readonly storage: Pick<Storage, 'get'>
  /** There already. */
  readonly directory: string
  readonly logger: Logger
}

/** Images decoded at once, and those that wait for it. */
const AT_ONCE = 2
const WAITING = 500
/** Images known to be none. */
const REMEMBERED = 10_000

/** Small WebP images, each made at its first use and kept beside the files. */
export class Thumbnails {
  readonly #ports: ThumbnailPorts
  readonly #turns = new Turns(AT_ONCE, WAITING)
  readonly #making = new Map<string, Promise<Buffer>>()
  readonly #hopeless = new Lru<true>(REMEMBERED)

  constructor(ports: ThumbnailPorts) {
    this.#ports = ports
  }

  /**
   * @param width one of `THUMBNAIL_WIDTHS`; a smaller image stays as wide as it is
   * @throws AppError `NOT_FOUND` for what is no raster image, is damaged, or too large to be decoded; `UNAVAILABLE` when
   * too many wait
   */
  async get(file: StoredFile, width: number): Promise<Buffer> {
    if (!hasThumbnail(file)) throw notFound('This kind of file has no thumbnail.')
    const name = nameOf(file.id, width)
    const kept = await readFile(join(this.#ports.directory, name)).catch(unlessMissing)
    return kept ?? this.#making.get(name) ?? this.#begin(file, width, name)
  }

  /** Of a file that is gone. */
  async forget(id: string): Promise<void> {
    const names = THUMBNAIL_WIDTHS.map((width) => nameOf(id, width))
    await Promise.allSettled(names.map((name) => this.#making.get(name)))
    const paths = names.map((name) => join(this.#ports.directory, name))
    await Promise.all(paths.flatMap((path) => [path, stagedAt(path)]).map(removeFile))
  }

  async #begin(file: StoredFile, width: number, name: string): Promise<Buffer> {
    if (this.#hopeless.get(file.id)) throw unreadable()
    const making = this.#turns.run(() => this.#make(file, width, name))
    this.#making.set(name, making)
    try {
      return await making
    } finally {
      this.#making.delete(name)
    }
  }

  async #make(file: StoredFile, width: number, name: string): Promise<Buffer> {
    const small = await this.#shrink(file, width)
    const path = join(this.#ports.directory, name)
    const staged = stagedAt(path)
    try {
      await writeFile(staged, small, { flush: true })
      await rename(staged, path)
    } catch (error) {
      // It is seen all the same; a full disk is told where it matters.
      this.#ports.logger.warn({ err: error, file_id: file.id }, 'thumbnail not kept')
      await rm(staged, { force: true })
    }
    return small
  }

  async #shrink(file: StoredFile, width: number): Promise<Buffer> {
    const bytes = await buffer(await this.#ports.storage.get(file.id))
    try {
      return await shrink(bytes, width)
    } catch (error) {
      if (!(error instanceof NotAnImage)) throw error
      this.#hopeless.set(file.id, true)
      this.#ports.logger.info({ err: error, file_id: file.id }, 'image without a thumbnail')
      throw unreadable()
    }
  }
}

const unreadable = (): AppError => notFound('This image is damaged, or too large for a thumbnail.')

/** The same at each try: what a crash leaves behind is written anew. */
const stagedAt = (path: string): string => `${path}.part`

const nameOf = (id: string, width: number): string => `${id}-${width}.webp`

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
