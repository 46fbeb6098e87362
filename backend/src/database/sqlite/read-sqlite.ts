import { existsSync } from 'node:fs'
import type { Kysely } from 'kysely'
import { StartError } from '../../shared/start-error.ts'
import { refuseSchema } from '../migrations/migrate.ts'
import { MIGRATIONS } from '../migrations/migrations.ts'
import type { Schema } from '../schema.ts'
import { refuseForeign } from './application-id.ts'
import { openReading } from './connection.ts'
import { schemaVersionOf } from './verify.ts'

/**
 * Reads a database of one moment, in use by a server or not.
 * @throws DatabaseForeign, DatabaseTooNew, StartError where there is none
 */
export async function readSqlite<Result>(file: string, read: (db: Kysely<Schema>) => Promise<Result>): Promise<Result> {
  if (!existsSync(file)) throw new StartError(`There is no database ${file}.`)
  const { raw, db } = openReading(file)
  try {
    refuseForeign(raw, file)
    refuseSchema(schemaVersionOf(raw), MIGRATIONS)
    return await db.transaction().execute(read)
  } finally {
    raw.close()
  }
}
