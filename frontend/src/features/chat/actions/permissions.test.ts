import { expect, test } from 'vitest'
import { allowedActions } from './permissions.ts'

const message = {
  user_id: 'author',
  message: 'Hello',
  message_type: 'text',
  deleted_at: null,
  pinned_at: null,
} as const
const author = { userId: 'author', isStaff: false }
const student = { userId: 'student', isStaff: false }
const staff = { userId: 'staff', isStaff: true }
const staffAuthor = { userId: 'author', isStaff: true }
const EVERYBODY = ['react', 'reply', 'copy', 'link']

test.each([
  ['another student', student, EVERYBODY],
  ['its author', author, [...EVERYBODY, 'edit', 'delete']],
  ['staff', staff, [...EVERYBODY, 'pin', 'history', 'delete']],
  ['its author who is staff', staffAuthor, [...EVERYBODY, 'edit', 'pin', 'history', 'delete']],
])('a message allows to %s', (_, viewer, actions) => {
  for (const message_type of ['text', 'announcement', 'file', 'image'] as const) {
    expect(allowedActions({ ...message, message_type }, viewer)).toEqual(actions)
  }
})

test('a pinned one is unpinned, by staff', () => {
  const pinned = { ...message, pinned_at: '2026-01-01T00:00:00.000Z' }
  expect(allowedActions(pinned, staff)).toEqual([...EVERYBODY, 'unpin', 'history', 'delete'])
  expect(allowedActions(pinned, author)).not.toContain('unpin')
})

test('a file without words has nothing to copy', () => {
  expect(allowedActions({ ...message, message: '', message_type: 'file' }, student)).toEqual(['react', 'reply', 'link'])
})

test.each([author, student, staff, staffAuthor])(
  'what is deleted, and what the server says, allows nothing: %j',
  (viewer) => {
    expect(allowedActions({ ...message, deleted_at: '2026-01-01T00:00:00.000Z' }, viewer)).toEqual([])
    expect(allowedActions({ ...message, user_id: null, message_type: 'system' }, viewer)).toEqual([])
  },
)
