/** Counts a marker in a stream of bytes, whatever pieces they come in. */
export class Occurrences {
  readonly #marker: Buffer
  #tail: Buffer = Buffer.alloc(0)

  constructor(marker: string) {
    this.#marker = Buffer.from(marker)
  }

  /** @returns how many end in this piece */
  in(chunk: Buffer): number {
    const over = this.#marker.length - 1
    const seam = Buffer.concat([this.#tail, chunk.subarray(0, over)])
    const found = this.#count(seam) + this.#count(chunk)
    this.#tail = chunk.length >= over ? chunk.subarray(chunk.length - over) : seam.subarray(-over)
    return found
  }

  #count(bytes: Buffer): number {
    let count = 0
    for (let at = bytes.indexOf(this.#marker); at >= 0; at = bytes.indexOf(this.#marker, at + this.#marker.length)) {
      count++
    }
    return count
  }
}
