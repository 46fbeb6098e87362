import type { Timeline } from '@lectern/client'
import type { FileRecord, MessageFile, MessageRecord } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { nextPicture, pictureAt } from './loaded-pictures.ts'

const file = (thumbnail_url: string | null): FileRecord => ({
  id: 'f1',
  folder: 'chat',
  folder_id: 'd1',
  filename: 'a.png',
  original_name: 'a.png',
  mime_type: 'image/png',
  category: 'image',
  size: 1,
  sha256: '',
  uploaded_by: 'u1',
  uploaded_by_name: 'An',
  course_id: 'c1',
  description: null,
  url: 'https://lectern.example/view',
  download_url: 'https://lectern.example/download',
  view_url: 'https://lectern.example/view',
  thumbnail_url,
  created_at: '2026-03-02T05:00:00.000Z',
})

const message = (seq: number, borne: MessageFile | null): MessageRecord => ({
  id: `m${seq}`,
  seq,
  rev: seq,
  course_id: 'c1',
  user_id: 'u1',
  user_name: 'An',
  user_role: 'student',
  message: '',
  message_type: 'text',
  reply_to_id: null,
  reply_to: null,
  file: borne,
  client_id: null,
  reactions: [],
  mentions: [],
  pinned_at: null,
  edited_at: null,
  deleted_at: null,
  created_at: '2026-03-02T05:00:00.000Z',
  system: null,
})

const PICTURE = file('https://lectern.example/thumbnail')
const LOG = [
  message(1, PICTURE),
  message(2, null),
  message(3, file(null)),
  message(4, { id: 'f1', original_name: 'a.png', deleted: true }),
  // 5 is not loaded.
  message(6, PICTURE),
]
const timeline: Timeline = {
  lastSeq: 7,
  at: (seq) => LOG.find((one) => one.seq === seq),
  find: (id) => LOG.find((one) => one.id === id),
}

describe('the pictures of a conversation', () => {
  it('are the files that have a thumbnail and are not deleted', () => {
    const shown = [1, 2, 3, 4, 5, 6, 7].filter((seq) => pictureAt(timeline, seq) !== undefined)
    expect(shown).toEqual([1, 6])
  })
  it('follow each other past everything else', () => {
    expect(nextPicture(timeline, 1, 1)).toBe(6)
    expect(nextPicture(timeline, 6, -1)).toBe(1)
    expect(nextPicture(timeline, 6, 1)).toBeUndefined()
    expect(nextPicture(timeline, 1, -1)).toBeUndefined()
  })
})
