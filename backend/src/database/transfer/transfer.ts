import { existsSync } from 'node:fs'
import { type Kysely, sql } from 'kysely'
import type pg from 'pg'
import { StartError } from '../../shared/start-error.ts'
import { LOCAL_TOKEN_KEY } from '../kept.ts'
import { type DatabaseIdentity, identityOf, migrate } from '../migrations/migrate.ts'
import { postgresDdl } from '../migrations/postgres-ddl.ts'
import { kyselyOnClient } from '../postgres/connection.ts'
import { refuseUnfit, TRANSFER } from '../postgres/server.ts'
import { lockArguments } from '../postgres/session.ts'
import { withConnection } from '../postgres/short-connection.ts'
import type { Schema } from '../schema.ts'
import { lockDatabase } from '../sqlite/lock.ts'
import { readSqlite } from '../sqlite/read-sqlite.ts'
import { chunksAfter, digestOf, insertRows, lastOf, type Made, type Row } from './rows.ts'
import { type KeyedTable, NUMBERED, TABLES } from './tables.ts'

type Db = Kysely<Schema>

export interface Transfer {
  /** The embedded database; no server may use it. */
  readonly file: string
  /** `postgres://…` of an empty database, or of one that the same transfer has begun to fill. */
  readonly url: string
  /** What signs local tokens, base64. */
  readonly localTokenKey: string
  /** What of a message the target's table has besides: that by which it is found. */
  readonly searchOf: (row: Row) => unknown
}

/**
 * Copies an embedded database, of one moment, and compares every row. Broken off, it goes on where it was; it deletes
 * nothing, and until it is through no server starts on the copy.
 * @returns how many rows there are
 * @throws DatabaseLocked, DatabaseForeign, DatabaseTooNew; StartError where the target holds anything else, or differs
 */
export async function transferToPostgres(transfer: Transfer): Promise<number> {
  if (!existsSync(transfer.file)) throw new StartError(`There is no database ${transfer.file}.`)
  const unlock = lockDatabase(transfer.file)
  try {
    return await readSqlite(transfer.file, (source) =>
      withConnection(transfer.url, 'transfer', (client) => copyInto(client, source, transfer)),
    )
  } finally {
    unlock()
  }
}

async function copyInto(client: pg.Client, source: Db, transfer: Transfer): Promise<number> {
  await client.query(`select pg_advisory_lock(${lockArguments('schema')})`)
  await refuseUnfit(client)
  const target = kyselyOnClient(client, { prepares: false })
  await migrate(target, postgresDdl)
  const identity = await identityOf(source)
  await claim(target, identity)
  for (const table of TABLES) await copyTable(source, target, table, transfer)
  for (const name of NUMBERED) await goOnBehind(target, name)
  let rows = 0
  for (const table of TABLES) rows += await compare(source, target, table)
  await finish(target, identity, transfer.localTokenKey)
  return rows
}

/** @throws StartError unless the target is empty, or this installation's half-done copy */
async function claim(target: Db, { installationId }: DatabaseIdentity): Promise<void> {
  const begun = await target.selectFrom('meta').select('value').where('key', '=', TRANSFER).executeTakeFirst()
  if (begun?.value === installationId) return
  for (const table of TABLES) {
    if (begun !== undefined || (await lastOf(target, table)) !== undefined)
      throw new StartError('The database of --to holds data already: an empty one is needed.')
  }
  await target.insertInto('meta').values({ key: TRANSFER, value: installationId }).execute()
}

async function copyTable(source: Db, target: Db, table: KeyedTable, { searchOf }: Transfer): Promise<void> {
  const more = besides(table, searchOf)
  for await (const rows of chunksAfter(source, table, await lastOf(target, table)))
    await insertRows(target, table, rows, more)
}

/** What the target's table has and the source's has not. */
const besides = ({ name }: KeyedTable, searchOf: Transfer['searchOf'] = () => null): Made =>
  name === 'messages' ? { search: searchOf } : {}

const goOnBehind = (target: Db, name: string) =>
  sql`select setval(pg_get_serial_sequence(${name}, 'row_id'), max(row_id)) from ${sql.table(name)}`.execute(target)

async function compare(source: Db, target: Db, table: KeyedTable): Promise<number> {
  const before = await digestOf(source, table)
  const after = await digestOf(target, table, Object.keys(besides(table)))
  if (before.count !== after.count || before.sha256 !== after.sha256) {
    throw new StartError(
      `${table.name} differs: ${before.count} rows (${before.sha256}) became ${after.count} (${after.sha256}). Was the server started in between? Begin anew with an empty database.`,
    )
  }
  return after.count
}

/** From here on the copy is the installation: its identity, its secrets. */
async function finish(target: Db, { epoch, installationId }: DatabaseIdentity, localTokenKey: string): Promise<void> {
  const meta = { epoch, installation_id: installationId, [LOCAL_TOKEN_KEY]: localTokenKey }
  await target.transaction().execute(async (db) => {
    await db
      .insertInto('meta')
      .values(Object.entries(meta).map(([key, value]) => ({ key, value })))
      .onConflict((known) => known.column('key').doUpdateSet(({ ref }) => ({ value: ref('excluded.value') })))
      .execute()
    await db.deleteFrom('meta').where('key', '=', TRANSFER).execute()
  })
}
