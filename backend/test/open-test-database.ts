import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../src/database/database.ts'
import { openSqlite, type SqliteOptions } from '../src/database/sqlite/open-sqlite.ts'

export interface TestDatabase extends AsyncDisposable {
  readonly database: Database
  readonly file: string
  /** Closes it, and opens the same file again, as a restart of the server does. */
  reopen(): Promise<Database>
}

/** A database of its own in a new folder; `await using` closes it and removes the folder. */
export async function openTestDatabase(options: Omit<SqliteOptions, 'file'> = {}): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-database-'))
  const file = join(folder, 'lectern.db')
  let database = await openSqlite({ ...options, file })
  return {
    get database() {
      return database
    },
    file,
    reopen: async () => {
      await database.close()
      database = await openSqlite({ ...options, file })
      return database
    },
    [Symbol.asyncDispose]: async () => {
      await database.close()
      await rm(folder, { recursive: true })
    },
  }
}
