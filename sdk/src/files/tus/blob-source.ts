import type { FileSource, SliceResult } from 'tus-js-client'

/** The file cannot be read: it was moved, changed or removed since it was chosen, or its disk is gone. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

/** Reads a file chunk by chunk, with the checksum of the newest, so that what is sent is what was hashed. */
export class BlobSource implements FileSource {
  readonly size: number
  readonly #file: Blob
  #checksum: string | undefined

  constructor(file: Blob) {
    this.#file = file
    this.size = file.size
  }

  /** Of the chunk that was read last, as `Upload-Checksum` has it; undefined where the browser has no digests (plain HTTP). */
  get checksum(): string | undefined {
    return this.#checksum
  }

  /** @throws Unreadable */
  async slice(start: number, end: number): Promise<SliceResult> {
    const bytes = await this.#read(start, end)
    this.#checksum = await checksumOf(bytes)
    // The size is how tus-js-client knows it; of a typed array it asks for nothing else.
    return { value: Object.assign(bytes, { size: bytes.length }), done: end >= this.size }
  }

  close(): void {
    // A `Blob` holds nothing open.
  }

  async #read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return new Uint8Array(await this.#file.slice(start, end).arrayBuffer())
    } catch (cause) {
      throw new Unreadable('The file cannot be read.', { cause })
    }
  }
}

async function checksumOf(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle
  if (subtle === undefined) return undefined
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes))
  return `sha256 ${btoa(String.fromCharCode(...digest))}`
}
