import { expect, test } from 'vitest'
import { candidatesFor, EVERYONE, MENTIONS_SHOWN } from './candidates.ts'

const people = ['Lâm Văn Tùng', 'Nguyễn Thị Lan', 'Trần Thị Đào', 'Đặng Lan Anh'].map((userName, index) => ({
  userId: `u${index}`,
  userName,
}))

const found = (query: string) => candidatesFor(query, people).map((person) => person.userName)

test.each([
  ['lan', ['Nguyễn Thị Lan', 'Đặng Lan Anh']],
  ['la', ['Nguyễn Thị Lan', 'Lâm Văn Tùng', 'Đặng Lan Anh']],
  ['dao', ['Trần Thị Đào']],
  ['Đào', ['Trần Thị Đào']],
  ['Đào'.normalize('NFD'), ['Trần Thị Đào']],
  ['ĐẶNG', ['Đặng Lan Anh']],
  ['thi l', ['Nguyễn Thị Lan']],
  ['thi  l', ['Nguyễn Thị Lan']],
  ['lan n', []],
  ['an', ['Đặng Lan Anh']],
  ['lan ', ['Đặng Lan Anh']],
])('@%s finds %j', (query, names) => {
  expect(found(query)).toEqual(names)
})

test('nothing typed yet shows the first ones', () => {
  const many = Array.from({ length: 20 }, (_, index) => ({ userId: `u${index}`, userName: `N${index}` }))
  expect(candidatesFor('', [EVERYONE, ...many])).toEqual([EVERYONE, ...many].slice(0, MENTIONS_SHOWN))
})
