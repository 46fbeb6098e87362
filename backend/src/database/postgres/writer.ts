import { setTimeout as after } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type pg from 'pg'
import type { Outcome } from '../group-commit.ts'
import type { Schema } from '../schema.ts'
import { Batch, type Call } from './batch.ts'
import { kyselyOnClient } from './connection.ts'
import { ServerFailure } from './failures.ts'
import { openSession } from './session.ts'

export interface PostgresLogger {
  error(fields: object, message: string): void
  info(fields: object, message: string): void
}

interface Session {
  readonly client: pg.Client
  readonly db: Kysely<Schema>
}

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 1_000

/** The connection that writes. One that is lost is opened anew, for as long as it takes; meanwhile nothing is stored. */
export class PostgresWriter {
  readonly #url: string
  readonly #logger: PostgresLogger
  #session: Session | undefined
  /** Settles when the first try to get a lost session back has ended, however it did. */
  #firstTry: Promise<void> = Promise.resolve()
  #lostFor: unknown
  readonly #closing = new AbortController()

  constructor(url: string, logger: PostgresLogger) {
    this.#url = url
    this.#logger = logger
  }

  /** @throws DatabaseLocked, or what the driver throws */
  async start(): Promise<void> {
    await this.#open()
  }

  get ready(): boolean {
    return this.#session !== undefined
  }

  /** @throws ServerFailure while there is no session, or when it is lost meanwhile: whether it was stored is then unknown */
  async commit(calls: readonly Call[]): Promise<readonly Outcome[]> {
    if (this.#session === undefined) await this.#firstTry
    if (this.#session === undefined) throw new ServerFailure(this.#lostFor)
    const { client, db } = this.#session
    return new Batch(client, db).commit(calls)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    const session = this.#session
    this.#session = undefined
    await session?.client.end()
  }

  async #open(): Promise<void> {
    const client = await openSession(this.#url, (error) => this.#lose(client, error))
    if (this.#closing.signal.aborted) return await client.end()
    this.#session = { client, db: kyselyOnClient(client, { prepares: true }) }
    client.once('end', () => this.#lose(client, new Error('The connection has ended.')))
  }

  #lose(client: pg.Client, error: Error): void {
    if (this.#session?.client !== client) return
    this.#session = undefined
    this.#lostFor = error
    this.#logger.error({ err: error }, 'The database is gone: nothing is stored until it is back.')
    this.#firstTry = this.#try()
    void this.#firstTry.then(() => this.#reopen())
  }

  async #reopen(): Promise<void> {
    const { signal } = this.#closing
    for (let pause = FIRST_PAUSE_MS; this.#session === undefined; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      await after(pause, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      await this.#try()
    }
    this.#logger.info({}, 'The database is back.')
  }

  async #try(): Promise<void> {
    try {
      await this.#open()
    } catch (error) {
      this.#lostFor = error
    }
  }
}
