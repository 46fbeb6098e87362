import type { Kysely } from 'kysely'
import { AppError, unavailable } from '../../shared/errors.ts'
import type { Database, Operation, QueryContext } from '../database.ts'
import { type Commit, GroupCommit, type Outcome } from '../group-commit.ts'
import type { DatabaseIdentity } from '../migrations/migrate.ts'
import type { Schema } from '../schema.ts'
import {
  type ClonedOutcome,
  type OperationCall,
  obstacleToCloning,
  revivedOutcome,
  ThreadError,
} from '../threads/messages.ts'
import type { RestartingThread, ThreadLogger } from '../threads/restarting-thread.ts'
import type { Connection } from './connection.ts'

/** Big reads under way and waiting; one more is refused. */
const MAX_QUERIES = 1_000

export interface SqliteStoreParts {
  readonly connection: Connection
  readonly identity: DatabaseIdentity
  readonly writer: RestartingThread<readonly OperationCall[], DatabaseIdentity>
  readonly reader: RestartingThread<OperationCall, null>
  readonly logger: ThreadLogger
  readonly onCommit: ((commit: Commit) => void) | undefined
  readonly unlock: () => void
}

/** The embedded database: small reads here, writes and big reads in a thread each. */
export class SqliteStore implements Database {
  readonly dialect = 'sqlite'
  readonly read: Kysely<Schema>
  readonly reading: QueryContext
  readonly epoch: string
  readonly installationId: string
  readonly #parts: SqliteStoreParts
  readonly #writes: GroupCommit<OperationCall>
  #queries = 0
  #closed: Promise<void> | undefined

  constructor(parts: SqliteStoreParts) {
    this.#parts = parts
    const { db, direct } = parts.connection
    this.read = db
    this.reading = { db, direct, dialect: this.dialect }
    this.epoch = parts.identity.epoch
    this.installationId = parts.identity.installationId
    this.#writes = new GroupCommit({ commit: (calls) => this.#commit(calls), onCommit: parts.onCommit })
  }

  get ready(): boolean {
    return this.#closed === undefined && this.#parts.writer.ready && this.#parts.reader.ready
  }

  warmUp(): Promise<void> {
    return this.#parts.reader.warmUp()
  }

  async query<Input, Output>({ id, url }: Operation<Input, Output>, input: Input): Promise<Output> {
    if (this.#closed !== undefined) throw unavailable('The server is shutting down.')
    if (this.#queries >= MAX_QUERIES) throw unavailable('Too many queries are waiting.')
    this.#queries += 1
    try {
      // The thread ran this very operation: its output is of the operation's type.
      return (await this.#parts.reader.request({ id, url, input })) as Output
    } finally {
      this.#queries -= 1
    }
  }

  async write<Input, Output>({ id, url }: Operation<Input, Output>, input: Input): Promise<Output> {
    // As above.
    return (await this.#writes.add({ id, url, input })) as Output
  }

  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    const { writer, reader, connection, unlock } = this.#parts
    await this.#writes.close()
    await reader.close()
    connection.raw.close()
    // Last of the connections: the one that may write moves the log into the database and removes it.
    await writer.close()
    unlock()
  }

  async #commit(calls: readonly OperationCall[]): Promise<readonly Outcome[]> {
    try {
      return outcomesOf(await this.#parts.writer.request(calls))
    } catch (error) {
      if (error instanceof AppError) throw error
      if (error instanceof DOMException) return this.#commitWhatTravels(calls)
      this.#parts.logger.error({ err: error, operations: calls.length }, storageMessage(error))
      throw unavailable('The change could not be stored.')
    }
  }

  /** One input that cannot be sent to the thread is its own caller's error, not that of the others in the batch. */
  async #commitWhatTravels(calls: readonly OperationCall[]): Promise<readonly Outcome[]> {
    const obstacles = calls.map((call) => obstacleToCloning(call.input))
    const rest = calls.filter((_, index) => obstacles[index] === undefined)
    const outcomes = (rest.length > 0 ? await this.#commit(rest) : []).values()
    return obstacles.flatMap((error) => {
      const outcome = error === undefined ? outcomes.next().value : ({ ok: false, error } as const)
      return outcome === undefined ? [] : [outcome]
    })
  }
}

/** The writer answers every batch so; its thread is ours. */
const outcomesOf = (reply: unknown): Outcome[] => (reply as ClonedOutcome[]).map(revivedOutcome)

const storageMessage = (error: unknown): string =>
  error instanceof ThreadError && error.code === 'SQLITE_FULL'
    ? 'The disk is full: a commit was not stored.'
    : 'A commit was not stored.'
