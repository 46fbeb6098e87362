import type { Kysely } from 'kysely'
import { newId } from '../../shared/ids.ts'
import { DatabaseTooNew } from '../errors.ts'
import type { Schema } from '../schema.ts'
import type { DdlDialect, Migration } from './migration.ts'
import { MIGRATIONS } from './migrations.ts'

/** What a database says of itself. */
export interface DatabaseIdentity {
  readonly schemaVersion: number
  readonly epoch: string
  readonly installationId: string
}

/**
 * Brings the database to the program's schema: each missing migration in a transaction of its own, forward only.
 * @throws DatabaseTooNew when the database has run migrations that the program does not know
 */
export async function migrate(
  db: Kysely<Schema>,
  ddl: DdlDialect,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<DatabaseIdentity> {
  await db.transaction().execute((transaction) => createMeta(transaction, ddl))
  const { schemaVersion: version } = await identityOf(db)
  refuseSchema(version, migrations)
  for (const [index, migration] of migrations.entries()) {
    if (index < version) continue
    await inTransaction(db, async (transaction) => {
      await migration.up(transaction, ddl)
      await transaction
        .updateTable('meta')
        .set({ value: String(index + 1) })
        .where('key', '=', 'schema_version')
        .execute()
    })
  }
  return identityOf(db)
}

/** Where the disk is full SQLite has rolled back by itself: what failed is to be told, not that there is nothing to undo. */
async function inTransaction(db: Kysely<Schema>, work: (transaction: Kysely<Schema>) => Promise<void>): Promise<void> {
  const transaction = await db.startTransaction().execute()
  try {
    await work(transaction)
    await transaction.commit().execute()
  } catch (error) {
    await transaction
      .rollback()
      .execute()
      .catch(() => undefined)
    throw error
  }
}

/** @throws DatabaseTooNew */
export function refuseSchema(version: number, migrations: readonly Migration[]): void {
  if (version > migrations.length) throw new DatabaseTooNew(version, migrations.length)
}

async function createMeta(db: Kysely<Schema>, ddl: DdlDialect): Promise<void> {
  await db.schema
    .createTable('meta')
    .ifNotExists()
    .addColumn('key', ddl.text, (column) => column.primaryKey().notNull())
    .addColumn('value', ddl.text, (column) => column.notNull())
    .modifyEnd(ddl.keyed)
    .execute()
  await db
    .insertInto('meta')
    .values([
      { key: 'schema_version', value: '0' },
      { key: 'epoch', value: newId() },
      { key: 'installation_id', value: newId() },
    ])
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
}

export const schemaVersionOf = async (db: Kysely<Schema>): Promise<number> => (await identityOf(db)).schemaVersion

export async function identityOf(db: Kysely<Schema>): Promise<DatabaseIdentity> {
  const rows = await db.selectFrom('meta').selectAll().execute()
  const valueAt = (key: string): string => {
    const row = rows.find((candidate) => candidate.key === key)
    if (row === undefined) throw new Error(`The database's meta table has no ${key}.`)
    return row.value
  }
  return {
    schemaVersion: Number(valueAt('schema_version')),
    epoch: valueAt('epoch'),
    installationId: valueAt('installation_id'),
  }
}
