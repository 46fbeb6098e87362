import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { migrate } from '../src/database/migrations/migrate.ts'
import { MIGRATIONS } from '../src/database/migrations/migrations.ts'
import { sqliteDdl } from '../src/database/migrations/sqlite-ddl.ts'
import { type Connection, openWriting } from '../src/database/sqlite/connection.ts'

/** An embedded database as the migrations before `name` make it, and what brings it past that one; gone with the test. */
export async function storeBefore(
  name: string,
  within = tmpdir(),
): Promise<Connection & { readonly goOn: () => Promise<unknown> }> {
  const at = MIGRATIONS.findIndex((migration) => migration.name === name)
  const folder = mkdtempSync(join(within, 'lectern-store-before-'))
  const connection = openWriting(join(folder, 'lectern.db'))
  onTestFinished(() => {
    connection.raw.close()
    rmSync(folder, { recursive: true, force: true })
  })
  await migrate(connection.db, sqliteDdl, MIGRATIONS.slice(0, at))
  return { ...connection, goOn: () => migrate(connection.db, sqliteDdl, MIGRATIONS.slice(0, at + 1)) }
}
