import { open, unlink } from 'node:fs/promises'
import { codeOf } from '../../../shared/code-of.ts'
import { AppError } from '../../../shared/errors.ts'

const FULL: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT'])

/** A disk without room is the caller's to know; any other error stays what it is. */
export function diskError(error: unknown): unknown {
  if (!FULL.has(codeOf(error))) return error
  return new AppError('STORAGE_FULL', 'The server’s disk is full.', { reason: 'disk' })
}

/** On a directory: the names in it are on disk then; on a file: its bytes. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** @throws Error `EEXIST` when there is such a file */
export async function writeNewFileDurably(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** One call of the system, which `rm` is not. What is not there is removed already. */
export async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}
