import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'lectern-upload-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

/** @param options as mount(8) takes them for tmpfs; undefined where this process may not mount */
export async function mountTmpfs(path: string, options: string): Promise<AsyncDisposable | undefined> {
  const [code] = await once(spawn('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path]), 'close')
  if (code !== 0) return undefined
  return { [Symbol.asyncDispose]: async () => void (await once(spawn('umount', [path]), 'close')) }
}
