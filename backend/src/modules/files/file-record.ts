import { API_BASE, type FileRecord, type FolderRecord, toTime } from '@lectern/protocol'
import type { StoredFile, StoredFolder } from './files.records.types.ts'
import { hasThumbnail, showsInline } from './presentation.ts'

const THUMBNAIL_WIDTH = 320

/** What a record is made of. */
export type RecordedFile = Omit<StoredFile, 'folder'> & {
  readonly folder: Pick<StoredFolder, 'id' | 'name' | 'courseId'>
}

/** @param publicUrl the origin of its URLs, which name the folder by its id: a renamed one does not break them */
export function toFileRecord(file: RecordedFile, publicUrl: string): FileRecord {
  const place = `${file.folder.id}/${encodeURIComponent(file.filename)}`
  const urlOf = (door: string) => `${publicUrl}${API_BASE}/files/${door}/${place}`
  const [download, view] = [urlOf('download'), urlOf('view')]
  return {
    id: file.id,
    folder: file.folder.name,
    folder_id: file.folder.id,
    filename: file.filename,
    original_name: file.originalName,
    mime_type: file.mimeType,
    category: file.category,
    size: file.size,
    sha256: file.sha256,
    uploaded_by: file.uploadedBy,
    uploaded_by_name: file.uploadedByName,
    course_id: file.folder.courseId,
    description: file.description,
    url: showsInline(file) ? view : download,
    download_url: download,
    view_url: view,
    thumbnail_url: hasThumbnail(file) ? `${urlOf('thumbnail')}?w=${THUMBNAIL_WIDTH}` : null,
    created_at: toTime(file.createdAt),
  }
}

export const toFolderRecord = (folder: StoredFolder): FolderRecord => ({
  id: folder.id,
  name: folder.name,
  owner_id: folder.ownerId,
  course_id: folder.courseId,
  visibility: folder.visibility,
  created_at: toTime(folder.createdAt),
})
