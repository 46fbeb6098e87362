import type { Kysely } from 'kysely'
import type { Realm } from '../../access/actor.ts'
import type { Schema } from '../../database/schema.ts'
import type { StoredFile, StoredFolder } from './files.records.types.ts'

export type Db = Kysely<Schema>

/** Folders that are there: an archived course's are not, until it is restored. */
export const selectFolders = (db: Db) =>
  db
    .selectFrom('folders as d')
    .leftJoin('courses as c', 'c.id', 'd.course_id')
    .where('c.archived_at', 'is', null)
    .select([
      'd.id as folderId',
      'd.realm as folderRealm',
      'd.name as folderName',
      'd.owner_id as folderOwnerId',
      'd.course_id as folderCourseId',
      'd.visibility as folderVisibility',
      'd.created_at as folderCreatedAt',
    ])

export type FolderRow = Awaited<ReturnType<ReturnType<typeof selectFolders>['execute']>>[number]

export const toFolder = (row: FolderRow): StoredFolder => ({
  id: row.folderId,
  realm: row.folderRealm,
  name: row.folderName,
  ownerId: row.folderOwnerId,
  courseId: row.folderCourseId,
  visibility: row.folderVisibility,
  createdAt: row.folderCreatedAt,
})

export const fileColumns = [
  'f.id',
  'f.filename',
  'f.original_name as originalName',
  'f.mime_type as mimeType',
  'f.category',
  'f.size',
  'f.sha256',
  'f.uploaded_by as uploadedBy',
  'f.uploaded_by_name as uploadedByName',
  'f.description',
  'f.created_at as createdAt',
] as const

/** Files with the folders that they are in, in one query. */
export const selectFiles = (db: Db) =>
  selectFolders(db).innerJoin('files as f', 'f.folder_id', 'd.id').select(fileColumns)

export type FileRow = Awaited<ReturnType<ReturnType<typeof selectFiles>['execute']>>[number]

export function toFile(row: FileRow): StoredFile {
  const {
    folderId,
    folderRealm,
    folderName,
    folderOwnerId,
    folderCourseId,
    folderVisibility,
    folderCreatedAt,
    ...file
  } = row
  return { ...file, folder: toFolder(row) }
}

/** Among whom a folder's name is unique. */
export type FolderScope =
  | { readonly kind: 'owner'; readonly ownerId: string }
  | { readonly kind: 'course'; readonly courseId: string }
  | { readonly kind: 'realm'; readonly realm: Realm }

export function scopeKey(scope: FolderScope): string {
  switch (scope.kind) {
    case 'owner':
      return `owner:${scope.ownerId}`
    case 'course':
      return `course:${scope.courseId}`
    case 'realm':
      return `realm:${scope.realm}`
  }
}

export function scopeOf({
  visibility,
  ownerId,
  courseId,
  realm,
}: Pick<StoredFolder, 'visibility' | 'ownerId' | 'courseId' | 'realm'>): FolderScope {
  if (visibility === 'private') return { kind: 'owner', ownerId }
  return courseId === null ? { kind: 'realm', realm } : { kind: 'course', courseId }
}
