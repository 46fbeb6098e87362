import type {
  CreateFolderBody,
  FolderRecord,
  FoldersQuery,
  FolderVisibility,
  UpdateFolderBody,
} from '@lectern/protocol'
import { z } from 'zod'
import type { UserActor } from '../../access/actor.ts'
import {
  type FolderStanding,
  mayAddTo,
  mayMakeFolder,
  mayManageFolder,
  visibilityOfNew,
} from '../../access/file-policies.ts'
import type { Clock } from '../../shared/clock.ts'
import { cutPage, decodeCursor, type Page } from '../../shared/cursor.ts'
import { conflict, forbidden, invalid, notFound } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { Disposal } from './disposal.ts'
import { toFolderRecord } from './file-record.ts'
import type { FileAccess } from './files.access.service.ts'
import type { StoredFolder } from './files.records.types.ts'
import type { AttachmentPort, CourseAccessPort, FolderKey } from './files.types.ts'
import type { FolderPlace, FolderRepository } from './folders.repository.ts'

export interface FolderServicePorts {
  readonly access: FileAccess
  readonly courses: CourseAccessPort
  readonly repository: FolderRepository
  readonly disposal: Disposal
  readonly attachments: Pick<AttachmentPort, 'tellChanges'>
  readonly clock: Clock
}

/** A folder that somebody may change; `onlyFilesOf`: as long as it holds nobody else's files. */
interface ManagedFolder {
  readonly folder: StoredFolder
  readonly standing: FolderStanding
  readonly onlyFilesOf: string | undefined
}

/** Files that one write removes. */
const REMOVED_AT_ONCE = 200

const place = z.tuple([z.string(), z.string()])

/** Folders as such. */
export class FolderService {
  readonly #ports: FolderServicePorts

  constructor(ports: FolderServicePorts) {
    this.#ports = ports
  }

  /** Those that the actor may read or add to, by name. @throws AppError `NOT_FOUND` for a course that one is a stranger to */
  async list(actor: UserActor, { course_id: courseId, limit, cursor }: FoldersQuery): Promise<Page<FolderRecord>> {
    const { courses, repository } = this.#ports
    if (courseId !== undefined) await courses.accessTo(actor, courseId)
    const found = await repository.list({
      realm: actor.realm,
      userId: actor.userId,
      courseIds: await this.#coursesOf(actor, courseId),
      courseId,
      after: placeIn(cursor),
      limit: limit + 1,
    })
    const { items, nextCursor } = cutPage(found, limit, (listed) => [listed.place.nameKey, listed.place.id])
    return { items: items.map(({ folder }) => toFolderRecord(folder)), nextCursor }
  }

  /** @throws AppError `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; `VALIDATION_FAILED` for what needs a course and has none */
  async make(actor: UserActor, { name, course_id, visibility }: CreateFolderBody): Promise<FolderRecord> {
    const { access, repository, clock } = this.#ports
    const where = { realm: actor.realm, courseId: course_id ?? null, ownerId: actor.userId }
    const standing = await access.standingIn(actor, where)
    if (standing.role === undefined) throw notFound()
    const folder = {
      ...where,
      id: newId(),
      name,
      visibility: visibility ?? implicit(standing, access.isNamedPublic(name)),
      createdAt: clock.now(),
    }
    if (visibility !== undefined) requireMayBe(standing, visibility)
    await repository.make(folder)
    return toFolderRecord(folder)
  }

  /** @throws AppError `FORBIDDEN` for who may not manage it, or not make it this; as `make` */
  async change(actor: UserActor, key: FolderKey, { name, visibility }: UpdateFolderBody): Promise<FolderRecord> {
    const { repository, attachments } = this.#ports
    const { folder, standing, onlyFilesOf } = await this.#managed(actor, key)
    const becomes = visibility === folder.visibility ? undefined : visibility
    if (becomes !== undefined) requireMayBecome(standing, becomes)
    const changed = await repository.change({
      folderId: folder.id,
      // Others would not see what they uploaded, and it would count for them.
      onlyFilesOf: becomes === 'private' ? actor.userId : onlyFilesOf,
      name: name ?? folder.name,
      visibility: visibility ?? folder.visibility,
    })
    await attachments.tellChanges()
    return toFolderRecord(changed)
  }

