import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { ServerProcess } from './server-process.ts'

const run = promisify(execFile)

async function command(server: ServerProcess, name: 'backup' | 'restore', args: readonly string[]): Promise<void> {
  const file = fileURLToPath(new URL(`../../backend/src/${name}.ts`, import.meta.url))
  const environment = { PATH: '', DATA_DIR: server.dataDir }
  await run(process.execPath, ['--conditions=source', file, ...args], {
    cwd: join(server.dataDir, '..'),
    env: environment,
  })
}

/** As `npm run backup`, while the server runs. @returns the copy's path */
export async function backUp(server: ServerProcess): Promise<string> {
  const copy = join(server.dataDir, '..', 'copy.db')
  await command(server, 'backup', ['--to', copy, '--force'])
  return copy
}

/** As `npm run restore`; the server must have ended. */
export const restore = (server: ServerProcess, copy: string): Promise<void> =>
  command(server, 'restore', ['--from', copy])
