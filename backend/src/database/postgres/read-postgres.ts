import type { Kysely } from 'kysely'
import { refuseSchema, schemaVersionOf } from '../migrations/migrate.ts'
import { MIGRATIONS } from '../migrations/migrations.ts'
import type { Schema } from '../schema.ts'
import { kyselyOnClient } from './connection.ts'
import { refuseUnfit } from './server.ts'
import { withConnection } from './short-connection.ts'

/**
 * Reads a database of one moment, in use by a server or not.
 * @throws DatabaseForeign, DatabaseTooNew, StartError where there is none
 */
export const readPostgres = <Result>(url: string, read: (db: Kysely<Schema>) => Promise<Result>): Promise<Result> =>
  withConnection(url, 'reader', async (client) => {
    await refuseUnfit(client)
    const db = kyselyOnClient(client, { prepares: false })
    return await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (transaction) => {
        refuseSchema(await schemaVersionOf(transaction), MIGRATIONS)
        return await read(transaction)
      })
  })
