import { folderNameProblem } from '@lectern/protocol'
import type { CourseAccess, UserActor } from '../../access/actor.ts'
import {
  type FolderReading,
  type FolderStanding,
  isReadByTheCourse,
  mayAddTo,
  mayDeleteFile,
  mayManageFile,
  readingIn,
  visibilityOfNew,
} from '../../access/file-policies.ts'
import { AppError, conflict, forbidden, invalid, notFound, unauthenticated } from '../../shared/errors.ts'
import { nameKey } from './content/names.ts'
import type { StoredFile, StoredFolder, UploadTarget } from './files.records.types.ts'
import type { FilesRepository } from './files.repository.store.ts'
import type {
  AttachmentPort,
  CourseAccessPort,
  FileAccessPort,
  FileSettings,
  FolderKey,
  ReadableFolder,
} from './files.types.ts'

export interface FileAccessPorts {
  readonly repository: Pick<
    FilesRepository,
    'folder' | 'file' | 'fileNamed' | 'folderInScope' | 'foldersOfCourses' | 'publicFolders'
  >
  readonly courses: CourseAccessPort
  readonly attachments: Pick<AttachmentPort, 'coursesShowing'>
  readonly settings: Pick<FileSettings, 'publicFolders'>
}

type FileKey = FolderKey & { readonly file: string }
type Place = Pick<StoredFolder, 'realm' | 'courseId' | 'ownerId'>

/** Courses that a refusal names: who has a folder of that name in more has to say which anyway. */
const MOST_NAMED = 100
/** The form of the ids made here (RFC 9562, version 7): one of no folder is not taken for a new folder's name. */
const OWN_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** The only way to get hold of a folder or a file. */
export class FileAccess implements FileAccessPort {
  readonly #ports: FileAccessPorts

  constructor(ports: FileAccessPorts) {
    this.#ports = ports
  }

  async readableFile(actor: UserActor | undefined, key: FileKey): Promise<StoredFile> {
    return this.#readable(actor, await this.#fileNamed(actor, key))
  }

  async readableFileById(actor: UserActor | undefined, fileId: string): Promise<StoredFile> {
    return this.#readable(actor, await this.#ports.repository.file(fileId))
  }

  async readableFolder(actor: UserActor | undefined, key: FolderKey): Promise<ReadableFolder> {
    const folder = await this.#findAnywhere(actor, key)
    const reads = folder === undefined ? 'none' : await this.#readingIn(actor, folder)
    if (folder === undefined || reads === 'none') throw missing(actor)
    return { folder, reads }
  }

