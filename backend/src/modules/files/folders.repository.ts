import type { FolderVisibility } from '@lectern/protocol'
import type { Realm } from '../../access/actor.ts'
import type { Database, OperationContext } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import { conflict, forbidden, notFound } from '../../shared/errors.ts'
import { nameKey } from './content/names.ts'
import type { StoredFolder } from './files.records.types.ts'
import { insertFolder } from './files.repository.adding.ts'
import { noteFolderChange, removeFiles } from './files.repository.changing.ts'
import { type Db, scopeKey, scopeOf, selectFolders, toFolder } from './files.repository.rows.ts'

/** Where a page of folders goes on. */
export interface FolderPlace {
  readonly nameKey: string
  readonly id: string
}

export interface FolderListing {
  readonly realm: Realm
  readonly userId: string
  /** The person's; `all`: an administrator's. */
  readonly courseIds: readonly string[] | 'all'
  /** Of this course alone, which is one of theirs. */
  readonly courseId: string | undefined
  readonly after: FolderPlace | undefined
  readonly limit: number
}

export interface ListedFolder {
  readonly folder: StoredFolder
  readonly place: FolderPlace
}

/**
 * A change that somebody makes of a folder. Where it may hold no other's files, that is asked again with the change.
 */
interface Managed {
  readonly folderId: string
  /** The one person whose files it may hold; undefined: anybody's. */
  readonly onlyFilesOf: string | undefined
}

export interface FolderChange extends Managed {
  readonly name: string
  readonly visibility: FolderVisibility
}

export interface FolderEmptying extends Managed {
  readonly limit: number
  readonly now: number
}

const nameTaken = () => conflict('A folder of this name is there already.')
const othersFiles = () => forbidden('It holds files of others.')

async function holdsOthersFiles(db: Db, folderId: string, userId: string): Promise<boolean> {
  const found = await db
    .selectFrom('files')
    .select('id')
    .where('folder_id', '=', folderId)
    .where('uploaded_by', '<>', userId)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** @throws AppError `NOT_FOUND`, `FORBIDDEN` */
async function managed(db: Db, { folderId, onlyFilesOf }: Managed): Promise<StoredFolder> {
  const row = await selectFolders(db).where('d.id', '=', folderId).executeTakeFirst()
  if (row === undefined) throw notFound('No such file or folder.')
  if (onlyFilesOf !== undefined && (await holdsOthersFiles(db, folderId, onlyFilesOf))) throw othersFiles()
  return toFolder(row)
}

async function changeFolder(
  { db }: OperationContext,
  { name, visibility, ...target }: FolderChange,
): Promise<StoredFolder> {
  const before = await managed(db, target)
  const after = { ...before, name, visibility }
  const scope = scopeKey(scopeOf(after))
  const taken = await db
    .selectFrom('folders')
    .select('id')
    .where('scope', '=', scope)
    .where('name_key', '=', nameKey(name))
    .where('id', '<>', before.id)
    .executeTakeFirst()
  if (taken !== undefined) throw nameTaken()
  await db
    .updateTable('folders')
    .set({ name, name_key: nameKey(name), scope, visibility })
    .where('id', '=', before.id)
    .execute()
  if (name !== before.name) await noteFolderChange(db, before.id)
  return after
}

async function emptyFolder(context: OperationContext, { limit, now, ...target }: FolderEmptying): Promise<string[]> {
  await managed(context.db, target)
  const files = await context.db
    .selectFrom('files')
    .select('id')
    .where('folder_id', '=', target.folderId)
    .limit(limit)
    .execute()
  return removeFiles(context, { fileIds: files.map(({ id }) => id), now })
}

async function removeFolder({ db }: OperationContext, folderId: string): Promise<boolean> {
  const file = await db.selectFrom('files').select('id').where('folder_id', '=', folderId).limit(1).executeTakeFirst()
  if (file !== undefined) return false
  await db.deleteFrom('folders').where('id', '=', folderId).execute()
  return true
}

async function pageOfFolders({ db }: OperationContext, listing: FolderListing): Promise<ListedFolder[]> {
  const { realm, userId, courseIds, courseId, after, limit } = listing
  const rows = await selectFolders(db)
    .select('d.name_key as nameKey')
    .where('d.realm', '=', realm)
    .where(({ eb, and, or }) => {
      if (courseIds === 'all') return and([])
      const inCourse = courseIds.length === 0 ? eb.lit(false) : eb('d.course_id', 'in', courseIds)
      const anywhere = or([eb('d.course_id', 'is', null), inCourse])
      return and([anywhere, or([eb('d.visibility', '<>', 'private'), eb('d.owner_id', '=', userId)])])
    })
    .$if(courseId !== undefined, (query) => query.where('d.course_id', '=', courseId ?? ''))
    .$if(after !== undefined, (query) =>
      query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('d.name_key', 'd.id'), '>', tuple(after?.nameKey ?? '', after?.id ?? '')),
      ),
    )
    .orderBy('d.name_key')
    .orderBy('d.id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ folder: toFolder(row), place: { nameKey: row.nameKey, id: row.folderId } }))
}

const folderOperations = defineOperations(import.meta.url, {
  makeFolder: async ({ db }: OperationContext, folder: StoredFolder): Promise<void> => {
    if (!(await insertFolder(db, folder))) throw nameTaken()
  },
  changeFolder,
  emptyFolder,
  removeFolder,
  pageOfFolders,
})

export class FolderRepository {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** @throws AppError `CONFLICT` for a name that is taken, `NOT_FOUND` for a course that was archived */
  make = (folder: StoredFolder): Promise<void> => this.#database.write(folderOperations.makeFolder, folder)
  /** @throws AppError `CONFLICT` for a name that is taken, `FORBIDDEN` for one that holds others' files, `NOT_FOUND` */
  change = (change: FolderChange): Promise<StoredFolder> => this.#database.write(folderOperations.changeFolder, change)
  /** Removes up to `limit` of its files. @returns their ids. @throws AppError `FORBIDDEN`, `NOT_FOUND` */
  empty = (emptying: FolderEmptying): Promise<string[]> => this.#database.write(folderOperations.emptyFolder, emptying)
  /** @returns false where it holds a file */
  remove = (folderId: string): Promise<boolean> => this.#database.write(folderOperations.removeFolder, folderId)
  /** Up to `limit`, by name. */
  list = (listing: FolderListing): Promise<ListedFolder[]> =>
    this.#database.query(folderOperations.pageOfFolders, listing)

  async holdsFiles(folderId: string): Promise<boolean> {
    const found = await this.#database.read
      .selectFrom('files')
      .select('id')
      .where('folder_id', '=', folderId)
      .limit(1)
      .executeTakeFirst()
    return found !== undefined
  }

  holdsOthersFiles(folderId: string, userId: string): Promise<boolean> {
    return holdsOthersFiles(this.#database.read, folderId, userId)
  }
}
