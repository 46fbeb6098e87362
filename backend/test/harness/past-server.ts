import Sqlite from 'better-sqlite3'
import { databaseFile } from '../../src/database/sqlite/files.ts'
import { withClient } from './postgres-cluster.ts'

/** Runs a statement in the database of a server, past the server, which may be using it. @returns its rows */
export type PastServer = (statement: string) => Promise<unknown[]>

/** @param databaseUrl of PostgreSQL; undefined: the embedded database of the data directory */
export function pastServer(dataDir: string, databaseUrl: string | undefined): PastServer {
  return databaseUrl === undefined
    ? async (statement) => inSqlite(databaseFile(dataDir), statement)
    : (statement) => withClient(databaseUrl, async (client) => (await client.query(statement)).rows)
}

function inSqlite(file: string, statement: string): unknown[] {
  const database = new Sqlite(file, { fileMustExist: true })
  try {
    const prepared = database.prepare(statement)
    if (prepared.reader) return prepared.all()
    prepared.run()
    return []
  } finally {
    database.close()
  }
}
