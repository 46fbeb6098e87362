import { expect, it } from 'vitest'
import { safePath } from './safe-path.ts'

it.each([
  ['/join/ABCD', '/join/ABCD'],
  ['/courses/a?at=3', '/courses/a?at=3'],
  [null, '/'],
  ['', '/'],
  ['//evil.example/x', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
])('%s: %s', (text, path) => {
  expect(safePath(text, 'https://lectern.example.org')).toBe(path)
})
