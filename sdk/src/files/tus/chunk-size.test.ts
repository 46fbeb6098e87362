import { expect, it } from 'vitest'
import { firstChunkSize, nextChunkSize } from './chunk-size.ts'

const KIB = 1_024

it('chunks grow while they take no time, up to 16 MiB', () => {
  let size = firstChunkSize(0)
  const sizes = Array.from({ length: 7 }, () => {
    size = nextChunkSize(size, 1_000)
    return size / KIB
  })
  expect(sizes).toEqual([1_024, 2_048, 4_096, 8_192, 16_384, 16_384, 16_384])
})

it('chunks stay where they take some seconds, and shrink where they take longer, down to 64 KiB', () => {
  expect(nextChunkSize(1_024 * KIB, 5_000)).toBe(1_024 * KIB)
  expect(nextChunkSize(1_024 * KIB, 11_000)).toBe(512 * KIB)
  expect(nextChunkSize(64 * KIB, 60_000)).toBe(64 * KIB)
})

it('each failure has the next try begin with less, so that it gets through a network that breaks often', () => {
  expect([0, 1, 2, 3, 4, 50].map((failures) => firstChunkSize(failures) / KIB)).toEqual([512, 256, 128, 64, 64, 64])
})