  /** @throws AppError `CONFLICT` for one that is not empty, unless `recursive` */
  async remove(actor: UserActor, key: FolderKey, recursive: boolean): Promise<void> {
    const { repository } = this.#ports
    const { folder, onlyFilesOf } = await this.#managed(actor, key)
    if (!recursive && (await repository.holdsFiles(folder.id))) throw notEmpty()
    if (recursive) await this.#empty(folder.id, onlyFilesOf)
    // What came in meanwhile is nobody's to delete unseen.
    if (!(await repository.remove(folder.id))) throw notEmpty()
  }

  async #empty(folderId: string, onlyFilesOf: string | undefined): Promise<void> {
    const { repository, disposal, attachments, clock } = this.#ports
    for (;;) {
      const removed = await repository.empty({ folderId, onlyFilesOf, limit: REMOVED_AT_ONCE, now: clock.now() })
      if (removed.length === 0) return
      await attachments.tellChanges()
      await disposal.dispose(removed)
    }
  }

  /** @throws AppError as `readableFolder`; `FORBIDDEN` */
  async #managed(actor: UserActor, key: FolderKey): Promise<ManagedFolder> {
    const { access, repository } = this.#ports
    const { folder } = await access.readableFolder(actor, key)
    const standing = await access.standingIn(actor, folder)
    const { visibility } = folder
    if (mayManageFolder(standing, visibility, { holdsOthersFiles: true })) {
      return { folder, standing, onlyFilesOf: undefined }
    }
    const holdsOthersFiles = await repository.holdsOthersFiles(folder.id, actor.userId)
    if (!mayManageFolder(standing, visibility, { holdsOthersFiles })) {
      throw forbidden('Its owner, while it holds no files of others, and staff alone may do this.')
    }
    return { folder, standing, onlyFilesOf: actor.userId }
  }

  async #coursesOf(actor: UserActor, courseId: string | undefined): Promise<readonly string[] | 'all'> {
    if (actor.role === 'admin') return 'all'
    if (courseId !== undefined) return [courseId]
    return (await this.#ports.courses.coursesOf(actor)).map((course) => course.courseId)
  }
}

function placeIn(cursor: string | undefined): FolderPlace | undefined {
  if (cursor === undefined) return undefined
  const [nameKey, id] = decodeCursor(cursor, place)
  return { nameKey, id }
}

/** What an upload into the name would make. @throws AppError `FORBIDDEN` for who could not upload there */
function implicit(standing: FolderStanding, isNamedPublic: boolean): FolderVisibility {
  const visibility = visibilityOfNew(standing, { isNamedPublic })
  if (!mayAddTo(standing, visibility)) throw forbidden('Teachers and administrators alone make this folder.')
  return visibility
}

function requireMayBe(standing: FolderStanding, visibility: FolderVisibility): void {
  if (!standing.inCourse && (visibility === 'course' || visibility === 'shared')) {
    throw invalid('Without a course a folder is private, dropbox or public.', {
      issues: [{ path: 'visibility', message: 'needs a course' }],
    })
  }
  if (!mayMakeFolder(standing, visibility)) throw forbidden(`You may not make a ${visibility} folder here.`)
}

function requireMayBecome(standing: FolderStanding, visibility: FolderVisibility): void {
  requireMayBe(standing, visibility)
  if (visibility === 'private' && !standing.owns) throw forbidden('Its owner alone makes a folder private.')
}

const notEmpty = () => conflict('The folder is not empty.', { reason: 'not_empty' })
