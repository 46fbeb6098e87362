import { expect, it } from 'vitest'
import { ReadBuffers } from './read-buffers.ts'

const MB = 1_048_576

it('is lent the same memory again once it has been given back', () => {
  const buffers = new ReadBuffers()
  const first = buffers.take(500 * MB)
  expect(first.length).toBe(MB)
  expect(buffers.take(500 * MB)).not.toBe(first)
  buffers.giveBack(first)
  expect(buffers.take(500 * MB)).toBe(first)
})

it('takes no more than there is to read', () => {
  const buffers = new ReadBuffers()
  expect(buffers.take(10).length).toBe(10)
  expect(buffers.take(65_537).length).toBe(MB)
})

it('reads on with little when much is lent', () => {
  const buffers = new ReadBuffers()
  const lent = Array.from({ length: 32 }, () => buffers.take(MB))
  expect(buffers.take(MB).length).toBe(65_536)
  const [one, other] = lent
  if (one === undefined || other === undefined) throw new Error('Nothing was lent.')
  buffers.leave(one)
  const fresh = buffers.take(MB)
  expect(fresh.length).toBe(MB)
  expect(fresh).not.toBe(one)
  buffers.giveBack(other)
  expect(buffers.take(MB)).toBe(other)
})
