import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What is written meanwhile may be more than what is to be left. */
const TRIES = 100

/** A disk of its own in memory. `await using` removes it with all that is on it. */
export interface SmallDisk extends AsyncDisposable {
  readonly path: string
  /** Makes it as large as what is on it, and so many bytes. */
  leave(bytes: number): Promise<void>
}

export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'lectern-disk-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

/** @param options as mount(8) takes them for tmpfs; undefined where this process may not mount */
export async function mountTmpfs(path: string, options: string): Promise<AsyncDisposable | undefined> {
  if (!(await ran('mount', '-t', 'tmpfs', '-o', options, 'tmpfs', path))) return undefined
  return { [Symbol.asyncDispose]: async () => void (await ran('umount', path)) }
}

/** @returns undefined where this process may not mount */
export async function mountSmallDisk(bytes: number): Promise<SmallDisk | undefined> {
  const folder = await temporaryFolder()
  const { path } = folder
  const mounted = await mountTmpfs(path, `size=${bytes}`)
  if (mounted === undefined) {
    await folder[Symbol.asyncDispose]()
    return undefined
  }
  return {
    path,
    leave: async (left) => {
      for (let tries = 0; tries < TRIES; tries++) {
        const { blocks, bfree, bsize } = await statfs(path)
        if (await ran('mount', '-o', `remount,size=${(blocks - bfree) * bsize + left}`, path)) return
      }
      throw new Error(`${path} cannot be made to leave ${left} bytes.`)
    },
    [Symbol.asyncDispose]: async () => {
      await mounted[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

async function ran(program: string, ...args: readonly string[]): Promise<boolean> {
  const [code] = await once(spawn(program, args, { stdio: 'ignore' }), 'close')
  return code === 0
}
