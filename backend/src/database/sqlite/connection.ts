import Sqlite from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { DirectQuery } from '../database.ts'
import type { Schema } from '../schema.ts'
import { claim } from './application-id.ts'
import { cachingStatements } from './statement-cache.ts'

/** How long a statement waits for a lock that another connection holds (a backup's end, a checkpoint). */
const BUSY_TIMEOUT_MS = 5_000
const CACHE_KIB = 32 * 1024
/** A page that many commits change is written into the database once; the log is read through at the start. */
const CHECKPOINT_PAGES = 4_000
const WAL_LIMIT_BYTES = 64 * 1024 * 1024

export interface Connection {
  readonly raw: Sqlite.Database
  readonly db: Kysely<Schema>
  readonly direct: DirectQuery
}

/**
 * Opens a database of ours, or makes one of an empty or missing file.
 * Commits are on disk when they return: in WAL, `synchronous=FULL` syncs the log at each commit.
 * No memory map: an I/O error in one ends the process (SIGBUS), where a read's is an error to answer.
 * @throws DatabaseForeign
 */
export function openWriting(file: string): Connection {
  const raw = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS })
  try {
    claim(raw, file)
    configureWriting(raw)
  } catch (error) {
    raw.close()
    throw error
  }
  return connectionOn(raw)
}

function configureWriting(raw: Sqlite.Database): void {
  raw.pragma('journal_mode = WAL')
  raw.pragma('synchronous = FULL')
  // macOS only: there a plain fsync may leave data in the drive's cache.
  raw.pragma('fullfsync = ON')
  raw.pragma('foreign_keys = ON')
  raw.pragma(`cache_size = -${CACHE_KIB}`)
  raw.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  raw.pragma(`journal_size_limit = ${WAL_LIMIT_BYTES}`)
}

/** For a database that has been opened for writing before. */
export function openReading(file: string): Connection {
  const raw = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS, readonly: true, fileMustExist: true })
  raw.pragma('query_only = ON')
  return connectionOn(raw)
}

function connectionOn(raw: Sqlite.Database): Connection {
  const database = cachingStatements(raw)
  return {
    raw,
    db: new Kysely<Schema>({ dialect: new SqliteDialect({ database }) }),
    direct: (sql, parameters) => {
      const statement = database.prepare(sql)
      if (statement.reader) return statement.all(parameters)
      statement.run(parameters)
      return []
    },
  }
}
