/** What a file's kind is told by, as far as its beginning tells: what file-type asks for. */
export const HEAD_BYTES = 4100

/** The beginning of a stream, gathered from pieces of any size. */
export class Head {
  readonly #bytes = Buffer.alloc(HEAD_BYTES)
  #length = 0

  /** @param bytes what is there already of what is being gone on with */
  constructor(bytes: Uint8Array = new Uint8Array()) {
    this.add(bytes)
  }

  /** @returns whether the head is whole by this piece */
  add(piece: Uint8Array): boolean {
    if (this.isWhole) return false
    const taken = piece.subarray(0, HEAD_BYTES - this.#length)
    this.#bytes.set(taken, this.#length)
    this.#length += taken.length
    return this.isWhole
  }

  get isWhole(): boolean {
    return this.#length === HEAD_BYTES
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }
}
