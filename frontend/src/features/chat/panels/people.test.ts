import { expect, test } from 'vitest'
import { peopleOf } from './people.ts'

const at = '2026-01-01T00:00:00.000Z'
const member = (user_id: string, name: string, role: 'teacher' | 'assistant' | 'student' = 'student') => ({
  user_id,
  name,
  role,
  joined_at: at,
})
const online = (userId: string, userName: string, role: 'admin' | 'teacher' | 'student' = 'student') => ({
  userId,
  userName,
  role,
  since: at,
})
const names = (people: readonly { userName: string }[]) => people.map((person) => person.userName)

test('who is online is not offline, enrolled or not', () => {
  const { online: there, offline } = peopleOf(
    [online('a', 'An'), online('root', 'Root', 'admin')],
    [member('a', 'An'), member('b', 'Bình')],
    'en',
  )
  expect(names(there)).toEqual(['Root', 'An'])
  expect(names(offline)).toEqual(['Bình'])
})

test('staff come first, then names as the language sorts them', () => {
  const roster = [
    member('1', 'Đặng Văn An'),
    member('2', 'Trần Thị Bình'),
    member('3', 'Lê Chi', 'assistant'),
    member('4', 'Vũ Tùng', 'teacher'),
    member('5', 'Nguyễn Văn Ân'),
    member('6', 'Đỗ Đào'),
    member('7', 'Bùi Dung'),
  ]
  expect(names(peopleOf([], roster, 'vi').offline)).toEqual([
    'Vũ Tùng',
    'Lê Chi',
    'Đặng Văn An',
    'Nguyễn Văn Ân',
    'Trần Thị Bình',
    'Bùi Dung',
    'Đỗ Đào',
  ])
  expect(names(peopleOf([], roster, 'en').offline).slice(0, 3)).toEqual(['Vũ Tùng', 'Lê Chi', 'Bùi Dung'])
})
