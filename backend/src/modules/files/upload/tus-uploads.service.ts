import { pipeline, type Readable } from 'node:stream'
import { categoryOf, type UploadFields } from '@lectern/protocol'
import type { UserActor } from '../../../access/actor.ts'
import { AppError, notFound } from '../../../shared/errors.ts'
import { Lru } from '../../../shared/lru.ts'
import { refuseEarly } from '../content/identify.ts'
import { safeFilename } from '../content/names.ts'
import type { StoredFile } from '../files.records.types.ts'
import type { FilesRepository } from '../files.repository.store.ts'
import { endWithoutFile } from './ending.ts'
import type { RunningHash } from './hashing.ts'
import type { IntakePorts, UploadIntake } from './intake.service.ts'
import type { JournalEntry } from './journal.repository.ts'
import { tooLarge } from './staging-sink.ts'
import { type Checksum, ChecksumTap } from './tus-checksum.ts'
import { readMetadata } from './tus-metadata.ts'

export interface TusUploadPorts extends Omit<IntakePorts, 'files'> {
  readonly intake: UploadIntake
  readonly files: Pick<FilesRepository, 'file'>
}

export interface TusCreation {
  readonly id: string
  /** Bytes that are to come. */
  readonly length: number
  /** `Upload-Metadata` as it came. */
  readonly metadata: string
}

/** A resumable upload: bytes that still come, or the file that it has become. */
export type TusUpload =
  | { readonly kind: 'open'; readonly entry: JournalEntry; readonly length: number; readonly offset: number }
  | { readonly kind: 'file'; readonly file: StoredFile }

export interface TusChunk {
  readonly offset: number
  readonly source: Readable
  readonly checksum: Checksum | undefined
}

/** How long a resumable upload waits for its next bytes. */
export const TUS_EXPIRES_MS = 86_400_000
/** Hashes that are gone on with; of others the bytes are read again at the end. */
const HASHES_KEPT = 1000

/** The bytes of a chunk are not what its sender said. */
export class ChecksumMismatch extends Error {}

/** Uploads that go on over many requests. Each is its uploader's alone: for anybody else there is none. */
export class TusUploads {
  readonly #ports: TusUploadPorts
  readonly #hashes = new Lru<{ readonly offset: number; readonly hash: RunningHash }>(HASHES_KEPT)
  readonly #finishing = new Map<string, Promise<StoredFile>>()

  constructor(ports: TusUploadPorts) {
    this.#ports = ports
  }

