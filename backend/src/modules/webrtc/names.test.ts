import { expect, it } from 'vitest'
import { nameKey } from './names.ts'

it.each([
  ['case', 'nguyễn văn an', 'NGUYỄN VĂN AN'],
  ['marks', 'Đỗ Hà', 'do ha'],
  ['composition', 'Hà'.normalize('NFC'), 'Hà'.normalize('NFD')],
  ['spaces and punctuation', 'Cô Hà', ' c.ô—h_à '],
  ['what shows nothing', 'Hà', 'H\u200bà\u2060'],
  ['width', 'Ha', 'Ｈａ'],
  ['Cyrillic letters', 'Hoa', 'Ноа'],
  ['Greek letters', 'Kova', 'Κονα'],
  ['digits', 'Loan', '10an'],
  ['I and l', 'Linh', 'Iinh'],
])('RTC15: two names that differ by %s alone look alike', (_what, one, other) => {
  expect(nameKey(one)).toBe(nameKey(other))
})

it('RTC15: names of different people do not look alike', () => {
  const names = ['Hà', 'Hạnh', 'Hoà', 'An', 'Anh', 'Ân Nguyễn', '阮安', '']
  expect(new Set(names.map(nameKey)).size).toBe(names.length)
})
