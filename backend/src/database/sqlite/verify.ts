import Sqlite from 'better-sqlite3'
import { StartError } from '../../shared/start-error.ts'
import { refuseSchema } from '../migrations/migrate.ts'
import { MIGRATIONS } from '../migrations/migrations.ts'
import { refuseForeign } from './application-id.ts'

/**
 * Reads the whole database file.
 * @param file one file without a log beside it
 * @param shownAs what the errors call it
 * @throws DatabaseForeign, DatabaseTooNew, StartError when it is damaged
 */
export function verifyDatabase(file: string, shownAs: string): void {
  const raw = new Sqlite(file, { fileMustExist: true })
  try {
    refuseForeign(raw, shownAs)
    refuseSchema(schemaVersionOf(raw), MIGRATIONS)
    const damage = raw.pragma('integrity_check(1)', { simple: true })
    if (damage !== 'ok') throw new StartError(`${shownAs} is damaged: ${String(damage)}.`)
  } catch (cause) {
    if (cause instanceof Sqlite.SqliteError) throw new StartError(`${shownAs} is damaged: ${cause.message}.`, { cause })
    throw cause
  } finally {
    raw.close()
  }
}

/** @throws SqliteError where the file is no database of ours */
export function schemaVersionOf(raw: Sqlite.Database): number {
  return Number(raw.prepare(`select value from meta where key = 'schema_version'`).pluck().get())
}
