import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../src/database/database.ts'
import { openPostgres } from '../src/database/postgres/open-postgres.ts'
import { openSqlite, type SqliteOptions } from '../src/database/sqlite/open-sqlite.ts'
import { type PastServer, pastServer } from './harness/past-server.ts'
import { newTestPostgres } from './harness/test-postgres.ts'

export interface TestDatabase extends AsyncDisposable {
  readonly database: Database
  /** Removed with it. */
  readonly folder: string
  /** Of SQLite alone. */
  readonly file: string
  /** What a process of its own is started with, to use it too. */
  readonly environment: Record<string, string>
  /** Past the program, as whoever has the database. */
  readonly past: PastServer
  /** Closes it, and opens the same database again, as a restart of the server does. */
  reopen(): Promise<Database>
}

/** A database of its own, of the kind that the project's tests run on; `await using` closes and removes it. */
export async function openTestDatabase(options: Omit<SqliteOptions, 'file'> = {}): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-database-'))
  const file = join(folder, 'lectern.db')
  const postgres = await newTestPostgres()
  const reported = options.onCommit === undefined ? {} : { onCommit: options.onCommit }
  const open = () =>
    postgres === undefined ? openSqlite({ ...options, file }) : openPostgres({ url: postgres.url, ...reported })
  let database = await open()
  return {
    get database() {
      return database
    },
    folder,
    get file() {
      if (postgres !== undefined) throw new Error('This test is of SQLite alone.')
      return file
    },
    environment: postgres === undefined ? { DATA_DIR: folder } : { DATABASE_URL: postgres.url },
    past: pastServer(folder, postgres?.url),
    reopen: async () => {
      await database.close()
      database = await open()
      return database
    },
    [Symbol.asyncDispose]: async () => {
      await database.close()
      await rm(folder, { recursive: true })
    },
  }
}
