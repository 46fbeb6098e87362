const KIB = 1_024
const LARGEST = 16_384 * KIB
const SMALLEST = 64 * KIB
const FIRST = 512 * KIB
const SHORT_MS = 2_000
const LONG_MS = 10_000

/**
 * How many bytes the first request bears.
 * @param failures how often it was broken off since the server last took a chunk
 */
export const firstChunkSize = (failures: number): number => Math.max(SMALLEST, FIRST / 2 ** failures)

/**
 * How many bytes the next request bears. A chunk is checked, and kept, as a whole: where the network breaks often, or is
 * slow, chunks are small enough to get through; else large enough for nobody to wait for answers.
 * @param tookMs how long the last one took
 */
export function nextChunkSize(size: number, tookMs: number): number {
  if (tookMs < SHORT_MS) return Math.min(LARGEST, size * 2)
  return tookMs > LONG_MS ? Math.max(SMALLEST, Math.floor(size / 2)) : size
}
