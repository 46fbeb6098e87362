import type { OperationContext } from '../../database/database.ts'
import { conflict, notFound } from '../../shared/errors.ts'
import { wordsOf } from '../../shared/fold.ts'
import { newId } from '../../shared/ids.ts'
import { nameKey, numbered } from './content/names.ts'
import { charge, chargeWithin } from './file-usage.repository.ts'
import type { NewFile, StoredFile, StoredFolder, UploadTarget } from './files.records.types.ts'
import { type Db, scopeKey, scopeOf, selectFolders, toFolder } from './files.repository.rows.ts'

/** Names that one look in the database asks for. */
const MOST_CANDIDATES = 512

/**
 * Makes the record of bytes that are on disk, with the folder where it is new, and ends the upload in the journal.
 * @throws AppError `STORAGE_FULL` (`details.reason: quota`); `CONFLICT` for a name that is taken where `exactName`;
 * `CONFLICT` with `details.reason: folder_changed` when the folder is another than the one that was asked for: ask anew;
 * `NOT_FOUND` for a course that was archived, `CONFLICT` for an upload that has ended
 */
export async function addFile({ db }: OperationContext, file: NewFile): Promise<StoredFile> {
  await endUpload(db, file.id)
  const folder = await folderFor(db, file)
  const filename = file.exactName
    ? await unlessTaken(db, folder.id, file.filename)
    : await freeName(db, folder.id, file.filename)
  await chargeWithin(db, file.quota, { userId: file.uploadedBy, used: file.size, reserved: 0 })
  const stored = storedFile(file, folder, filename)
  await insert(db, stored)
  return stored
}

async function endUpload(db: Db, id: string): Promise<void> {
  const ended = await db
    .deleteFrom('uploads')
    .where('id', '=', id)
    .returning(['user_id as userId', 'reserved'])
    .executeTakeFirst()
  // Whoever has ended it has removed its bytes, or is about to.
  if (ended === undefined) throw conflict('This upload has ended.')
  if (ended.reserved > 0) await charge(db, { userId: ended.userId, used: 0, reserved: -ended.reserved })
}

/** Who may do what in it has been decided by what it was. */
export const folderChanged = () => conflict('The folder has changed meanwhile.', { reason: 'folder_changed' })

async function folderFor(db: Db, { target, ...file }: NewFile): Promise<StoredFolder> {
  if (target.kind === 'new') return newFolderFor(db, target, file)
  const row = await selectFolders(db).where('d.id', '=', target.folder.id).executeTakeFirst()
  if (row?.folderVisibility !== target.folder.visibility) throw folderChanged()
  return toFolder(row)
}

async function newFolderFor(
  db: Db,
  { name, courseId, visibility }: Extract<UploadTarget, { kind: 'new' }>,
  { realm, uploadedBy, now }: Pick<NewFile, 'realm' | 'uploadedBy' | 'now'>,
): Promise<StoredFolder> {
  const folder = { id: newId(), realm, name, ownerId: uploadedBy, courseId, visibility, createdAt: now }
  const made = await insertFolder(db, folder)
  if (made) return folder
  const row = await selectFolders(db)
    .where('d.scope', '=', scopeKey(scopeOf(folder)))
    .where('d.name_key', '=', nameKey(name))
    .executeTakeFirst()
  // Somebody has made it meanwhile. Who may make a folder of a visibility by uploading may add to one.
  if (row?.folderVisibility !== visibility) throw folderChanged()
  return toFolder(row)
}

/**
 * @returns false where the name is taken
 * @throws AppError `NOT_FOUND` for a course that is none, or archived
 */
export async function insertFolder(db: Db, folder: StoredFolder): Promise<boolean> {
  if (folder.courseId !== null) await openCourse(db, folder.courseId)
  const made = await db
    .insertInto('folders')
    .values({
      id: folder.id,
      realm: folder.realm,
      scope: scopeKey(scopeOf(folder)),
      name: folder.name,
      name_key: nameKey(folder.name),
      owner_id: folder.ownerId,
      visibility: folder.visibility,
      course_id: folder.courseId,
      created_at: folder.createdAt,
    })
    .onConflict((taken) => taken.columns(['scope', 'name_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return made !== undefined
}

async function openCourse(db: Db, courseId: string): Promise<void> {
  const course = await db
    .selectFrom('courses')
    .select('id')
    .where('id', '=', courseId)
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  if (course === undefined) throw notFound()
}

/** @throws AppError `CONFLICT` */
export async function unlessTaken(db: Db, folderId: string, filename: string): Promise<string> {
  const taken = await takenAmong(db, folderId, [nameKey(filename)])
  if (taken.size > 0) throw conflict('A file of this name is there already.')
  return filename
}

/** The name, or the first `name (2).ext` that is free. */
export async function freeName(db: Db, folderId: string, filename: string): Promise<string> {
  // Each look takes twice as many names as the one before: the hundredth of a name costs a few queries, not a hundred.
  for (let first = 1, many = 1; ; first += many, many = Math.min(2 * many, MOST_CANDIDATES)) {
    const candidates = Array.from({ length: many }, (_, index) =>
      first + index === 1 ? filename : numbered(filename, first + index),
    )
    const taken = await takenAmong(db, folderId, candidates.map(nameKey))
    const free = candidates.find((candidate) => !taken.has(nameKey(candidate)))
    if (free !== undefined) return free
  }
}

async function takenAmong(db: Db, folderId: string, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('files')
    .select('filename_key')
    .where('folder_id', '=', folderId)
    .where('filename_key', 'in', keys)
    .execute()
  return new Set(rows.map((row) => row.filename_key))
}

const storedFile = (file: NewFile, folder: StoredFolder, filename: string): StoredFile => ({
  id: file.id,
  folder,
  filename,
  originalName: file.originalName,
  mimeType: file.mimeType,
  category: file.category,
  size: file.size,
  sha256: file.sha256,
  uploadedBy: file.uploadedBy,
  uploadedByName: file.uploadedByName,
  description: file.description,
  createdAt: file.now,
})

/** What follows from a file's name in its row. */
export const nameColumns = (filename: string) => ({
  filename,
  filename_key: nameKey(filename),
  search: wordsOf(filename)
    .map((word) => ` ${word}`)
    .join(''),
})

async function insert(db: Db, file: StoredFile): Promise<void> {
  await db
    .insertInto('files')
    .values({
      ...nameColumns(file.filename),
      id: file.id,
      folder_id: file.folder.id,
      original_name: file.originalName,
      mime_type: file.mimeType,
      category: file.category,
      sha256: file.sha256,
      uploaded_by: file.uploadedBy,
      uploaded_by_name: file.uploadedByName,
      description: file.description,
      size: file.size,
      created_at: file.createdAt,
    })
    .execute()
}
