import type { Kysely } from 'kysely'
import type { Commit, Outcome } from './group-commit.ts'
import type { Schema } from './schema.ts'

export type Dialect = 'sqlite' | 'postgres'

/** The rows of a statement, in Kysely's words for SQL and parameters. */
export type DirectQuery = (sql: string, parameters: readonly unknown[]) => unknown[]

/** What an operation is given: queries on its connection (a transaction's when it writes) and what differs by database. */
export interface OperationContext {
  readonly db: Kysely<Schema>
  readonly dialect: Dialect
  /** Runs a statement without Kysely, which costs more than SQLite itself: for prepared queries, where it can be had. */
  readonly direct?: DirectQuery | undefined
  /**
   * Puts work off to the end of the batch, in the same transaction and in the order of the calls: for what is far cheaper
   * done together. Dropped when the operation is undone; a failure of it undoes the whole batch. Not for queries.
   */
  readonly beforeCommit: (work: () => Promise<void>) => void
}

/** What a prepared query runs on. */
export type QueryContext = Pick<OperationContext, 'db' | 'dialect' | 'direct'>

/**
 * Does in a few statements, for inputs in their order, what `run` does for each: where every statement is a round trip.
 * An input whose outcome is an error has written nothing.
 */
export type RunTogether<Input, Output> = (
  context: OperationContext,
  inputs: readonly Input[],
) => Promise<readonly Outcome<Output>[]>

/** A whole piece of work on the database, named so that it can run in another thread: a message carries the name and the input, never a query. */
export interface Operation<Input, Output> {
  readonly id: string
  readonly url: string
  readonly run: (context: OperationContext, input: Input) => Promise<Output>
  /** Used in place of `run` on Postgres. */
  readonly runTogether?: RunTogether<Input, Output> | undefined
}

export interface Database {
  readonly dialect: Dialect
  /** Small reads (a page, a row), on a read-only connection of this thread. */
  readonly read: Kysely<Schema>
  /** The same connection, for prepared queries: what every connection or request reads. */
  readonly reading: QueryContext
  /** Reads that grow with a course (search, statistics, export), off this thread. Input and output must be cloneable (structured clone). */
  query<Input, Output>(operation: Operation<Input, Output>, input: Input): Promise<Output>
  /**
   * Runs the operation in the next group commit, in the order of the calls, and resolves when that commit is on disk.
   * An error undoes this operation alone. An `AppError` that it throws arrives as one.
   * @throws AppError `UNAVAILABLE` when the queue is full or the database is closing
   */
  write<Input, Output>(operation: Operation<Input, Output>, input: Input): Promise<Output>
  /** Starts what the first big read would wait for. */
  warmUp(): Promise<void>
  /** Changes when a database is restored from a backup: positions of before mean nothing any more. */
  readonly epoch: string
  /** Made with the database, and kept by a restore: whose data this is. */
  readonly installationId: string
  /** False while writes or queries cannot be answered. */
  readonly ready: boolean
  /** Takes nothing more; resolves when all that was taken is on disk and the database is closed. */
  close(): Promise<void>
}

/** Waits for what has been begun. @throws StartError */
export type OpenDatabase = (onCommit?: (commit: Commit) => void) => Promise<Database>
