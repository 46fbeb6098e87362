import type { FileCategory } from '@lectern/protocol'
import { sql } from 'kysely'
import type { Database, OperationContext } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import type { Db } from './files.repository.rows.ts'

export interface Amount {
  readonly count: number
  /** Bytes. */
  readonly size: number
}

export type CategoryAmount = Amount & { readonly category: FileCategory }

export interface SizeQuery {
  readonly folderId: string
  /** Theirs alone; undefined: everybody's. */
  readonly uploadedBy: string | undefined
}

export interface FileCounts {
  readonly byCategory: readonly CategoryAmount[]
  readonly byFolder: readonly (Amount & { readonly folder: string })[]
  /** Days of UTC, as epoch milliseconds of their beginning. */
  readonly byDay: readonly (Amount & { readonly day: number })[]
}

/**
 * Files counted: all of a course but those in others' private folders; those that somebody uploaded there; or those that
 * they uploaded anywhere, of courses these alone.
 */
export type CountedFiles =
  | { readonly kind: 'course' | 'uploader in course'; readonly courseId: string; readonly userId: string }
  | { readonly kind: 'uploader'; readonly userId: string; readonly courseIds: readonly string[] | 'all' }

const DAY_MS = 86_400_000

const counted = (db: Db, files: CountedFiles) =>
  db
    .selectFrom('files as f')
    .innerJoin('folders as d', 'd.id', 'f.folder_id')
    .leftJoin('courses as c', 'c.id', 'd.course_id')
    .where('c.archived_at', 'is', null)
    .where(({ eb, and, or }) => {
      const own = eb('f.uploaded_by', '=', files.userId)
      if (files.kind === 'uploader') {
        if (files.courseIds === 'all') return own
        const noCourse = eb('d.course_id', 'is', null)
        return and([
          own,
          files.courseIds.length === 0 ? noCourse : or([noCourse, eb('d.course_id', 'in', files.courseIds)]),
        ])
      }
      const seen = or([eb('d.visibility', '<>', 'private'), eb('d.owner_id', '=', files.userId)])
      return and([eb('d.course_id', '=', files.courseId), files.kind === 'course' ? seen : own])
    })
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.sum<number>('f.size').as('size')])

/** Walks an index of the categories. */
const sizeOfAll = (db: Db, folderId: string): Promise<CategoryAmount[]> =>
  db
    .selectFrom('files')
    .select(({ fn }) => ['category', fn.countAll<number>().as('count'), fn.sum<number>('size').as('size')])
    .where('folder_id', '=', folderId)
    .groupBy('category')
    .execute()

/** Their files are found first: that index would be walked over everybody's. */
const sizeOfOwn = (db: Db, folderId: string, uploadedBy: string): Promise<CategoryAmount[]> =>
  db
    .with(
      (cte) => cte('own').materialized(),
      (query) =>
        query
          .selectFrom('files')
          .select(['category', 'size'])
          .where('folder_id', '=', folderId)
          .where('uploaded_by', '=', uploadedBy),
    )
    .selectFrom('own')
    .select(({ fn }) => ['category', fn.countAll<number>().as('count'), fn.sum<number>('size').as('size')])
    .groupBy('category')
    .execute()

const reports = defineOperations(import.meta.url, {
  folderSize: ({ db }: OperationContext, { folderId, uploadedBy }: SizeQuery): Promise<CategoryAmount[]> =>
    uploadedBy === undefined ? sizeOfAll(db, folderId) : sizeOfOwn(db, folderId, uploadedBy),

  countFiles: async ({ db }: OperationContext, files: CountedFiles): Promise<FileCounts> => ({
    byCategory: await counted(db, files).select('f.category').groupBy('f.category').execute(),
    byFolder: await counted(db, files)
      .select('d.name as folder')
      .groupBy(['d.id', 'd.name'])
      .orderBy('size', 'desc')
      .orderBy('d.id')
      .execute(),
    byDay: await counted(db, files)
      .select(sql<number>`f.created_at / ${sql.lit(DAY_MS)} * ${sql.lit(DAY_MS)}`.as('day'))
      .groupBy(sql`f.created_at / ${sql.lit(DAY_MS)}`)
      .orderBy('day')
      .execute(),
  }),
})

/** Off the calling thread, since they read every file that they count. */
export class FileReportsRepository {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  folderSize = (query: SizeQuery): Promise<CategoryAmount[]> => this.#database.query(reports.folderSize, query)
  count = (files: CountedFiles): Promise<FileCounts> => this.#database.query(reports.countFiles, files)

  /** Bytes of a person's files. */
  async usedBy(userId: string): Promise<number> {
    const row = await this.#database.read
      .selectFrom('file_usage')
      .select('used')
      .where('user_id', '=', userId)
      .executeTakeFirst()
    return row?.used ?? 0
  }
}
