import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { builtProgram, type ServerProcess } from './server-process.ts'

const run = promisify(execFile)

async function command(server: ServerProcess, name: 'backup' | 'restore', args: readonly string[]): Promise<void> {
  const environment = { PATH: '', DATA_DIR: server.dataDir }
  await run(process.execPath, [builtProgram(name), ...args], {
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
