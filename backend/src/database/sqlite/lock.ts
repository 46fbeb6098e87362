import Sqlite from 'better-sqlite3'
import { DatabaseLocked } from '../errors.ts'

/** `lectern.db` → `lectern.lock`. */
const lockFileOf = (file: string): string => `${file.replace(/\.db$/, '')}.lock`

/**
 * Takes the database for this process, by an exclusive lock on a file beside it that the operating system gives up with
 * the process, however it ends. The file stays; it means nothing without the lock.
 * @returns what gives it back
 * @throws DatabaseLocked
 */
export function lockDatabase(file: string): () => void {
  const lock = new Sqlite(lockFileOf(file), { timeout: 0 })
  try {
    // In memory: a lock that writes nothing needs no journal file.
    lock.pragma('journal_mode = MEMORY')
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    const held = cause instanceof Sqlite.SqliteError && cause.code.startsWith('SQLITE_BUSY')
    throw held ? new DatabaseLocked(file, { cause }) : cause
  }
  return () => lock.close()
}
