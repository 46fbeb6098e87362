import { Writable } from 'node:stream'
import { AppError } from '../../../shared/errors.ts'
import { diskError } from '../storage/durable.ts'
import { BlockFile } from './block-file.ts'
import { BLOCK_BYTES, type BlockMemory, type BlockPair } from './block-memory.ts'
import type { DiskSlots } from './disk-slots.ts'
import type { RunningHash } from './hashing.ts'
import type { Head } from './head.ts'

export interface SinkOptions {
  readonly path: string
  /** Makes the file; else it is there, and gone on with. */
  readonly isNew: boolean
  /** Where to go on; 0 for a new one. */
  readonly offset: number
  /** The size that the file may have. */
  readonly maxBytes: number
  /** Has taken what is before `offset`; undefined where nobody wants the hash. */
  readonly hash: RunningHash | undefined
  readonly head: Head
  /** Called once, as soon as the head is whole. What it throws ends the upload. */
  readonly onHead: (head: Uint8Array) => void
  /** Shared by all that write to the disk. */
  readonly slots: DiskSlots
  readonly memory: BlockMemory
}

type Callback = (error?: Error | null) => void

export const tooLarge = (maxBytes: number): AppError =>
  new AppError('PAYLOAD_TOO_LARGE', 'The file is too large.', { max_bytes: maxBytes })

/**
 * Writes to a staged file, hashing on the way; finished, its bytes are on disk. Destroyed, it is closed only after the
 * block that is under way: a descriptor that is closed before may by then be another file's.
 *
 * Chunks are its own once they are written to it: it copies them together, and lets go of their memory at once.
 */
export class StagingSink extends Writable {
  readonly #options: SinkOptions
  readonly #blocks: BlockPair
  #file: BlockFile | undefined
  #filling: Uint8Array
  #filled = 0
  #position: number
  #waiting: Promise<void> = Promise.resolve()
  #underWay: Promise<void> = Promise.resolve()

  constructor(options: SinkOptions) {
    super({ highWaterMark: 65_536, decodeStrings: false })
    this.#options = options
    this.#blocks = options.memory.take()
    this.#position = options.offset
    this.#filling = this.#nextOf(this.#blocks[0])
  }

  /** The file's size as far as it was handed to the disk: all of it once finished. */
  get position(): number {
    return this.#position
  }

  override _construct(callback: Callback): void {
    const { path, isNew, slots } = this.#options
    BlockFile.open(path, { isNew, slots }).then((file) => {
      this.#file = file
      callback()
    }, passTo(callback))
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, callback: Callback): void {
    try {
      this.#look(chunk)
    } catch (error) {
      callback(toError(error))
      return
    }
    if (chunk.length < this.#filling.length - this.#filled) {
      this.#fill(chunk)
      release(chunk)
      callback()
    } else {
      this.#waiting = this.#fillOver(chunk)
      this.#waiting.then(() => callback(), passTo(callback))
    }
  }

  override _final(callback: Callback): void {
    this.#waiting = this.#finish()
    this.#waiting.then(() => callback(), passTo(callback))
  }

  override _destroy(error: Error | null, callback: Callback): void {
    this.#close().then(
      () => callback(error),
      (reason: unknown) => callback(error ?? toError(reason)),
    )
  }

  #look(chunk: Uint8Array): void {
    const { maxBytes, head, onHead } = this.#options
    if (this.#position + this.#filled + chunk.length > maxBytes) throw tooLarge(maxBytes)
    if (head.add(chunk)) onHead(head.bytes)
  }

  /** For what fits. */
  #fill(chunk: Uint8Array): void {
    this.#filling.set(chunk, this.#filled)
    this.#filled += chunk.length
  }

  async #fillOver(chunk: Uint8Array): Promise<void> {
    for (let rest = chunk; rest.length > 0; ) {
      const piece = rest.subarray(0, this.#filling.length - this.#filled)
      this.#fill(piece)
      rest = rest.subarray(piece.length)
      if (this.#filled === this.#filling.length) await this.#flush()
    }
    release(chunk)
  }

  /** Resolves when the block before is written and hashed: this one is, while the next fills. */
  async #flush(): Promise<void> {
    await this.#underWay
    const block = this.#filling.subarray(0, this.#filled)
    this.#underWay = this.#writeAndHash(block, this.#position)
    this.#underWay.catch(() => undefined)
    this.#position += block.length
    const [first, second] = this.#blocks
    this.#filling = this.#nextOf(block.byteOffset === first.byteOffset ? second : first)
    this.#filled = 0
  }

  /** Blocks end where whole blocks of the file do, wherever it is gone on with: the disk is asked for whole sectors. */
  #nextOf(block: Uint8Array): Uint8Array {
    return block.subarray(0, BLOCK_BYTES - (this.#position % BLOCK_BYTES))
  }

  /** Settles when nobody reads the block any more. */
  async #writeAndHash(block: Uint8Array, position: number): Promise<void> {
    const { hash } = this.#options
    const both = await Promise.allSettled([this.#opened.append(block, position), hash?.update(block)])
    for (const one of both) if (one.status === 'rejected') throw one.reason
  }

  async #finish(): Promise<void> {
    await this.#flush()
    await this.#underWay
    await this.#opened.sync()
  }

  /** Whoever destroys it may do so while a chunk waits for the block before: what it fills then must be its own still. */
  async #close(): Promise<void> {
    await this.#waiting.catch(() => undefined)
    await this.#underWay.catch(() => undefined)
    this.#options.memory.giveBack(this.#blocks)
    await this.#file?.close()
  }

  get #opened(): BlockFile {
    if (this.#file === undefined) throw new Error('The staged file is not open.')
    return this.#file
  }
}

/**
 * Frees what holds a chunk and nothing else, as a request's chunks are held. Left to V8's collector, which these
 * 64 KiB each cost a few bytes of heap, 500 MB of them have it mark the whole heap sixteen times.
 */
function release({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}

const passTo =
  (callback: Callback) =>
  (reason: unknown): void =>
    callback(toError(reason))

function toError(reason: unknown): Error {
  const error = diskError(reason)
  return error instanceof Error ? error : new Error('Writing failed.', { cause: error })
}
