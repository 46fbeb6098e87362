import type { Database } from '../../database/database.ts'
import type { NewFile, StoredFile } from './files.records.types.ts'
import type { FileMove, FileRemoval } from './files.repository.changing.ts'
import { type FileListing, type FolderPage, filesByName, listFiles } from './files.repository.listing.ts'
import {
  type FoldersOfCourses,
  fileById,
  fileNamed,
  folderById,
  folderInScope,
  foldersOfCourses,
  hasFiles,
  publicFolders,
  unwantedObjects,
} from './files.repository.reads.ts'
import type { FolderScope } from './files.repository.rows.ts'
import { fileChanges } from './files.repository.ts'

/** What the services know of the database. A change resolves when it is on disk. */
export class FilesRepository {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  add = (file: NewFile): Promise<StoredFile> => this.#database.write(fileChanges.addFile, file)
  move = (move: FileMove): Promise<StoredFile> => this.#database.write(fileChanges.moveFile, move)
  remove = (removal: FileRemoval): Promise<string[]> => this.#database.write(fileChanges.removeFiles, removal)
  forgetUnwanted = (ids: readonly string[]): Promise<void> => this.#database.write(fileChanges.forgetUnwanted, ids)

  folder = (id: string) => folderById(this.#database, id)
  file = (id: string) => fileById(this.#database, id)
  fileNamed = (folderId: string, filename: string) => fileNamed(this.#database, folderId, filename)
  folderInScope = (scope: FolderScope, name: string) => folderInScope(this.#database, scope, name)
  foldersOfCourses = (query: FoldersOfCourses) => foldersOfCourses(this.#database, query)
  list = (query: FileListing) => listFiles(this.#database, query)
  page = (query: FolderPage) => filesByName(this.#database, query)
  unwanted = () => unwantedObjects(this.#database)
  hasFiles = () => hasFiles(this.#database)
  publicFolders = (name: string) => publicFolders(this.#database, name)
}
