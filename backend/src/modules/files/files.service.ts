import { extensionOf, type FileRecord, type MoveBody } from '@lectern/protocol'
import type { UserActor } from '../../access/actor.ts'
import type { Clock } from '../../shared/clock.ts'
import { AppError, forbidden } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import { originalNameOf, safeFilename } from './content/names.ts'
import type { Disposal } from './disposal.ts'
import { toFileRecord } from './file-record.ts'
import type { FileAccess } from './files.access.service.ts'
import type { NewFile, StoredFile, StoredFolder } from './files.records.types.ts'
import type { FilesRepository } from './files.repository.store.ts'
import type { AttachmentPort, FileSettings, FolderKey } from './files.types.ts'
import type { Storage } from './storage/storage.types.ts'
import type { UploadJournal } from './upload/journal.repository.ts'

export interface FileServicePorts {
  readonly access: FileAccess
  readonly repository: Pick<FilesRepository, 'add' | 'move' | 'remove'>
  readonly journal: Pick<UploadJournal, 'begin' | 'end' | 'forget'>
  readonly storage: Pick<Storage, 'copy' | 'delete'>
  readonly disposal: Disposal
  readonly attachments: Pick<AttachmentPort, 'tellChanges'>
  readonly settings: Pick<FileSettings, 'publicUrl' | 'quota'>
  readonly clock: Clock
}

type FileKey = FolderKey & { readonly file: string }

/** Single files that are there. All throw `NOT_FOUND` for who may not read them, and `UNAUTHENTICATED` for nobody. */
export class FileService {
  readonly #ports: FileServicePorts

  constructor(ports: FileServicePorts) {
    this.#ports = ports
  }

  async record(actor: UserActor | undefined, key: FileKey): Promise<FileRecord> {
    return this.#toRecord(await this.#ports.access.readableFile(actor, key))
  }

  async recordById(actor: UserActor | undefined, fileId: string): Promise<FileRecord> {
    return this.#toRecord(await this.#ports.access.readableFileById(actor, fileId))
  }

  /**
   * Touches no bytes: URLs signed for it, and messages that show it, follow.
   * @throws AppError `FORBIDDEN` but for its uploader and staff, and where they may not add; `CONFLICT` for a name that is
   * taken; `UNSUPPORTED_FILE_TYPE` for a name of another kind
   */
  async move(actor: UserActor, { course_id: courseId, ...body }: MoveBody): Promise<FileRecord> {
    const { access, repository, attachments } = this.#ports
    const file = await access.manageableFile(actor, { folder: body.folder, file: body.file, courseId })
    const target = await access.addableFolder(actor, { folder: body.to_folder, courseId })
    const isMoved = target.id !== file.folder.id
    if (isMoved && target.visibility === 'private' && target.ownerId !== file.uploadedBy) {
      throw forbidden('What others uploaded is copied into a private folder, not moved: it counts for them.')
    }
    const moved = await repository.move({
      fileId: file.id,
      from: file.folder,
      to: target,
      exactName: await this.#wantsExactName(actor, target, body.to_name),
      ...namesOf(file, body.to_name),
    })
    await attachments.tellChanges()
    return this.#toRecord(moved)
  }

  /**
   * The copy is the copier's, and counts for them.
   * @throws AppError as `move`, and `STORAGE_FULL`
   */
  async copy(actor: UserActor, { course_id: courseId, ...body }: MoveBody): Promise<FileRecord> {
    const { access } = this.#ports
    const file = await access.readableFile(actor, { folder: body.folder, file: body.file, courseId })
    const target = await access.addableFolder(actor, { folder: body.to_folder, courseId })
    const exactName = await this.#wantsExactName(actor, target, body.to_name)
    return this.#toRecord(await this.#copy({ ...this.#newCopy(actor, file, target, body.to_name), exactName }, file.id))
  }

  /** @throws AppError `FORBIDDEN` but for its uploader and staff */
  async remove(actor: UserActor, key: FileKey): Promise<void> {
    const { access, repository, attachments, disposal, clock } = this.#ports
    const file = await access.deletableFile(actor, key)
    const removed = await repository.remove({ fileIds: [file.id], now: clock.now() })
    await attachments.tellChanges()
    await disposal.dispose(removed)
  }

  /** Where they do not see which names are taken, and say none, a free one is found, as for an upload. */
  async #wantsExactName(actor: UserActor, folder: StoredFolder, name: string | undefined): Promise<boolean> {
    return name !== undefined || (await this.#ports.access.readsAllOf(actor, folder))
  }

  #newCopy(
    actor: UserActor,
    file: StoredFile,
    folder: StoredFolder,
    name: string | undefined,
  ): Omit<NewFile, 'exactName'> {
    const { settings, clock } = this.#ports
    const { mimeType, category, size, sha256, description } = file
    return {
      ...{ mimeType, category, size, sha256, description },
      ...namesOf(file, name),
      id: newId(),
      target: { kind: 'folder', folder },
      realm: actor.realm,
      uploadedBy: actor.userId,
      uploadedByName: actor.name,
      quota: settings.quota,
      now: clock.now(),
    }
  }

  async #copy(copy: NewFile, fromId: string): Promise<StoredFile> {
    const { journal, storage, repository } = this.#ports
    const { id, realm, uploadedBy: userId, size, quota, now } = copy
    const sizes = { reserved: size, length: size }
    const entry = { id, kind: 'copy', realm, userId, metadata: {}, ...sizes, createdAt: now, expiresAt: null } as const
    await journal.begin({ entry, quota })
    try {
      await storage.copy(fromId, id)
      return await repository.add(copy)
    } catch (error) {
      await this.#discard(id)
      throw error
    }
  }

  async #discard(id: string): Promise<void> {
    const { journal, storage, clock } = this.#ports
    // A commit may have succeeded although nobody could say so.
    if (!(await journal.end(id, clock.now()))) return
    await storage.delete([id])
    await journal.forget(id)
  }

  #toRecord(file: StoredFile): FileRecord {
    return toFileRecord(file, this.#ports.settings.publicUrl)
  }
}

/** @throws AppError `UNSUPPORTED_FILE_TYPE` for a name that says another kind than the file is of */
function namesOf(file: StoredFile, wanted: string | undefined): Pick<NewFile, 'filename' | 'originalName'> {
  if (wanted === undefined) return { filename: file.filename, originalName: file.originalName }
  const filename = safeFilename(wanted)
  if (kindIn(filename) !== kindIn(file.filename)) {
    const extension = extensionOf(file.filename)
    throw new AppError('UNSUPPORTED_FILE_TYPE', `The name of this file ends in ${extension}.`, { extension })
  }
  return { filename, originalName: originalNameOf(wanted) }
}

/** Both spellings of a JPEG are of one kind. */
const kindIn = (filename: string): string => extensionOf(filename).replace(/^\.jpeg$/, '.jpg')
