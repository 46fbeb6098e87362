import type { Kysely } from 'kysely'
import pg from 'pg'
import { AppError, unavailable } from '../../shared/errors.ts'
import type { Database, Operation, OperationContext, QueryContext } from '../database.ts'
import { type Commit, GroupCommit, type Outcome } from '../group-commit.ts'
import type { DatabaseIdentity } from '../migrations/migrate.ts'
import type { Schema } from '../schema.ts'
import type { Call } from './batch.ts'
import { connectionOptions, kyselyOnPool } from './connection.ts'
import { isDiskFull, ServerFailure } from './failures.ts'
import type { PostgresLogger, PostgresWriter } from './writer.ts'

const READ_MS = 5_000
const QUERY_MS = 30_000
const READERS = 8
const QUERIES_AT_ONCE = 4
/** Big reads under way and waiting; one more is refused. */
const MAX_QUERIES = 1_000
const READ_ONLY = { default_transaction_read_only: 'on' }

export interface PostgresStoreParts {
  readonly url: string
  readonly identity: DatabaseIdentity
  readonly writer: PostgresWriter
  readonly logger: PostgresLogger
  readonly onCommit: ((commit: Commit) => void) | undefined
}

/** A database of a server: small reads and big ones on a pool each, writes on one connection. */
export class PostgresStore implements Database {
  readonly dialect = 'postgres'
  readonly read: Kysely<Schema>
  readonly reading: QueryContext
  readonly epoch: string
  readonly installationId: string
  readonly #parts: PostgresStoreParts
  readonly #queries: Kysely<Schema>
  readonly #writes: GroupCommit<Call>
  #waiting = 0
  #closed: Promise<void> | undefined

  constructor(parts: PostgresStoreParts) {
    const { url, identity, onCommit } = parts
    this.#parts = parts
    this.read = kyselyOnPool(readingPool(url, 'reader', READ_MS, READERS), { prepares: true })
    this.reading = { db: this.read, dialect: this.dialect }
    this.#queries = kyselyOnPool(readingPool(url, 'queries', QUERY_MS, QUERIES_AT_ONCE), { prepares: false })
    this.epoch = identity.epoch
    this.installationId = identity.installationId
    this.#writes = new GroupCommit({ commit: (calls) => this.#commit(calls), onCommit })
  }

  get ready(): boolean {
    return this.#closed === undefined && this.#parts.writer.ready
  }

  async warmUp(): Promise<void> {
    await this.#queries.selectFrom('meta').select('key').limit(1).execute()
  }

  async query<Input, Output>(operation: Operation<Input, Output>, input: Input): Promise<Output> {
    if (this.#closed !== undefined) throw unavailable('The server is shutting down.')
    if (this.#waiting >= MAX_QUERIES) throw unavailable('Too many queries are waiting.')
    this.#waiting += 1
    try {
      // All of an operation's queries see the same moment.
      return await this.#queries
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute((db) => operation.run(readingContext(db), input))
    } finally {
      this.#waiting -= 1
    }
  }

  async write<Input, Output>(operation: Operation<Input, Output>, input: Input): Promise<Output> {
    // The batch runs this very operation: its output is of the operation's type.
    return (await this.#writes.add({ operation, input })) as Output
  }

  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    await this.#writes.close()
    await Promise.all([this.read.destroy(), this.#queries.destroy()])
    await this.#parts.writer.close()
  }

  async #commit(calls: readonly Call[]): Promise<readonly Outcome[]> {
    try {
      return await this.#parts.writer.commit(calls)
    } catch (error) {
      if (error instanceof ServerFailure && !isDiskFull(error.cause)) throw error
      const cause = error instanceof ServerFailure ? error.cause : error
      const isFull = isDiskFull(cause)
      const message = isFull ? 'The disk is full: a commit was not stored.' : 'A commit was not stored.'
      if (!(error instanceof AppError) || isFull)
        this.#parts.logger.error({ err: cause, operations: calls.length }, message)
      throw unavailable('The change could not be stored.')
    }
  }
}

const readingContext = (db: Kysely<Schema>): OperationContext => ({ db, dialect: 'postgres', beforeCommit: refuseWork })

function refuseWork(): never {
  throw new Error('A query stores nothing: nothing can be put off to its commit.')
}

function readingPool(url: string, name: string, statementMs: number, max: number): pg.Pool {
  const pool = new pg.Pool({ ...connectionOptions(url, { name, statementMs, settings: READ_ONLY }), max })
  // One that waits for work has lost its server: whoever comes next gets another, or is told.
  pool.on('error', () => undefined)
  // One that works has lost its server: its query fails. The pool listens to those alone that wait for work, and an error
  // that nobody listens to ends the process.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return pool
}
