import Sqlite from 'better-sqlite3'
import { DatabaseForeign } from '../errors.ts'

/** “LCTN”, in the header of every database file of ours. */
const APPLICATION_ID = 0x4c43544e

/**
 * Marks an empty file as ours.
 * @throws DatabaseForeign when it is neither empty nor ours
 */
export function claim(raw: Sqlite.Database, file: string): void {
  if (inFile(raw, file, isEmpty)) raw.pragma(`application_id = ${APPLICATION_ID}`)
  else refuseForeign(raw, file)
}

/** @throws DatabaseForeign when the file is not ours; an empty one is not */
export function refuseForeign(raw: Sqlite.Database, file: string): void {
  const id = inFile(raw, file, () => raw.pragma('application_id', { simple: true }))
  if (id !== APPLICATION_ID) throw new DatabaseForeign(file)
}

/** SQLite looks into a file when it is first asked for something, not when it is opened. */
function inFile<T>(raw: Sqlite.Database, file: string, look: (raw: Sqlite.Database) => T): T {
  try {
    return look(raw)
  } catch (cause) {
    if (cause instanceof Sqlite.SqliteError && cause.code === 'SQLITE_NOTADB')
      throw new DatabaseForeign(file, { cause })
    throw cause
  }
}

const isEmpty = (raw: Sqlite.Database): boolean =>
  raw.prepare('select 1 from sqlite_schema limit 1').get() === undefined
