import type { Kysely } from 'kysely'
import type pg from 'pg'
import { z } from 'zod'
import { StartError } from '../../shared/start-error.ts'
import { DatabaseForeign } from '../errors.ts'
import type { Schema } from '../schema.ts'

/** What errors call the database: its address may bear a password. */
export const SHOWN_AS = 'of DATABASE_URL'

/** Stands in `meta` while an installation is being moved into the database: whose. */
export const TRANSFER = 'transfer'

/** What is older has not been looked at. */
const OLDEST = 130_000

const facts = z.tuple([
  z.object({ version: z.int(), encoding: z.string(), tables: z.int(), keys: z.array(z.string()).nullable() }),
])

/** @throws StartError for a server that cannot hold our data, `DatabaseForeign` for a database of something else's */
export async function refuseUnfit(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query(`
    select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
      (select count(*)::int from pg_tables where schemaname = current_schema()) as tables,
      case when to_regclass('meta') is null then null
        else array(select column_name::text from information_schema.columns
          where table_schema = current_schema() and table_name = 'meta' order by column_name) end as keys`)
  const [{ version, encoding, tables, keys }] = facts.parse(rows)
  if (version < OLDEST)
    throw new StartError(
      `The server of DATABASE_URL is PostgreSQL ${Math.floor(version / 10_000)}: 13 or newer is needed.`,
    )
  if (encoding !== 'UTF8')
    throw new StartError(`The database of DATABASE_URL has encoding ${encoding}: UTF8 is needed.`)
  const isOurs = keys?.join() === 'key,value'
  if (tables > 0 && !isOurs) throw new DatabaseForeign('The database of DATABASE_URL')
}

/** @throws StartError while an installation is half moved into it */
export async function refuseHalfMoved(db: Kysely<Schema>): Promise<void> {
  const begun = await db.selectFrom('meta').select('value').where('key', '=', TRANSFER).executeTakeFirst()
  if (begun !== undefined)
    throw new StartError(
      'The database of DATABASE_URL is half of a move: run npm run database:migrate again to its end.',
    )
}
