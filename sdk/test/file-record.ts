import type { FileRecord } from '@lectern/protocol'

/** A picture in a course's folder. */
export const fileRecord = (fields: Partial<FileRecord> = {}): FileRecord => {
  const { id = 'f-1', filename = 'graph.png' } = fields
  const url = (door: string) => `https://lectern.example/api/v1/files/${door}/folder-1/${encodeURIComponent(filename)}`
  return {
    id,
    folder: 'chat',
    folder_id: 'folder-1',
    filename,
    original_name: filename,
    mime_type: 'image/png',
    category: 'image',
    size: 2048,
    sha256: '0'.repeat(64),
    uploaded_by: 'ann',
    uploaded_by_name: 'Ann',
    course_id: 'course',
    description: null,
    url: url('view'),
    download_url: url('download'),
    view_url: url('view'),
    thumbnail_url: url('thumbnail'),
    created_at: '2026-01-01T00:00:00.000Z',
    ...fields,
  }
}
