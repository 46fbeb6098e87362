import type { FileRecord, FolderRecord, FolderVisibility } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { mayAdd, mayManageFile, mayManageFolder, type Viewer, visibilitiesFor } from './file-permissions.ts'

const AN: Viewer = { id: 'an', role: 'student' }
const ASSISTANT: Viewer = { id: 'binh', role: 'assistant' }
const ADMIN: Viewer = { id: 'ada', role: 'admin' }

const folder = (visibility: FolderVisibility, ownerId = 'teacher'): FolderRecord => ({
  id: 'f',
  name: 'Bài nộp',
  owner_id: ownerId,
  course_id: 'c',
  visibility,
  created_at: '2026-11-22T00:00:00.000Z',
})

const fileOf = (uploadedBy: string): FileRecord => ({
  id: 'x',
  folder: 'Bài nộp',
  folder_id: 'f',
  filename: 'a.pdf',
  original_name: 'a.pdf',
  mime_type: 'application/pdf',
  category: 'document',
  size: 1,
  sha256: '',
  uploaded_by: uploadedBy,
  uploaded_by_name: 'An',
  course_id: 'c',
  description: null,
  url: 'https://a.example/',
  download_url: 'https://a.example/',
  view_url: 'https://a.example/',
  thumbnail_url: null,
  created_at: '2026-11-22T00:00:00.000Z',
})

const KINDS = ['private', 'dropbox', 'course', 'shared', 'public'] as const
const those = (may: (kind: FolderVisibility) => boolean) => KINDS.filter(may)

describe('in a course', () => {
  it('students add to what is shared, handed in or their own; staff also to materials', () => {
    expect(those((kind) => mayAdd(AN, folder(kind)))).toEqual(['dropbox', 'shared'])
    expect(mayAdd(AN, folder('private', 'an'))).toBe(true)
    expect(those((kind) => mayAdd(ASSISTANT, folder(kind)))).toEqual(['dropbox', 'course', 'shared', 'public'])
    expect(those((kind) => mayAdd(ADMIN, folder(kind)))).toEqual([...KINDS])
  })

  it('students make shared and private folders, staff all kinds', () => {
    expect([...visibilitiesFor(AN)].sort()).toEqual(['private', 'shared'])
    expect([...visibilitiesFor(ASSISTANT)].sort()).toEqual([...KINDS].sort())
  })

  it('folders are managed by staff, but for private ones, and by who owns them', () => {
    expect(those((kind) => mayManageFolder(AN, folder(kind)))).toEqual([])
    expect(mayManageFolder(AN, folder('shared', 'an'))).toBe(true)
    expect(those((kind) => mayManageFolder(ASSISTANT, folder(kind)))).toEqual(['dropbox', 'course', 'shared', 'public'])
  })

  it('files are managed by who uploaded them, and by staff', () => {
    expect(mayManageFile(AN, folder('shared'), fileOf('an'))).toBe(true)
    expect(mayManageFile(AN, folder('shared', 'an'), fileOf('binh'))).toBe(false)
    expect(mayManageFile(ASSISTANT, folder('dropbox'), fileOf('an'))).toBe(true)
    expect(mayManageFile(ADMIN, folder('private'), fileOf('an'))).toBe(true)
  })
})
