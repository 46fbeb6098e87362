import { expect, it } from 'vitest'
import { initialsOf } from './initials.ts'

it.each([
  ['Nguyễn Thị Hạnh', 'NH'],
  ['David Carter', 'DC'],
  ['đặng gia ái', 'ĐÁ'],
  ['Madonna', 'M'],
  ['Trần Minh Anh (lớp 9A)', 'TA'],
  ['Jean-Luc Picard', 'JP'],
  ["Sinéad O'Connor", 'SC'],
  ['李明', '李'],
  ['  ', '?'],
  ['—', '?'],
  ['👩‍🏫 Lan', '👩‍🏫L'],
])('%s: %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})

it('takes a letter with its marks, however they are encoded', () => {
  expect(initialsOf('Ánh Ổi'.normalize('NFD'))).toBe('ÁỔ')
})