  async targetFor(actor: UserActor, key: FolderKey): Promise<UploadTarget> {
    const folder = await this.#find(actor, key)
    if (folder === undefined) return this.#newTarget(actor, key)
    return { kind: 'folder', folder: await this.#addable(actor, folder) }
  }

  /** A folder that is there, and that the actor may add to. @throws AppError as `readableFolder`; `FORBIDDEN` */
  async addableFolder(actor: UserActor, key: FolderKey): Promise<StoredFolder> {
    const folder = await this.#findAnywhere(actor, key)
    if (folder === undefined) throw missing(actor)
    return this.#addable(actor, folder)
  }

  /** @throws AppError as `readableFile`; `FORBIDDEN` for who may read it and no more */
  async manageableFile(actor: UserActor, key: FileKey): Promise<StoredFile> {
    const file = await this.readableFile(actor, key)
    if (!(await this.mayManage(actor, file))) throw onlyTheirs()
    return file
  }

  /** @throws AppError as `readableFile`; `FORBIDDEN` for who may read it and no more */
  async deletableFile(actor: UserActor, key: FileKey): Promise<StoredFile> {
    const file = await this.#fileNamed(actor, key)
    const standing = file && (await this.standingIn(actor, file.folder))
    if (file && standing && mayDeleteFile(standing, { isUploader: file.uploadedBy === actor.userId })) return file
    await this.#readable(actor, file)
    throw onlyTheirs()
  }

  /**
   * A file that the actor may show to everyone enrolled in a course: their own, or one that all of them may read anyway.
   * @throws AppError `NOT_FOUND` for who may not read it, `FORBIDDEN`
   */
  async shareableFile(actor: UserActor, fileId: string, courseId: string): Promise<StoredFile> {
    const file = await this.readableFileById(actor, fileId)
    if (file.uploadedBy === actor.userId || isReadByEveryoneIn(file.folder, courseId)) return file
    if ((await this.#ports.attachments.coursesShowing(fileId)).includes(courseId)) return file
    throw forbidden('You may read this file, and not show it to the course.')
  }

  async mayManage(actor: UserActor, file: StoredFile): Promise<boolean> {
    const standing = await this.standingIn(actor, file.folder)
    return mayManageFile(standing, file.folder.visibility, { isUploader: file.uploadedBy === actor.userId })
  }

  async mayRead(actor: UserActor | undefined, file: StoredFile): Promise<boolean> {
    const reading = await this.#readingIn(actor, file.folder)
    if (reading === 'all' || (reading === 'own' && file.uploadedBy === actor?.userId)) return true
    return actor !== undefined && this.#isShownTo(actor, file.id)
  }

  /** Whether they see every file of it, and so every name that is taken. */
  async readsAllOf(actor: UserActor, folder: StoredFolder): Promise<boolean> {
    return (await this.#readingIn(actor, folder)) === 'all'
  }

  /** What the actor is there; strangers and those of the other realm are nobody. */
  async standingIn(actor: UserActor | undefined, { realm, courseId, ownerId }: Place): Promise<FolderStanding> {
    const inCourse = courseId !== null
    if (actor?.realm !== realm) return { role: undefined, inCourse, owns: false }
    const role = inCourse ? (await this.#accessTo(actor, courseId))?.role : actor.role
    return {
      // A course's roles know no administrator among its teachers; folders do.
      role: role !== undefined && actor.role === 'admin' ? 'admin' : role,
      inCourse,
      owns: ownerId === actor.userId,
    }
  }

  async #readingIn(actor: UserActor | undefined, folder: StoredFolder): Promise<FolderReading> {
    return readingIn(await this.standingIn(actor, folder), folder.visibility)
  }

  async #fileNamed(actor: UserActor | undefined, key: FileKey): Promise<StoredFile | undefined> {
    const folder = await this.#findAnywhere(actor, key)
    return folder && this.#ports.repository.fileNamed(folder.id, key.file)
  }

  async #readable(actor: UserActor | undefined, file: StoredFile | undefined): Promise<StoredFile> {
    if (file === undefined || !(await this.mayRead(actor, file))) throw missing(actor)
    return file
  }

  async #addable(actor: UserActor, folder: StoredFolder): Promise<StoredFolder> {
    const standing = await this.standingIn(actor, folder)
    if (mayAddTo(standing, folder.visibility)) return folder
    throw readingIn(standing, folder.visibility) === 'none'
      ? missing(actor)
      : forbidden('You may read this folder, and not add to it.')
  }

  /** A message shows it to everyone enrolled, wherever it is. */
  async #isShownTo(actor: UserActor, fileId: string): Promise<boolean> {
    for (const courseId of await this.#ports.attachments.coursesShowing(fileId)) {
      if ((await this.#accessTo(actor, courseId)) !== undefined) return true
    }
    return false
  }

  async #newTarget(actor: UserActor, key: FolderKey): Promise<UploadTarget> {
    const { folder: name } = key
    const courseId = key.courseId ?? null
    const standing = await this.standingIn(actor, { realm: actor.realm, courseId, ownerId: actor.userId })
    if (standing.role === undefined || OWN_ID.test(name)) throw missing(actor)
    const problem = folderNameProblem(name)
    if (problem !== undefined) {
      throw invalid('No folder can bear this name.', { issues: [{ path: 'folder', message: problem }] })
    }
    const visibility = visibilityOfNew(standing, { isNamedPublic: this.isNamedPublic(name) })
    if (!mayAddTo(standing, visibility)) throw forbidden('Teachers and administrators alone add to this folder.')
    return { kind: 'new', name, courseId, visibility }
  }

  /** Whether the operator lists the name among those that are public. */
  isNamedPublic(name: string): boolean {
    return this.#ports.settings.publicFolders.has(nameKey(name))
  }

  /** The folder that a caller means, which need not be one that they may read. An id is looked for first. */
  async #find(actor: UserActor | undefined, key: FolderKey): Promise<StoredFolder | undefined> {
    return (await this.#ports.repository.folder(key.folder)) ?? (await this.#named(actor, key))
  }

  /** Beside what they mean among their own: what anybody opens, of the other realm too. Nothing is added to that. */
  async #findAnywhere(actor: UserActor | undefined, key: FolderKey): Promise<StoredFolder | undefined> {
    const own = await this.#find(actor, key)
    return own === undefined && actor !== undefined ? this.#named(undefined, key) : own
  }

