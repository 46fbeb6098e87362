const LARGE_BYTES = 1_048_576
const SMALL_BYTES = 65_536
const MOST_LARGE = 32

/**
 * What files are read into: buffers of 1 MiB, used again and again, and while all of them are lent, small ones. However
 * many downloads are under way, and however slowly each is taken, their memory is 32 MiB and 128 KiB for each.
 */
export class ReadBuffers {
  readonly #free: Buffer[] = []
  #lent = 0

  /** @param atMost bytes that there are to read */
  take(atMost: number): Buffer {
    if (atMost <= SMALL_BYTES || this.#lent === MOST_LARGE) return Buffer.allocUnsafe(Math.min(atMost, SMALL_BYTES))
    this.#lent += 1
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(LARGE_BYTES)
  }

  /** Of one that nothing reads any more. */
  giveBack(buffer: Buffer): void {
    if (this.#forget(buffer)) this.#free.push(buffer)
  }

  /** Of one that a broken connection may still be reading. */
  leave(buffer: Buffer): void {
    this.#forget(buffer)
  }

  #forget(buffer: Buffer): boolean {
    const isLarge = buffer.length === LARGE_BYTES
    if (isLarge) this.#lent -= 1
    return isLarge
  }
}
