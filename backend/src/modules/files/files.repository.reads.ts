import type { Realm } from '../../access/actor.ts'
import type { Database } from '../../database/database.ts'
import { nameKey } from './content/names.ts'
import type { StoredFile, StoredFolder } from './files.records.types.ts'
import { type FolderScope, scopeKey, selectFiles, selectFolders, toFile, toFolder } from './files.repository.rows.ts'

// Small reads: each is one or two look-ups in an index, on the connection of the calling thread. Names are compared
// without case.

export async function folderById(database: Database, id: string): Promise<StoredFolder | undefined> {
  const row = await selectFolders(database.read).where('d.id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toFolder(row)
}

export async function fileById(database: Database, id: string): Promise<StoredFile | undefined> {
  const row = await selectFiles(database.read).where('f.id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toFile(row)
}

export async function fileNamed(
  database: Database,
  folderId: string,
  filename: string,
): Promise<StoredFile | undefined> {
  const row = await selectFiles(database.read)
    .where('f.folder_id', '=', folderId)
    .where('f.filename_key', '=', nameKey(filename))
    .executeTakeFirst()
  return row === undefined ? undefined : toFile(row)
}

export async function folderInScope(
  database: Database,
  scope: FolderScope,
  name: string,
): Promise<StoredFolder | undefined> {
  const row = await selectFolders(database.read)
    .where('d.scope', '=', scopeKey(scope))
    .where('d.name_key', '=', nameKey(name))
    .executeTakeFirst()
  return row === undefined ? undefined : toFolder(row)
}

const REALMS: readonly Realm[] = ['local', 'external']

export interface FoldersOfCourses {
  readonly name: string
  /** Undefined: of either. */
  readonly realm: Realm | undefined
  /** Whose folders are looked for beside the public ones of all; `all`: every course's. */
  readonly courseIds: readonly string[] | 'all'
  readonly limit: number
}

/** Those that a course's name means; private ones are their owners'. */
export async function foldersOfCourses(
  database: Database,
  { name, realm, courseIds, limit }: FoldersOfCourses,
): Promise<StoredFolder[]> {
  const rows = await selectFolders(database.read)
    .where('d.name_key', '=', nameKey(name))
    .where('d.realm', 'in', realm === undefined ? REALMS : [realm])
    .where('d.course_id', 'is not', null)
    .where('d.visibility', '<>', 'private')
    .$if(courseIds !== 'all', (query) =>
      query.where(({ eb, or }) =>
        or([
          eb('d.visibility', '=', 'public'),
          ...(courseIds === 'all' || courseIds.length === 0 ? [] : [eb('d.course_id', 'in', courseIds)]),
        ]),
      ),
    )
    .orderBy('d.id')
    .limit(limit)
    .execute()
  return rows.map(toFolder)
}

/** Of no course, open to everybody; each realm may have one of a name. */
export async function publicFolders(database: Database, name: string): Promise<StoredFolder[]> {
  const rows = await selectFolders(database.read)
    .where('d.name_key', '=', nameKey(name))
    .where('d.realm', 'in', REALMS)
    .where('d.course_id', 'is', null)
    .where('d.visibility', '=', 'public')
    .execute()
  return rows.map(toFolder)
}

/** Objects whose record is gone, and whose bytes may not be. */
export async function unwantedObjects(database: Database): Promise<string[]> {
  const rows = await database.read.selectFrom('unwanted_objects').select('id').execute()
  return rows.map(({ id }) => id)
}

export async function hasFiles(database: Database): Promise<boolean> {
  return (await database.read.selectFrom('files').select('id').limit(1).executeTakeFirst()) !== undefined
}