  async #named(actor: UserActor | undefined, key: FolderKey): Promise<StoredFolder | undefined> {
    if (key.courseId !== undefined) return this.#inCourse(actor, key.folder, key.courseId)
    return (await this.#withoutCourse(actor, key.folder)) ?? (await this.#inSomeCourse(actor, key.folder))
  }

  async #inCourse(actor: UserActor | undefined, name: string, courseId: string): Promise<StoredFolder | undefined> {
    const { repository } = this.#ports
    const found = await repository.folderInScope({ kind: 'course', courseId }, name)
    if (found !== undefined || actor === undefined) return found
    const own = await repository.folderInScope({ kind: 'owner', ownerId: actor.userId }, name)
    return own?.courseId === courseId ? own : undefined
  }

  /** One's own private folder, else the one of no course. */
  async #withoutCourse(actor: UserActor | undefined, name: string): Promise<StoredFolder | undefined> {
    const { repository } = this.#ports
    if (actor === undefined) return theOnly(await repository.publicFolders(name))
    const { userId: ownerId, realm } = actor
    return (
      (await repository.folderInScope({ kind: 'owner', ownerId }, name)) ??
      (await repository.folderInScope({ kind: 'realm', realm }, name))
    )
  }

  async #inSomeCourse(actor: UserActor | undefined, name: string): Promise<StoredFolder | undefined> {
    const limit = MOST_NAMED
    return theOnly(
      await this.#ports.repository.foldersOfCourses({
        name,
        realm: actor?.realm,
        courseIds: await this.#coursesSeenBy(actor),
        limit,
      }),
    )
  }

  async #coursesSeenBy(actor: UserActor | undefined): Promise<readonly string[] | 'all'> {
    if (actor === undefined) return []
    if (actor.role === 'admin') return 'all'
    return (await this.#ports.courses.coursesOf(actor)).map(({ courseId }) => courseId)
  }

  async #accessTo(actor: UserActor, courseId: string): Promise<CourseAccess | undefined> {
    try {
      return await this.#ports.courses.accessTo(actor, courseId)
    } catch (error) {
      if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined
      throw error
    }
  }
}

const isReadByEveryoneIn = (folder: StoredFolder, courseId: string): boolean =>
  folder.visibility === 'public' || (folder.courseId === courseId && isReadByTheCourse(folder.visibility))

/** @throws AppError `CONFLICT` */
function theOnly(folders: readonly StoredFolder[]): StoredFolder | undefined {
  if (folders.length > 1) {
    const courseIds = folders.flatMap(({ courseId }) => courseId ?? [])
    throw conflict('Several folders bear this name: say whose, by course_id or by id.', { course_ids: courseIds })
  }
  return folders[0]
}

const onlyTheirs = (): AppError => forbidden('Its uploader and staff alone may do this.')

/** The same whether it is not there or not theirs. */
const missing = (actor: UserActor | undefined): AppError =>
  actor === undefined ? unauthenticated() : notFound('No such file or folder.')
