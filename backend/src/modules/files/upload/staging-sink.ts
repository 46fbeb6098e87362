import type { Hash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { AppError } from '../../../shared/errors.ts'
import { diskError } from '../storage/durable.ts'
import type { Head } from './head.ts'
import type { SyncSlots } from './sync-slots.ts'

/** Gathered before the disk is asked. An upload holds two: one that fills, one that is being written. */
const BLOCK_BYTES = 524_288
/** The disk is kept at work while bytes come in: else all of them would wait for the sync at the end. */
const SYNC_EVERY_BYTES = 33_554_432

export interface SinkOptions {
  readonly path: string
  /** Where to go on; 0 makes the file. */
  readonly offset: number
  /** The size that the file may have. */
  readonly maxBytes: number
  /** Has taken what is before `offset`; undefined where nobody wants the hash. */
  readonly hash: Hash | undefined
  readonly head: Head
  /** Called once, as soon as the head is whole. What it throws ends the upload. */
  readonly onHead: (head: Uint8Array) => void
  /** Shared by all that write to the disk. */
  readonly slots: SyncSlots
}

type Callback = (error?: Error | null) => void

export const tooLarge = (maxBytes: number): AppError =>
  new AppError('PAYLOAD_TOO_LARGE', 'The file is too large.', { max_bytes: maxBytes })

/**
 * Writes to a staged file, hashing on the way; finished, its bytes are on disk. Destroyed, it is closed only after
 * the write that is under way: a descriptor that is closed before may by then be another file's.
 *
 * Chunks are copied together: those of a request that waited for the disk themselves would outlive V8's young
 * generation, and 500 MB of them cost more in collecting garbage than in hashing.
 */
export class StagingSink extends Writable {
  readonly #options: SinkOptions
  #file: FileHandle | undefined
  #filling = Buffer.allocUnsafeSlow(BLOCK_BYTES)
  #spare = Buffer.allocUnsafeSlow(BLOCK_BYTES)
  #filled = 0
  #position: number
  #unsynced = 0
  #writing: Promise<void> = Promise.resolve()
  #syncing: Promise<void> | undefined
  readonly #syncFailures: unknown[] = []

  constructor(options: SinkOptions) {
    super({ highWaterMark: 65_536, decodeStrings: false })
    this.#options = options
    this.#position = options.offset
  }

  /** The file's size as far as it was handed to the disk: all of it once finished. */
  get position(): number {
    return this.#position
  }

  override _construct(callback: Callback): void {
    const { path, offset } = this.#options
    open(path, offset === 0 ? 'w' : 'r+', 0o600).then((file) => {
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
    if (chunk.length < BLOCK_BYTES - this.#filled) {
      this.#fill(chunk)
      callback()
    } else {
      this.#fillOver(chunk).then(() => callback(), passTo(callback))
    }
  }

  override _final(callback: Callback): void {
    this.#finish().then(() => callback(), passTo(callback))
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
      const piece = rest.subarray(0, BLOCK_BYTES - this.#filled)
      this.#fill(piece)
      rest = rest.subarray(piece.length)
      if (this.#filled === BLOCK_BYTES) await this.#flush()
    }
  }

  /** Resolves when the block before is written: this one is, while the next fills. */
  async #flush(): Promise<void> {
    await this.#writing
    const block = this.#filling.subarray(0, this.#filled)
    this.#filling = this.#spare
    this.#spare = Buffer.from(block.buffer)
    this.#filled = 0
    this.#writing = this.#append(block, this.#position)
    this.#writing.catch(() => undefined)
    this.#position += block.length
    // The hash is taken while the disk writes.
    this.#options.hash?.update(block)
  }

  async #append(block: Uint8Array, position: number): Promise<void> {
    // A disk that fills up takes what fits, and says why only when asked for the rest.
    for (let written = 0; written < block.length; ) {
      const { bytesWritten } = await this.#opened.write(block, written, block.length - written, position + written)
      written += bytesWritten
    }
    this.#unsynced += block.length
    if (this.#unsynced >= SYNC_EVERY_BYTES) this.#syncAhead()
  }

  #syncAhead(): void {
    const { slots } = this.#options
    if (this.#syncing !== undefined || !slots.hasFree) return
    this.#unsynced = 0
    this.#syncing = slots
      .run(() => this.#opened.datasync())
      // Linux tells a failed write-back once: the next sync would succeed.
      .catch((error: unknown) => void this.#syncFailures.push(error))
      .then(() => {
        this.#syncing = undefined
      })
  }

  async #finish(): Promise<void> {
    await this.#flush()
    await this.#writing
    await this.#syncing
    if (this.#syncFailures.length > 0) throw this.#syncFailures[0]
    await this.#options.slots.run(() => this.#opened.sync())
  }

  async #close(): Promise<void> {
    await this.#writing.catch(() => undefined)
    await this.#syncing
    await this.#file?.close()
  }

  get #opened(): FileHandle {
    if (this.#file === undefined) throw new Error('The staged file is not open.')
    return this.#file
  }
}

const passTo =
  (callback: Callback) =>
  (reason: unknown): void =>
    callback(toError(reason))

function toError(reason: unknown): Error {
  const error = diskError(reason)
  return error instanceof Error ? error : new Error('Writing failed.', { cause: error })
}
