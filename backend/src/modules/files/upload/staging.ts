import { createReadStream } from 'node:fs'
import { open, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { codeOf } from '../../../shared/code-of.ts'
import { type AppError, invalid, notFound } from '../../../shared/errors.ts'
import { diskError, syncPath, writeNewFileDurably } from '../storage/durable.ts'
import { BlockMemory } from './block-memory.ts'
import { DiskSlots } from './disk-slots.ts'
import { Hashing, type RunningHash } from './hashing.ts'
import { HEAD_BYTES, Head } from './head.ts'
import { StagingSink } from './staging-sink.ts'

export interface WriteOptions {
  readonly maxBytes: number
  readonly onHead: (head: Uint8Array) => void
  /** Where to go on in a file that was made; its size. Left out, it is made. */
  readonly offset?: number
  /** Has taken what is before `offset`; takes what comes. */
  readonly hash?: RunningHash | undefined
  /** Whether what has come of a source that is cut off stays. */
  readonly keepsCut?: boolean
}

const READ_BYTES = 1_048_576

/** Where bytes are while they come in: one file per upload, called by its id. */
export class Staging {
  readonly #directory: string
  readonly #slots = new DiskSlots()
  readonly #memory = new BlockMemory()
  readonly #hashing = new Hashing()

  constructor(directory: string) {
    this.#directory = directory
  }

  pathOf(id: string): string {
    return join(this.#directory, id)
  }

  /**
   * Writes all that the source has. The source is left alive when writing fails: what it belongs to may have more to say.
   * What a file was gone on with is undone then: after a sync that failed nobody knows which bytes of it are on disk.
   * @returns the file's size and head, once its bytes are on disk
   * @throws AppError `PAYLOAD_TOO_LARGE`, `STORAGE_FULL`; `VALIDATION_FAILED` for a source that was cut off; `NOT_FOUND`
   * where what is to be gone on with was removed; what `onHead` throws
   */
  async write(id: string, source: Readable, options: WriteOptions): Promise<{ size: number; head: Uint8Array }> {
    try {
      return await this.#write(id, source, options)
    } catch (error) {
      throw codeOf(error) === 'ENOENT' ? notFound('No such upload.') : error
    }
  }

  async #write(
    id: string,
    source: Readable,
    { maxBytes, onHead, offset, hash, keepsCut = false }: WriteOptions,
  ): Promise<{ size: number; head: Uint8Array }> {
    const head = new Head(offset === undefined || offset === 0 ? undefined : await this.head(id))
    const place = { path: this.pathOf(id), isNew: offset === undefined, offset: offset ?? 0 }
    const { slots, memory } = { slots: this.#slots, memory: this.#memory }
    const sink = new StagingSink({ ...place, maxBytes, hash, head, onHead, slots, memory })
    try {
      await pour(source, sink, keepsCut)
    } catch (error) {
      if (sink.errored !== null && offset !== undefined) await this.#goBack(id, offset)
      throw error
    }
    return { size: sink.position, head: head.bytes }
  }

  /** What cannot be undone is not gone on with either. */
  async #goBack(id: string, size: number): Promise<void> {
    try {
      await this.#truncate(id, size)
    } catch {
      await this.remove(id)
    }
  }

  /** The first bytes of what has arrived. */
  async head(id: string): Promise<Uint8Array> {
    const file = await open(this.pathOf(id), 'r')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  }

  /** Bytes that have arrived; undefined where nothing was begun. */
  async sizeOf(id: string): Promise<number | undefined> {
    return (await stat(this.pathOf(id)).catch(unlessMissing))?.size
  }

  /** Of no bytes yet. */
  startHash(): RunningHash {
    return this.#hashing.start()
  }

  /** Of what has arrived, read from the disk. */
  async hashOf(id: string): Promise<RunningHash> {
    const hash = this.startHash()
    const bytes: AsyncIterable<Uint8Array> = createReadStream(this.pathOf(id), { highWaterMark: READ_BYTES })
    for await (const piece of bytes) await hash.update(piece)
    return hash
  }

  /**
   * From now on, what is written to it may be undone: also by the next start, if nobody says before that it stays.
   * @throws AppError `STORAGE_FULL`
   */
  async beginUndoable(id: string): Promise<void> {
    await this.#writeNew(this.#markOf(id), String((await this.sizeOf(id)) ?? 0))
  }

  /** What was written since `beginUndoable` stays. */
  async keep(id: string): Promise<void> {
    await rm(this.#markOf(id), { force: true })
    await syncPath(this.#directory)
  }

  /** Undoes what was written since `beginUndoable`; nothing where that was not called. */
  async undo(id: string): Promise<void> {
    const mark = await readFile(this.#markOf(id), 'utf8').catch(() => undefined)
    if (mark === undefined) return
    const size = Number(mark)
    // A mark that was not whole yet is older than anything written.
    if (mark !== '' && Number.isSafeInteger(size)) await this.#truncate(id, size)
    await this.keep(id)
  }

  async #truncate(id: string, size: number): Promise<void> {
    const file = await open(this.pathOf(id), 'r+').catch(unlessMissing)
    if (file === undefined) return
    try {
      await file.truncate(size)
      await file.sync()
    } finally {
      await file.close()
    }
  }

  /** Makes it, with no bytes in it. @throws AppError `STORAGE_FULL` */
  async make(id: string): Promise<void> {
    await this.#writeNew(this.pathOf(id), '')
  }

  async #writeNew(path: string, text: string): Promise<void> {
    try {
      await writeNewFileDurably(path, text)
      await syncPath(this.#directory)
    } catch (error) {
      throw diskError(error)
    }
  }

  async remove(id: string): Promise<void> {
    await rm(this.pathOf(id), { force: true })
    await rm(this.#markOf(id), { force: true })
  }

  async close(): Promise<void> {
    await this.#hashing.close()
  }

  #markOf(id: string): string {
    return `${this.pathOf(id)}.undo`
  }
}

/** Somebody may have ended the upload: nothing of it is there then. */
function unlessMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error
}

const cutOff = (): AppError => invalid('The upload was cut off before its end.')

/** As `pipeline`, but that the source is not destroyed: what is left of it flows away. */
function pour(source: Readable, sink: StagingSink, keepsCut: boolean): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let failure: Error | undefined
  const onCut = (): void => {
    failure ??= cutOff()
    if (keepsCut) sink.end()
    else sink.destroy()
  }
  const onSourceClose = (): void => {
    if (!source.readableEnded) onCut()
  }
  source.on('error', onCut)
  source.once('close', onSourceClose)
  sink.once('error', (error) => {
    failure = error
    source.unpipe(sink)
    source.resume()
  })
  sink.once('close', () => {
    source.off('close', onSourceClose)
    if (failure === undefined) resolve()
    else reject(failure)
  })
  if (source.destroyed) onSourceClose()
  else source.pipe(sink)
  return promise
}
