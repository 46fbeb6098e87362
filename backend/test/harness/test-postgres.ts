import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { inject } from 'vitest'
import { openPostgres } from '../../src/database/postgres/open-postgres.ts'
import { withClient } from './postgres-cluster.ts'

/** A database of its own on the server of the project's tests, which goes with the server: dropping one takes a checkpoint. */
export interface TestPostgres {
  readonly url: string
}

/** What new databases are copied from: brought to the program's schema once. */
const TEMPLATE = 'lectern_template'
const NEW_IDENTITY = `update meta set value = gen_random_uuid() where key in ('epoch', 'installation_id')`

/**
 * @param isEmpty without the program's schema
 * @returns undefined where the project's tests run on SQLite
 */
export async function newTestPostgres({ isEmpty = false } = {}): Promise<TestPostgres | undefined> {
  const server = inject('postgres')
  if (server === undefined) return undefined
  const urlOf = (database: string) => server.replace('/postgres?', `/${database}?`)
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await withClient(server, async (admin) => {
    if (!isEmpty) await makeTemplate(admin, urlOf(TEMPLATE))
    await admin.query(`create database ${name} template ${isEmpty ? 'template1' : TEMPLATE}`)
  })
  // Whose data it is differs from one installation to the next.
  if (!isEmpty) await withClient(urlOf(name), (client) => client.query(NEW_IDENTITY))
  return { url: urlOf(name) }
}

/** One process makes it, the others wait. */
async function makeTemplate(admin: pg.Client, url: string): Promise<void> {
  await admin.query('select pg_advisory_lock(1)')
  try {
    const { rowCount } = await admin.query(`select from pg_database where datname = '${TEMPLATE}'`)
    if (rowCount === 1) return
    await admin.query(`create database ${TEMPLATE}`)
    await (await openPostgres({ url })).close()
  } finally {
    await admin.query('select pg_advisory_unlock(1)')
  }
}
