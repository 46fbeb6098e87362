import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import type { Schema } from '../schema.ts'
import { askingServer } from './failures.ts'

export interface ConnectionTraits {
  /** What `pg_stat_activity` calls it. */
  readonly name: string
  /** How long one statement may take, on the server and on the way; undefined: as long as it takes. */
  readonly statementMs: number | undefined
  /** Settings of the session. */
  readonly settings?: Readonly<Record<string, string>>
}

const CONNECT_MS = 5_000
const { INT8, NUMERIC } = pg.types.builtins

/** A dead peer is known in half a minute, and what its session held is free. */
const KEEPALIVE = { tcp_keepalives_idle: '10', tcp_keepalives_interval: '5', tcp_keepalives_count: '3' }

/** Compiling a statement takes longer than any of ours runs. */
const NO_COMPILING = { jit: 'off' }

/** What a client or a pool is made with. */
export const connectionOptions = (url: string, { name, statementMs, settings = {} }: ConnectionTraits) => ({
  connectionString: url,
  application_name: `lectern ${name}`,
  connectionTimeoutMillis: CONNECT_MS,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  // The server gives up first; the second is for one that says nothing.
  ...(statementMs !== undefined && { statement_timeout: statementMs, query_timeout: statementMs + 1_000 }),
  options: Object.entries({ ...KEEPALIVE, ...NO_COMPILING, ...settings })
    .map(([setting, value]) => `-c ${setting}=${value}`)
    .join(' '),
  types: {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === INT8 || oid === NUMERIC ? exactNumber : pg.types.getTypeParser(oid, format),
  },
})

/** Times, counters and sums of them: all are whole, and far below what a number holds exactly. */
function exactNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database holds ${text}, which is no safe integer.`)
  return value
}

/** Texts beyond it (an `in (…)` of each length is one of its own) are planned at each run. */
const MAX_PREPARED = 300
const names = new Map<string, string>()

/** What a text is prepared as on every connection that runs it: planning a page costs more than reading it. */
function preparedName(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= MAX_PREPARED) return known
  const name = `q${names.size}`
  names.set(text, name)
  return name
}

type Queryable = Pick<pg.ClientBase, 'query'>

export interface KyselyTraits {
  /** Whether statements are prepared once: not for what is planned by its values. */
  readonly prepares: boolean
}

/** Kysely on a pool, whose `end` ends it. */
export function kyselyOnPool(pool: pg.Pool, traits: KyselyTraits): Kysely<Schema> {
  return kyselyOn({
    options: {},
    connect: async () => {
      const client = await askingServer(() => pool.connect())
      return adapted(client, (destroy) => client.release(destroy), traits)
    },
    end: () => pool.end(),
  })
}

/** Kysely on one connection, which stays its opener's to end. */
export function kyselyOnClient(client: pg.Client, traits: KyselyTraits): Kysely<Schema> {
  const adaptedClient = adapted(client, () => undefined, traits)
  return kyselyOn({ options: {}, connect: async () => adaptedClient, end: async () => undefined })
}

const kyselyOn = (pool: PostgresPool) => new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })

function adapted(client: Queryable, release: PostgresPoolClient['release'], { prepares }: KyselyTraits) {
  // Of the two forms that Kysely's type has, the one with a cursor is not used: the dialect is given none.
  const query: unknown = (text: string, values: readonly unknown[]): Promise<pg.QueryResult> => {
    const name = prepares ? preparedName(text) : undefined
    return askingServer(() => client.query({ text, values: [...values], ...(name !== undefined && { name }) }))
  }
  return { query: query as PostgresPoolClient['query'], release }
}
