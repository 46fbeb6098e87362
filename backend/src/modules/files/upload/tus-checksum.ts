import { createHash, type Hash } from 'node:crypto'
import { Transform } from 'node:stream'

/** Names as of the tus protocol's checksum extension, which asks for `sha1`. */
export const CHECKSUM_ALGORITHMS: readonly string[] = ['sha1', 'sha256', 'md5']

/** What a PATCH says of its body. */
export interface Checksum {
  readonly algorithm: string
  readonly digest: Buffer
}

/** `Upload-Checksum: sha1 <Base64>`; undefined for what cannot be read, or an algorithm that is not offered. */
export function checksumOf(header: string): Checksum | undefined {
  const [algorithm = '', base64 = '', ...rest] = header.split(' ')
  if (rest.length > 0 || !CHECKSUM_ALGORITHMS.includes(algorithm)) return undefined
  const digest = Buffer.from(base64, 'base64')
  return digest.toString('base64') === base64 ? { algorithm, digest } : undefined
}

/** Passes bytes on, and knows then whether they were what was said. */
export class ChecksumTap extends Transform {
  readonly #expected: Buffer
  readonly #hash: Hash

  constructor({ algorithm, digest }: Checksum) {
    super()
    this.#expected = digest
    this.#hash = createHash(algorithm)
  }

  override _transform(
    chunk: Uint8Array,
    _encoding: BufferEncoding,
    callback: (error: null, chunk: Uint8Array) => void,
  ) {
    this.#hash.update(chunk)
    callback(null, chunk)
  }

  /** Asked once, at the end. */
  agrees(): boolean {
    return this.#hash.digest().equals(this.#expected)
  }
}
