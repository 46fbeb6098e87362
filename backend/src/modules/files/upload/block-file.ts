import { constants, type FileHandle, open } from 'node:fs/promises'
import { codeOf } from '../../../shared/code-of.ts'
import type { DiskSlots } from './disk-slots.ts'

/** What the disk takes without the system's cache begins, and ends, at a multiple of it: of disks' sectors the largest. */
const SECTOR_BYTES = 4096
/** The disk is asked that often: else its cache, and the system's, would keep all of it for the sync at the end. */
const SYNC_EVERY_BYTES = 16_777_216

/**
 * A file that is written from its beginning, or from where it ended, block by block. Whole sectors go past the system's cache
 * (`O_DIRECT`) where the file system knows that: what waits in the cache is what the database's next sync waits for.
 */
export class BlockFile {
  readonly #path: string
  readonly #file: FileHandle
  readonly #slots: DiskSlots
  #direct: Promise<FileHandle | undefined> | undefined
  #unsynced = 0
  /** The sync under way, or the last one: its failure is told by whoever waits for it next. */
  #syncing: Promise<void> = Promise.resolve()

  /** @throws Error `ENOENT` where it is to be gone on with, and somebody has removed it */
  static async open(path: string, { isNew, slots }: { isNew: boolean; slots: DiskSlots }): Promise<BlockFile> {
    return new BlockFile(path, await open(path, isNew ? 'w' : 'r+', 0o600), slots)
  }

  private constructor(path: string, file: FileHandle, slots: DiskSlots) {
    this.#path = path
    this.#file = file
    this.#slots = slots
  }

  /** One at a time. */
  async append(block: Uint8Array, position: number): Promise<void> {
    // A disk that fills up takes what fits, and says why only when asked for the rest.
    for (let written = 0; written < block.length; ) {
      written += await this.#write(block.subarray(written), position + written)
    }
    await this.#syncAhead(block.length)
  }

  /** Its bytes are on disk then. */
  async sync(): Promise<void> {
    await this.#syncing
    await this.#slots.run(() => this.#file.sync())
  }

  async close(): Promise<void> {
    await this.#syncing.catch(() => undefined)
    const direct = await this.#direct?.catch(() => undefined)
    await Promise.all([this.#file.close(), direct?.close()])
  }

  async #write(bytes: Uint8Array, position: number): Promise<number> {
    if ((position | bytes.length) % SECTOR_BYTES === 0) {
      this.#direct ??= openDirect(this.#path)
      const direct = await this.#direct
      if (direct !== undefined) return this.#writeDirect(direct, bytes, position)
    }
    const { bytesWritten } = await this.#slots.run(() => this.#file.write(bytes, 0, bytes.length, position))
    return bytesWritten
  }

  /** Goes on while the disk syncs, and waits where it has not done so with what came before. */
  async #syncAhead(bytes: number): Promise<void> {
    this.#unsynced += bytes
    if (this.#unsynced < SYNC_EVERY_BYTES) return
    this.#unsynced = 0
    await this.#syncing
    this.#syncing = this.#slots.run(() => this.#file.datasync())
    this.#syncing.catch(() => undefined)
  }

  async #writeDirect(direct: FileHandle, bytes: Uint8Array, position: number): Promise<number> {
    try {
      const { bytesWritten } = await this.#slots.run(() => direct.write(bytes, 0, bytes.length, position))
      return bytesWritten
    } catch (error) {
      if (codeOf(error) !== 'EINVAL') throw error
      // Sectors that are larger still, or memory that the disk cannot read: through the cache, then.
      this.#direct = Promise.resolve(undefined)
      await direct.close()
      return 0
    }
  }
}

/** Undefined where the file system, or the system itself, does not know it. */
async function openDirect(path: string): Promise<FileHandle | undefined> {
  if (constants.O_DIRECT === undefined) return undefined
  try {
    return await open(path, constants.O_WRONLY | constants.O_DIRECT)
  } catch (error) {
    if (codeOf(error) === 'EINVAL') return undefined
    throw error
  }
}
