import type { Kysely } from 'kysely'
import { StartError } from '../shared/start-error.ts'
import type { Database } from './database.ts'
import { defineOperations } from './operations.ts'
import type { Schema } from './schema.ts'

interface Kept {
  readonly key: string
  readonly value: string
}

const operations = defineOperations(import.meta.url, {
  async keep({ db }, { key, value }: Kept): Promise<string> {
    await db
      .insertInto('meta')
      .values({ key, value })
      .onConflict((known) => known.column('key').doNothing())
      .execute()
    return await keptValue(db, key)
  },
})

/** @throws StartError where nothing is kept under the key */
export async function keptValue(db: Kysely<Schema>, key: string): Promise<string> {
  const { value } = await db
    .selectFrom('meta')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirstOrThrow(() => new StartError(`There is no ${key} in the database: no server has used it.`))
  return value
}

/** Keeps a value with the database unless one is there already. However many do so at once, all get the same. */
export const keep = (database: Database, key: string, value: string): Promise<string> =>
  database.write(operations.keep, { key, value })

/** Where a database keeps what signs local tokens (base64); the embedded one leaves that to a file. */
export const LOCAL_TOKEN_KEY = 'local_token_key'
