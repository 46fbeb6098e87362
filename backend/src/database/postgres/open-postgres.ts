import type { Database } from '../database.ts'
import type { Commit } from '../group-commit.ts'
import { type DatabaseIdentity, migrate } from '../migrations/migrate.ts'
import { postgresDdl } from '../migrations/postgres-ddl.ts'
import { kyselyOnClient } from './connection.ts'
import { PostgresStore } from './postgres-store.ts'
import { refuseHalfMoved, refuseUnfit } from './server.ts'
import { lockArguments } from './session.ts'
import { startErrorOf, withConnection } from './short-connection.ts'
import { type PostgresLogger, PostgresWriter } from './writer.ts'

export interface PostgresOptions {
  /** `postgres://…` */
  readonly url: string
  readonly logger?: PostgresLogger
  readonly onCommit?: (commit: Commit) => void
}

const silent: PostgresLogger = { error: () => undefined, info: () => undefined }

/**
 * Brings a database to the program's schema, and opens it for this process alone. Two that start at once migrate one
 * after the other.
 * @throws StartError `DatabaseLocked`, `DatabaseTooNew`, `DatabaseForeign`, or a server that cannot be reached or used
 */
export async function openPostgres({ url, logger = silent, onCommit }: PostgresOptions): Promise<Database> {
  const writer = new PostgresWriter(url, logger)
  try {
    const identity = await prepare(url)
    await writer.start()
    return new PostgresStore({ url, identity, writer, logger, onCommit })
  } catch (error) {
    throw startErrorOf(error)
  }
}

/** Migrates, on a connection of its own: what it does may take long. */
const prepare = (url: string): Promise<DatabaseIdentity> =>
  withConnection(url, 'migration', async (client) => {
    await client.query(`select pg_advisory_lock(${lockArguments('schema')})`)
    await refuseUnfit(client)
    const db = kyselyOnClient(client, { prepares: false })
    const identity = await migrate(db, postgresDdl)
    await refuseHalfMoved(db)
    return identity
  })
