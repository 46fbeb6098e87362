import type { OperationContext } from '../../database/database.ts'
import { notFound } from '../../shared/errors.ts'
import { nameKey } from './content/names.ts'
import { charge } from './file-usage.repository.ts'
import type { StoredFile, StoredFolder } from './files.records.types.ts'
import { folderChanged, freeName, nameColumns, unlessTaken } from './files.repository.adding.ts'
import { type Db, selectFiles, selectFolders, toFile, toFolder } from './files.repository.rows.ts'

export interface FileRemoval {
  readonly fileIds: readonly string[]
  readonly now: number
}

/**
 * Takes records out, with their links; what is left to do is written down: bytes to delete, messages to tell.
 * @returns the ids of those that were there
 */
export async function removeFiles({ db }: OperationContext, { fileIds, now }: FileRemoval): Promise<string[]> {
  if (fileIds.length === 0) return []
  const removed = await db
    .deleteFrom('files')
    .where('id', 'in', fileIds)
    .returning(['id', 'original_name', 'uploaded_by as userId', 'size'])
    .execute()
  const ids = removed.map(({ id }) => id)
  for (const [userId, files] of Map.groupBy(removed, (file) => file.userId)) {
    await charge(db, { userId, used: -files.reduce((sum, { size }) => sum + size, 0), reserved: 0 })
  }
  if (ids.length === 0) return ids
  const shown = await shownAmong(db, ids)
  const traces = removed.filter(({ id }) => shown.includes(id))
  if (traces.length > 0) {
    await db
      .insertInto('deleted_files')
      .values(traces.map(({ id, original_name }) => ({ id, original_name, deleted_at: now })))
      .execute()
  }
  await db
    .insertInto('unwanted_objects')
    .values(ids.map((id) => ({ id, since: now })))
    .execute()
  await noteChanges(db, shown)
  return ids
}

/** Their bytes are gone. */
export async function forgetUnwanted({ db }: OperationContext, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.deleteFrom('unwanted_objects').where('id', 'in', ids).execute()
}

/** Those that a message bears. */
async function shownAmong(db: Db, fileIds: readonly string[]): Promise<string[]> {
  const rows = await db.selectFrom('messages').select('file_id').distinct().where('file_id', 'in', fileIds).execute()
  return rows.flatMap(({ file_id }) => file_id ?? [])
}

async function noteChanges(db: Db, fileIds: readonly string[]): Promise<void> {
  if (fileIds.length === 0) return
  await db
    .insertInto('file_changes')
    .values(fileIds.map((file_id) => ({ file_id })))
    .execute()
}

/** What messages show of the files of a folder has changed with it. */
export async function noteFolderChange(db: Db, folderId: string): Promise<void> {
  await db
    .insertInto('file_changes')
    .columns(['file_id'])
    .expression(({ selectFrom }) =>
      selectFrom('files as f')
        .select('f.id')
        .where('f.folder_id', '=', folderId)
        .where(({ exists, selectFrom: from }) =>
          exists(from('messages as m').select('m.id').whereRef('m.file_id', '=', 'f.id')),
        ),
    )
    .execute()
}

/** A folder as it was when it was asked what may be done in it. */
type AskedFolder = Pick<StoredFolder, 'id' | 'visibility'>

export interface FileMove {
  readonly fileId: string
  /** Where it is, and who asked may manage it. */
  readonly from: AskedFolder
  /** Who asked may add to it. */
  readonly to: AskedFolder
  readonly filename: string
  readonly originalName: string
  /** Refuse rather than find `name (2).ext` where the name is taken. */
  readonly exactName: boolean
}

/**
 * @throws AppError `CONFLICT` for a name that is taken, and for a folder of another kind than was asked for; `NOT_FOUND`
 * where the file or the folder is there no more
 */
export async function moveFile({ db }: OperationContext, move: FileMove): Promise<StoredFile> {
  const found = await selectFiles(db)
    .where('f.id', '=', move.fileId)
    .where('f.folder_id', '=', move.from.id)
    .executeTakeFirst()
  const target = await selectFolders(db).where('d.id', '=', move.to.id).executeTakeFirst()
  if (found === undefined || target === undefined) throw notFound('No such file or folder.')
  const before = toFile(found)
  const folder = toFolder(target)
  const isAsAsked = before.folder.visibility === move.from.visibility && folder.visibility === move.to.visibility
  if (!isAsAsked) throw folderChanged()
  const filename = await nameThere(db, before, move)
  await db
    .updateTable('files')
    .set({ ...nameColumns(filename), folder_id: folder.id, original_name: move.originalName })
    .where('id', '=', move.fileId)
    .execute()
  // A removal from a course ends links of what is in it now.
  await db.updateTable('signed_urls').set({ course_id: folder.courseId }).where('file_id', '=', move.fileId).execute()
  await noteChanges(db, await shownAmong(db, [move.fileId]))
  return { ...before, folder, filename, originalName: move.originalName }
}

/** @throws AppError `CONFLICT` */
async function nameThere(db: Db, before: StoredFile, { filename, to, exactName }: FileMove): Promise<string> {
  if (to.id === before.folder.id && nameKey(filename) === nameKey(before.filename)) return filename
  return exactName ? unlessTaken(db, to.id, filename) : freeName(db, to.id, filename)
}
