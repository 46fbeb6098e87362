import { constants } from 'node:fs'
import { access, copyFile, open, opendir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { codeOf } from '../../../shared/code-of.ts'
import { unavailable } from '../../../shared/errors.ts'
import { diskError, removeFile, syncPath } from './durable.ts'
import type { ByteRange, ObjectStat, Storage } from './storage.types.ts'

/** Large reads cost a third of the CPU of Node's own 64 KiB. */
const READ_BYTES = 1_048_576

/** Objects as files of one directory, each called by its id. */
export class LocalStorage implements Storage {
  readonly #directory: string

  /** @param directory is there, on the file system of what is staged: taking over is a rename */
  constructor(directory: string) {
    this.#directory = directory
  }

  async put(id: string, stagedPath: string): Promise<void> {
    try {
      await syncPath(stagedPath)
      await rename(stagedPath, this.localPath(id))
      await syncPath(this.#directory)
    } catch (error) {
      throw diskError(error)
    }
  }

  async get(id: string, range?: ByteRange): Promise<Readable> {
    const handle = await open(this.localPath(id), 'r').catch((error: unknown) => {
      throw codeOf(error) === 'ENOENT' ? unavailable('The bytes of this file are not there.') : error
    })
    return handle.createReadStream({ ...range, highWaterMark: READ_BYTES })
  }

  async stat(id: string): Promise<ObjectStat | undefined> {
    try {
      const { size, mtimeMs } = await stat(this.localPath(id))
      return { size, modifiedAt: Math.trunc(mtimeMs) }
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw error
    }
  }

  async copy(from: string, to: string): Promise<void> {
    const path = this.localPath(to)
    try {
      // Where the file system can, both share their blocks.
      await copyFile(this.localPath(from), path, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
      await syncPath(path)
      await syncPath(this.#directory)
    } catch (error) {
      if (codeOf(error) === 'ENOENT') throw unavailable('The bytes of this file are not there.')
      throw diskError(error)
    }
  }

  /** One sync for all: it is what deleting waits for. */
  async delete(ids: readonly string[]): Promise<void> {
    for (const id of ids) await removeFile(this.localPath(id))
    await syncPath(this.#directory)
  }

  async *list(): AsyncGenerator<{ id: string; size: number }> {
    for await (const { name } of await opendir(this.#directory)) {
      const found = await this.stat(name)
      if (found !== undefined) yield { id: name, size: found.size }
    }
  }

  /** A disk has no address of its own. */
  signedUrl(): Promise<undefined> {
    return Promise.resolve(undefined)
  }

  /** A volume that is no longer mounted leaves no such directory. */
  async check(): Promise<void> {
    await access(this.#directory, constants.R_OK | constants.W_OK)
  }

  localPath(id: string): string {
    return join(this.#directory, id)
  }
}