  /**
   * Journals it and holds its bytes of the quota, once everything is asked that can be known before the first byte.
   * @returns when it expires
   * @throws AppError `VALIDATION_FAILED`, `RATE_LIMITED`, `UNSUPPORTED_FILE_TYPE`, `PAYLOAD_TOO_LARGE`, `STORAGE_FULL`, as `targetFor`
   */
  async create(actor: UserActor, { id, length, metadata }: TusCreation): Promise<number> {
    const { limit, access, journal, staging, settings, clock, intake } = this.#ports
    limit.take(actor.userId)
    const { filename, fields } = await readMetadata(metadata)
    const maxBytes = intake.maxBytesOf(filename)
    checkCategory(filename, fields)
    if (length > maxBytes) throw tooLarge(maxBytes)
    await access.targetFor(actor, { folder: fields.folder, courseId: fields.course_id })
    const { userId, realm } = actor
    const [createdAt, expiresAt] = [clock.now(), clock.now() + TUS_EXPIRES_MS]
    const row = { id, kind: 'tus', realm, userId, metadata: { metadata }, reserved: length, length } as const
    await journal.begin({ entry: { ...row, createdAt, expiresAt }, quota: settings.quota })
    try {
      await staging.make(id)
    } catch (error) {
      await endWithoutFile(this.#ports, id)
      throw error
    }
    return expiresAt
  }

  /** @throws AppError `NOT_FOUND` for what is not the caller's */
  async require(actor: UserActor, id: string): Promise<JournalEntry | StoredFile> {
    const { journal, files, clock } = this.#ports
    const entry = await journal.find(id)
    if (entry?.kind === 'tus' && entry.userId === actor.userId && (entry.expiresAt ?? 0) > clock.now()) return entry
    const file = await files.file(id)
    if (entry !== undefined || file?.uploadedBy !== actor.userId) throw notFound('No such upload.')
    return file
  }

  /** How far it is. For who holds its lock: what a broken request left unproven is undone. @throws AppError `NOT_FOUND` */
  async find(actor: UserActor, id: string): Promise<TusUpload> {
    await this.#settled(id)
    const found = await this.require(actor, id)
    if ('folder' in found) return { kind: 'file', file: found }
    await this.#ports.staging.undo(id)
    const offset = await this.#ports.staging.sizeOf(id)
    // A restored database may know uploads whose bytes were not restored with it.
    if (offset === undefined) throw notFound('No such upload.')
    return { kind: 'open', entry: found, length: found.length ?? 0, offset }
  }

  /**
   * For who holds its lock. Bytes that have come of a source that is cut off stay, unless they have a checksum.
   * @returns the new offset
   * @throws AppError `NOT_FOUND`, `RATE_LIMITED`, `PAYLOAD_TOO_LARGE`, `STORAGE_FULL`; `UNSUPPORTED_FILE_TYPE`, and then the upload is gone; `ChecksumMismatch`
   */
  async write(actor: UserActor, id: string, chunk: TusChunk): Promise<number> {
    const found = await this.require(actor, id)
    if ('folder' in found) return found.size
    const { filename } = await readMetadata(found.metadata['metadata'] ?? '')
    const options = { maxBytes: found.length ?? 0, onHead: (head: Uint8Array) => refuseEarly(head, filename) }
    const { checksum } = chunk
    const append = () =>
      checksum === undefined
        ? this.#append(id, chunk, { ...options, keepsCut: true })
        : this.#appendVerified(id, chunk, checksum, options)
    try {
      return await this.#ports.underWay.run(actor.userId, append)
    } catch (error) {
      if (error instanceof AppError && error.code === 'UNSUPPORTED_FILE_TYPE') await this.remove(actor, id)
      throw error
    }
  }

  /**
   * Makes the file of an upload whose bytes are all there; however many ask at once, once.
   * @throws AppError as `Intake.accept`: then the upload is gone, unless the error is one that passes
   */
  async finish(actor: UserActor, id: string): Promise<StoredFile> {
    const underWay = this.#finishing.get(id)
    if (underWay !== undefined) return underWay
    const finishing = this.#finish(actor, id).finally(() => this.#finishing.delete(id))
    this.#finishing.set(id, finishing)
    return finishing
  }

  /** Nothing of it stays. @throws AppError `NOT_FOUND`, also for one that has become a file */
  async remove(actor: UserActor, id: string): Promise<void> {
    await this.#settled(id)
    if ('folder' in (await this.require(actor, id))) throw notFound('No such upload.')
    this.#hashes.delete(id)
    await endWithoutFile(this.#ports, id)
  }

  /** Whether what has all come is a file is known then. */
  async #settled(id: string): Promise<void> {
    await this.#finishing.get(id)?.catch(() => undefined)
  }

  async #append(id: string, { offset, source }: TusChunk, options: AppendOptions): Promise<number> {
    const hash = this.#takeHash(id, offset)
    const { size } = await this.#ports.staging.write(id, source, { ...options, offset, hash })
    if (hash !== undefined) this.#hashes.set(id, { offset: size, hash })
    return size
  }

  async #appendVerified(id: string, chunk: TusChunk, checksum: Checksum, options: AppendOptions): Promise<number> {
    const { staging } = this.#ports
    const before = this.#hashes.get(id)
    const saved = before && { ...before, hash: before.hash.copy() }
    const tap = new ChecksumTap(checksum)
    await staging.beginUndoable(id)
    try {
      pipeline(chunk.source, tap, () => undefined)
      const size = await this.#append(id, { ...chunk, source: tap }, options)
      if (!tap.agrees()) throw new ChecksumMismatch('The bytes are not what their checksum says.')
      await staging.keep(id)
      return size
    } catch (error) {
      await staging.undo(id)
      if (saved === undefined) this.#hashes.delete(id)
      else this.#hashes.set(id, saved)
      throw error
    }
  }

  /** The hash of what is before the offset, where it is known; whoever takes it changes it. */
  #takeHash(id: string, offset: number): RunningHash | undefined {
    if (offset === 0) return this.#ports.staging.startHash()
    const known = this.#hashes.get(id)
    this.#hashes.delete(id)
    return known?.offset === offset ? known.hash : undefined
  }

  async #finish(actor: UserActor, id: string): Promise<StoredFile> {
    const found = await this.require(actor, id)
    if ('folder' in found) return found
    const { staging, intake } = this.#ports
    const { filename: originalName, fields } = await readMetadata(found.metadata['metadata'] ?? '')
    const size = (await staging.sizeOf(id)) ?? 0
    const hash = size === 0 ? staging.startHash() : (this.#takeHash(id, size) ?? (await staging.hashOf(id)))
    const sha256 = await hash.digest()
    const staged = { id, path: staging.pathOf(id), size, sha256, head: await staging.head(id) }
    return intake.acceptOrKeep(actor, { staged, originalName, fields })
  }
}

interface AppendOptions {
  readonly maxBytes: number
  readonly onHead: (head: Uint8Array) => void
  readonly keepsCut?: boolean
}

function checkCategory(filename: string, { category }: UploadFields): void {
  const own = categoryOf(safeFilename(filename))
  if (category === undefined || category === own) return
  throw new AppError('UNSUPPORTED_FILE_TYPE', `This file is of the category ${own}.`, { category: own })
}
