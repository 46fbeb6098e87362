import type { FileCategory, FileOrder, FileSort } from '@lectern/protocol'
import type { Database, OperationContext } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import { nameKey } from './content/names.ts'
import type { StoredFile, StoredFolder } from './files.records.types.ts'
import { type Db, fileColumns } from './files.repository.rows.ts'

/** Where a page ended: what it is sorted by, and the id that decides between equals (of names there are none). */
export interface FilePlace {
  readonly value: string | number
  readonly id: string
}

export interface FileListing {
  readonly folder: StoredFolder
  /** Theirs alone; undefined: everybody's. */
  readonly uploadedBy: string | undefined
  readonly sort: FileSort
  readonly order: FileOrder
  readonly category: FileCategory | undefined
  /** Folded; each the beginning of a word of the name. */
  readonly words: readonly string[]
  readonly after: FilePlace | undefined
  readonly limit: number
}

const COLUMNS = { name: 'f.filename_key', size: 'f.size', created_at: 'f.created_at' } as const

/** A file with what it is sorted by. */
export interface ListedFile {
  readonly file: StoredFile
  readonly place: FilePlace
}

async function pageOfFiles(db: Db, listing: FileListing): Promise<ListedFile[]> {
  const { folder, uploadedBy, sort, order, category, words, after, limit } = listing
  const column = COLUMNS[sort]
  const beyond = order === 'asc' ? '>' : '<'
  const rows = await db
    .selectFrom('files as f')
    .select(fileColumns)
    .select('f.filename_key as key')
    .where('f.folder_id', '=', folder.id)
    .$if(uploadedBy !== undefined, (query) => query.where('f.uploaded_by', '=', uploadedBy ?? ''))
    .$if(category !== undefined, (query) => query.where('f.category', '=', category ?? 'document'))
    .where(({ eb, and }) => and(words.map((word) => eb('f.search', 'like', `% ${word}%`))))
    .where(({ eb, and, refTuple, tuple }) => {
      if (after === undefined) return and([])
      if (sort === 'name') return eb(column, beyond, after.value)
      return eb(refTuple(column, 'f.id'), beyond, tuple(after.value, after.id))
    })
    .orderBy(column, order)
    .$if(sort !== 'name', (query) => query.orderBy('f.id', order))
    .limit(limit)
    .execute()
  return rows.map(({ key, ...row }) => {
    const values = { name: key, size: row.size, created_at: row.createdAt }
    return { file: { ...row, folder }, place: { value: values[sort], id: row.id } }
  })
}

export const listing = defineOperations(import.meta.url, {
  listFiles: ({ db }: OperationContext, query: FileListing) => pageOfFiles(db, query),
})

/** A page walks an index of its order, and is read here; what is looked at row by row is read off this thread. */
export function listFiles(database: Database, query: FileListing): Promise<ListedFile[]> {
  const filters = query.words.length > 0 || (query.uploadedBy !== undefined && query.category !== undefined)
  return filters ? database.query(listing.listFiles, query) : pageOfFiles(database.read, query)
}

export interface FolderPage {
  readonly folderId: string
  /** Theirs alone; undefined: everybody's. */
  readonly uploadedBy: string | undefined
  /** Goes on behind the file of this name; undefined begins. */
  readonly after: string | undefined
  readonly limit: number
}

/** What an archive needs of files, in the order of their names. */
export async function filesByName(database: Database, { folderId, uploadedBy, after, limit }: FolderPage) {
  return database.read
    .selectFrom('files as f')
    .select(['f.id', 'f.filename', 'f.mime_type as mimeType', 'f.size', 'f.created_at as createdAt'])
    .where('f.folder_id', '=', folderId)
    .$if(uploadedBy !== undefined, (query) => query.where('f.uploaded_by', '=', uploadedBy ?? ''))
    .$if(after !== undefined, (query) => query.where('f.filename_key', '>', nameKey(after ?? '')))
    .orderBy('f.filename_key')
    .limit(limit)
    .execute()
}
