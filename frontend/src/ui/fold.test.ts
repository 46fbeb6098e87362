import { expect, it } from 'vitest'
import { fold, matches } from './fold.ts'

it('takes off case and diacritics, and knows đ', () => {
  expect(fold('Đào Tạo Ổn ưỡn')).toBe('dao tao on uon')
  expect(fold('Đào tạo'.normalize('NFD'))).toBe('dao tao')
})

it('finds all words in any order, in part and without marks', () => {
  expect(matches('Nguyễn Thị Hạnh', 'hanh ngu')).toBe(true)
  expect(matches('Nguyễn Thị Hạnh', ' THỊ ')).toBe(true)
  expect(matches('Nguyễn Thị Hạnh', 'hanh lan')).toBe(false)
  expect(matches('Nguyễn Thị Hạnh', '')).toBe(true)
})
