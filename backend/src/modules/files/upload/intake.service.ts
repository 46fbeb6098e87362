import type { Readable } from 'node:stream'
import { categoryOf, FILE_CATEGORIES, type FileCategory } from '@lectern/protocol'
import type { UserActor } from '../../../access/actor.ts'
import { AppError } from '../../../shared/errors.ts'
import { newId } from '../../../shared/ids.ts'
import type { ConcurrencyLimit } from '../../../shared/limiter.ts'
import type { Logger } from '../../../shared/logger.ts'
import { identify, refuseEarly } from '../content/identify.ts'
import { originalNameOf, safeFilename } from '../content/names.ts'
import { quotaExceeded } from '../file-usage.repository.ts'
import type { FileKind, NewFile, StoredFile } from '../files.records.types.ts'
import type { FilesRepository } from '../files.repository.store.ts'
import type { FileAccessPort, FileSettings, UploadLimit } from '../files.types.ts'
import { endWithoutFile, takeBack, type UploadTraces } from './ending.ts'
import { tooLarge } from './staging-sink.ts'
import type { Incoming, Intake, OfferedFile, StagedFile } from './upload.types.ts'

export interface IntakePorts extends UploadTraces {
  readonly access: Pick<FileAccessPort, 'targetFor'>
  readonly files: Pick<FilesRepository, 'add'>
  readonly limit: UploadLimit
  /** Bodies that one person sends at once: each has a megabyte of memory for as long as it comes. */
  readonly underWay: Pick<ConcurrencyLimit, 'run'>
  readonly settings: Pick<FileSettings, 'maxFileSize' | 'quota'>
  readonly logger: Logger
}

/** How often a folder may change between the question and the record. */
const TRIES = 3

export class UploadIntake implements Intake {
  readonly #ports: IntakePorts

  constructor(ports: IntakePorts) {
    this.#ports = ports
  }

  async begin(actor: UserActor): Promise<Incoming> {
    const { limit, journal, clock } = this.#ports
    limit.take(actor.userId)
    const { quota } = this.#ports.settings
    if (quota > 0 && (await journal.usageOf(actor.userId)) >= quota) throw quotaExceeded(quota)
    const id = newId()
    const { userId, realm } = actor
    const row = { id, kind: 'form', realm, userId, metadata: {}, reserved: 0, length: null, expiresAt: null } as const
    await journal.begin({ entry: { ...row, createdAt: clock.now() }, quota })
    return {
      id,
      receive: (source, originalName, sureBytes) => this.#receive({ id, userId }, source, originalName, sureBytes ?? 0),
      discard: () => this.#end(id),
    }
  }

  async accept(actor: UserActor, offered: OfferedFile): Promise<StoredFile> {
    try {
      return await this.#record(actor, offered)
    } catch (error) {
      await this.#end(offered.staged.id)
      throw error
    }
  }

  /** As `accept`; but after an error that passes the bytes are staged still, for another try. */
  async acceptOrKeep(actor: UserActor, offered: OfferedFile): Promise<StoredFile> {
    try {
      return await this.#record(actor, offered)
    } catch (error) {
      if (passes(error)) await takeBack(this.#ports, offered.staged.id)
      else await this.#end(offered.staged.id)
      throw error
    }
  }

  /**
   * Bytes that a file of this name may have.
   * @throws AppError `UNSUPPORTED_FILE_TYPE` for a name of no kind that is taken
   */
  maxBytesOf(originalName: string): number {
    refuseEarly(new Uint8Array(), originalName)
    const category = categoryOf(safeFilename(originalName))
    return category === undefined ? 0 : this.#maxBytes(category)
  }

  async #receive(
    { id, userId }: { readonly id: string; readonly userId: string },
    source: Readable,
    originalName: string,
    sureBytes: number,
  ): Promise<StagedFile> {
    try {
      const maxBytes = this.maxBytesOf(originalName)
      if (sureBytes > maxBytes) throw tooLarge(maxBytes)
      const { staging, underWay } = this.#ports
      const hash = staging.startHash()
      const onHead = (head: Uint8Array) => refuseEarly(head, originalName)
      const write = () => staging.write(id, source, { maxBytes, hash, onHead })
      const { size, head } = await underWay.run(userId, write)
      return { id, path: staging.pathOf(id), size, sha256: await hash.digest(), head }
    } catch (error) {
      source.resume()
      throw error
    }
  }

  async #record(actor: UserActor, { staged, originalName, fields }: OfferedFile): Promise<StoredFile> {
    const { access, storage, settings, clock } = this.#ports
    const key = { folder: fields.folder, courseId: fields.course_id }
    const target = await access.targetFor(actor, key)
    const kind = await identify(staged, originalName)
    this.#checkKind(kind, staged, fields.category)
    await storage.put(staged.id, staged.path)
    return this.#add(actor, key, {
      id: staged.id,
      target,
      realm: actor.realm,
      originalName: originalNameOf(originalName),
      filename: safeFilename(originalName),
      exactName: false,
      mimeType: kind.mimeType,
      category: kind.category,
      size: staged.size,
      sha256: staged.sha256,
      uploadedBy: actor.userId,
      uploadedByName: actor.name,
      description: fields.description ?? null,
      quota: settings.quota,
      now: clock.now(),
    })
  }

  #checkKind({ category }: FileKind, { size }: StagedFile, wanted: string | undefined): void {
    if (wanted !== undefined && wanted !== category) {
      throw new AppError('UNSUPPORTED_FILE_TYPE', `This file is of the category ${category}.`, { category })
    }
    const maxBytes = this.#maxBytes(category)
    if (size > maxBytes) throw tooLarge(maxBytes)
  }

  async #add(
    actor: UserActor,
    key: { folder: string; courseId: string | undefined },
    file: NewFile,
  ): Promise<StoredFile> {
    for (let next = file, tries = 1; ; tries++) {
      try {
        return await this.#ports.files.add(next)
      } catch (error) {
        if (!isFolderChanged(error) || tries === TRIES) throw error
        next = { ...file, target: await this.#ports.access.targetFor(actor, key) }
      }
    }
  }

  #maxBytes(category: FileCategory): number {
    return Math.min(FILE_CATEGORIES[category].maxBytes, this.#ports.settings.maxFileSize ?? Number.POSITIVE_INFINITY)
  }

  /** What cannot be removed now, the next start removes. */
  async #end(id: string): Promise<void> {
    try {
      await endWithoutFile(this.#ports, id)
    } catch (error) {
      this.#ports.logger.warn({ err: error, upload: id }, 'upload not removed')
    }
  }
}

const isFolderChanged = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'CONFLICT' && error.details?.['reason'] === 'folder_changed'

/** Not the file's fault, nor its owner's: the same bytes may be taken later. */
const passes = (error: unknown): boolean => {
  if (!(error instanceof AppError)) return true
  const isDiskFull = error.code === 'STORAGE_FULL' && error.details?.['reason'] === 'disk'
  return isDiskFull || error.code === 'UNAVAILABLE' || isFolderChanged(error)
}
