import type { RoomState, Timeline } from '@lectern/client'
import type { MessageRecord } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { newsSince } from './announcements.ts'

const message = (seq: number, fields: Partial<MessageRecord> = {}): MessageRecord => ({
  id: `m${seq}`,
  seq,
  rev: seq,
  course_id: 'c1',
  user_id: 'u2',
  user_name: 'Lan',
  user_role: 'student',
  message: `text ${seq}`,
  message_type: 'text',
  reply_to_id: null,
  reply_to: null,
  file: null,
  client_id: null,
  reactions: [],
  mentions: [],
  pinned_at: null,
  edited_at: null,
  deleted_at: null,
  created_at: '2026-03-02T05:00:00.000Z',
  system: null,
  ...fields,
})

const stateOf = (lastSeq: number, loaded: readonly MessageRecord[]): RoomState => {
  const timeline: Timeline = {
    lastSeq,
    at: (seq) => loaded.find((one) => one.seq === seq),
    find: (id) => loaded.find((one) => one.id === id),
  }
  return {
    courseId: 'c1',
    status: { kind: 'live' },
    role: 'student',
    timeline,
    lastRev: lastSeq,
    epoch: 'e1',
    lastReadSeq: 0,
    unread: 0,
    mentions: 0,
    online: new Map(),
    onlineCount: 0,
    typing: [],
    pending: [],
  }
}

describe('what a screen reader is told', () => {
  it('is what others have said since, in order', () => {
    const messages = [message(7), message(8)]
    expect(newsSince(6, stateOf(8, messages), 'u1')).toEqual({ kind: 'messages', messages })
  })
  it('is nothing of one’s own, the server’s, or what is deleted by now', () => {
    const messages = [message(7, { user_id: 'u1' }), message(8, { user_id: null }), message(9, { deleted_at: 'x' })]
    expect(newsSince(6, stateOf(9, messages), 'u1')).toBeUndefined()
  })
  it('is nothing when history is loaded, or a message changes', () => {
    expect(newsSince(8, stateOf(8, [message(1), message(8, { edited_at: 'x' })]), 'u1')).toBeUndefined()
  })
  it('is how many there are, of more than three at once', () => {
    const messages = [7, 8, 9, 10].map((seq) => message(seq))
    expect(newsSince(6, stateOf(10, messages), 'u1')).toEqual({ kind: 'many', count: 4 })
  })
  it('counts none of one’s own, the server’s or what is deleted by now, however many there are', () => {
    const others = [message(7), message(12)]
    const own = [8, 9, 10].map((seq) => message(seq, { user_id: 'u1' }))
    const state = (more: readonly MessageRecord[]) =>
      stateOf(12 + more.length, [...others, ...own, message(11, { deleted_at: 'x' }), ...more])
    expect(newsSince(6, state([]), 'u1')).toEqual({ kind: 'messages', messages: others })
    expect(newsSince(6, state([message(13), message(14)]), 'u1')).toEqual({ kind: 'many', count: 4 })
  })
  it('is how many there are, of what is not loaded', () =>
    expect(newsSince(6, stateOf(7, []), 'u1')).toEqual({ kind: 'many', count: 1 }))
})
