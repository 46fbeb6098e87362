import { expect, it } from 'vitest'
import { Occurrences } from './occurrences.ts'

const STREAM = Buffer.from('<b>á</b><b>á</b>b>á</b><b>a</b><b>á</b>')

it.each([1, 2, 3, 5, 8, 13, 100])('a marker is counted once, wherever pieces of %i bytes cut it', (size) => {
  const occurrences = new Occurrences('<b>á</b>')
  let count = 0
  for (let at = 0; at < STREAM.length; at += size) count += occurrences.in(STREAM.subarray(at, at + size))
  expect(count).toBe(3)
})
