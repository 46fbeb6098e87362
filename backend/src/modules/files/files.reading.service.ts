import {
  type FileRecord,
  type FileStatistics,
  type FilesQuery,
  type FolderQuery,
  type FolderSize,
  fileOrder,
} from '@lectern/protocol'
import { z } from 'zod'
import type { UserActor } from '../../access/actor.ts'
import { maySeeCourseFiles } from '../../access/file-policies.ts'
import { cutPage, decodeCursor, type Page } from '../../shared/cursor.ts'
import { queryWords } from '../../shared/fold.ts'
import { toFileRecord } from './file-record.ts'
import type { FileListing } from './files.repository.listing.ts'
import type { Amount, CategoryAmount, CountedFiles, FileReportsRepository } from './files.repository.reports.ts'
import type { FilesRepository } from './files.repository.store.ts'
import type { CourseAccessPort, FileAccessPort, FileSettings, FolderKey, ReadableFolder } from './files.types.ts'

export interface FileReadingPorts {
  readonly access: Pick<FileAccessPort, 'readableFolder'>
  readonly courses: Pick<CourseAccessPort, 'accessTo' | 'coursesOf'>
  readonly repository: Pick<FilesRepository, 'list'>
  readonly reports: FileReportsRepository
  readonly settings: Pick<FileSettings, 'publicUrl' | 'quota'>
}

const place = z.union([
  z.tuple([z.literal('name'), fileOrder, z.string(), z.string()]),
  z.tuple([z.enum(['size', 'created_at']), fileOrder, z.number(), z.string()]),
])

/** Files many at a time, and what they amount to: always of what the caller may read. */
export class FileReading {
  readonly #ports: FileReadingPorts

  constructor(ports: FileReadingPorts) {
    this.#ports = ports
  }

  /** @throws AppError as `readableFolder`, `VALIDATION_FAILED` for a cursor of another list */
  async list(
    actor: UserActor | undefined,
    folderKey: string,
    { course_id: courseId, limit, ...query }: FilesQuery,
  ): Promise<Page<FileRecord>> {
    const { access, repository, settings } = this.#ports
    const { folder, reads } = await access.readableFolder(actor, { folder: folderKey, courseId })
    const words = query.q === undefined ? [] : queryWords(query.q)
    // A query without a letter or a digit finds nothing, as everywhere.
    if (query.q !== undefined && words.length === 0) return { items: [], nextCursor: null }
    const way = wayOf(query)
    const found = await repository.list({
      ...way,
      folder,
      uploadedBy: uploaderSeen(reads, actor),
      category: query.category,
      words,
      limit: limit + 1,
    })
    const { items, nextCursor } = cutPage(found, limit, (last) => [
      way.sort,
      way.order,
      last.place.value,
      last.place.id,
    ])
    return { items: items.map(({ file }) => toFileRecord(file, settings.publicUrl)), nextCursor }
  }

  /** @throws AppError as `readableFolder` */
  async folderSize(actor: UserActor | undefined, key: FolderKey): Promise<FolderSize> {
    const { folder, reads } = await this.#ports.access.readableFolder(actor, key)
    const uploadedBy = uploaderSeen(reads, actor)
    const amounts = await this.#ports.reports.folderSize({ folderId: folder.id, uploadedBy })
    return { folder: folder.name, ...totalOf(amounts), by_category: byCategory(amounts) }
  }

  /** Of one's own uploads, wherever one still is or in a course; its staff, of all in it. @throws AppError `NOT_FOUND` */
  async statistics(actor: UserActor, { course_id: courseId }: FolderQuery): Promise<FileStatistics> {
    const { reports, settings } = this.#ports
    const counts = await reports.count(await this.#countedFor(actor, courseId))
    const total = totalOf(counts.byCategory)
    return {
      total_files: total.file_count,
      total_size: total.total_size,
      by_category: byCategory(counts.byCategory),
      by_folder: counts.byFolder.map(({ folder, count, size }) => ({ folder, file_count: count, total_size: size })),
      by_day: counts.byDay.map(({ day, count, size }) => ({ date: dateOf(day), count, size })),
      quota: { used: await reports.usedBy(actor.userId), limit: settings.quota === 0 ? null : settings.quota },
    }
  }

  async #countedFor(actor: UserActor, courseId: string | undefined): Promise<CountedFiles> {
    const { userId } = actor
    if (courseId === undefined) return { kind: 'uploader', userId, courseIds: await this.#coursesSeenBy(actor) }
    const { role } = await this.#ports.courses.accessTo(actor, courseId)
    return { kind: maySeeCourseFiles(role) ? 'course' : 'uploader in course', courseId, userId }
  }

  async #coursesSeenBy(actor: UserActor): Promise<readonly string[] | 'all'> {
    if (actor.role === 'admin') return 'all'
    return (await this.#ports.courses.coursesOf(actor)).map((course) => course.courseId)
  }
}

/** Whose files are shown; undefined: everybody's. */
const uploaderSeen = (reads: ReadableFolder['reads'], actor: UserActor | undefined): string | undefined =>
  reads === 'all' ? undefined : (actor?.userId ?? '')

/** A cursor goes on as it began: what the query says of the order must agree with it. */
function wayOf(query: Pick<FilesQuery, 'sort' | 'order' | 'cursor'>): Pick<FileListing, 'sort' | 'order' | 'after'> {
  if (query.cursor === undefined) {
    const sort = query.sort ?? 'created_at'
    return { sort, order: query.order ?? (sort === 'name' ? 'asc' : 'desc'), after: undefined }
  }
  const agreeing = place.refine((at) => at[0] === (query.sort ?? at[0]) && at[1] === (query.order ?? at[1]))
  const [sort, order, value, id] = decodeCursor(query.cursor, agreeing)
  return { sort, order, after: { value, id } }
}

const totalOf = (amounts: readonly Amount[]) => ({
  file_count: amounts.reduce((sum, { count }) => sum + count, 0),
  total_size: amounts.reduce((sum, { size }) => sum + size, 0),
})

const byCategory = (amounts: readonly CategoryAmount[]): FolderSize['by_category'] =>
  Object.fromEntries(amounts.map(({ category, ...amount }) => [category, totalOf([amount])]))

const dateOf = (day: number): string => new Date(day).toISOString().slice(0, 10)
