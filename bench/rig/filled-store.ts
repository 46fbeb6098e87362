import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ALWAYS_THERE, quickFolder, startCluster } from '../../backend/test/harness/postgres-cluster.ts'

export interface Size {
  readonly courses: number
  readonly messages: number
}

const backend = (path: string): string => fileURLToPath(new URL(`../../backend/${path}`, import.meta.url))
const SCRIPT = backend('test/fill-chat.script.ts')
const MIGRATIONS = backend('src/database/migrations')

/** A data directory with a filled embedded database, to be copied. */
export const filledSqlite = (size: Size): Promise<string> => kept('sqlite', size, (folder) => fill(folder, size))

/** Data of a PostgreSQL server whose database that is always there is filled, to be copied. */
export const filledPostgres = (size: Size): Promise<string> =>
  kept('postgres', size, async (folder) => {
    await using cluster = await startCluster({ durable: false })
    await fill(cluster.url(ALWAYS_THERE), size)
    // As autovacuum has it after a while.
    await cluster.run('vacuum analyze')
    await cluster.stop()
    await cp(cluster.data, folder, { recursive: true })
  })

/** A million sends take too long: the messages are stored by the server's own operation, while no server runs. */
async function fill(place: string, { courses, messages }: Size): Promise<void> {
  await promisify(execFile)(process.execPath, ['--conditions=source', SCRIPT, place, String(courses), String(messages)])
}

/**
 * Filled once, in memory where there is room for it, and kept in the system's folder for temporary files: one for each size,
 * schema, and way of filling.
 */
async function kept(kind: string, size: Size, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(tmpdir(), `lectern-filled-${kind}-${size.messages}-in-${size.courses}-${await wayOfFilling()}`)
  if (existsSync(folder)) return folder
  const made = await mkdtemp(join(await quickFolder(), 'lectern-filling-'))
  try {
    await make(made)
    const copy = await mkdtemp(`${folder}-`)
    await cp(made, copy, { recursive: true })
    await rename(copy, folder)
  } finally {
    await rm(made, { recursive: true })
  }
  return folder
}

async function wayOfFilling(): Promise<string> {
  const migrations = (await readdir(MIGRATIONS)).sort().map((name) => join(MIGRATIONS, name))
  const texts = await Promise.all([SCRIPT, ...migrations].map((file) => readFile(file)))
  return createHash('sha256').update(Buffer.concat(texts)).digest('hex').slice(0, 12)
}
