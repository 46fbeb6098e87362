import Sqlite from 'better-sqlite3'
import type { Operation, OperationContext } from '../database.ts'
import { loadOperation } from '../threads/load-operation.ts'
import { type ClonedOutcome, cloneError, type OperationCall } from '../threads/messages.ts'
import type { Connection } from './connection.ts'

type Loaded = { readonly operation: Operation<never, unknown>; readonly input: unknown } | { readonly error: unknown }

/** Runs a batch of operations in one transaction, each in a savepoint of its own. */
export class BatchWriter {
  readonly #raw: Sqlite.Database
  readonly #context: OperationContext
  readonly #run: (text: string) => void
  readonly #putOff: (() => Promise<void>)[] = []

  constructor({ raw, db, direct }: Connection) {
    this.#raw = raw
    this.#context = { db, dialect: 'sqlite', direct, beforeCommit: (work) => this.#putOff.push(work) }
    const statements = new Map<string, Sqlite.Statement>()
    this.#run = (text) => {
      const statement = statements.get(text) ?? raw.prepare(text)
      statements.set(text, statement)
      statement.run()
    }
  }

  /**
   * @returns an outcome for each call, in their order, when the commit is on disk
   * @throws Error when nothing of the batch was stored
   */
  async commit(calls: readonly OperationCall[]): Promise<ClonedOutcome[]> {
    const loaded = await Promise.all(calls.map(load))
    this.#run('BEGIN IMMEDIATE')
    try {
      const outcomes: ClonedOutcome[] = []
      for (const each of loaded) outcomes.push(await this.#apply(each))
      for (const work of this.#putOff) await work()
      this.#run('COMMIT')
      return outcomes
    } catch (error) {
      // SQLite has rolled back by itself after some of these errors.
      if (this.#raw.inTransaction) this.#run('ROLLBACK')
      throw error
    } finally {
      this.#putOff.length = 0
    }
  }

  async #apply(loaded: Loaded): Promise<ClonedOutcome> {
    if ('error' in loaded) return { ok: false, error: cloneError(loaded.error) }
    const putOffBefore = this.#putOff.length
    this.#run('SAVEPOINT operation')
    try {
      // `never`: only `Database.write` makes calls, and it ties the input's type to the operation's.
      const value = await loaded.operation.run(this.#context, loaded.input as never)
      this.#run('RELEASE operation')
      return { ok: true, value }
    } catch (error) {
      if (!this.#raw.inTransaction || isStorageFailure(error)) throw error
      this.#putOff.length = putOffBefore
      this.#run('ROLLBACK TO operation')
      this.#run('RELEASE operation')
      return { ok: false, error: cloneError(error) }
    }
  }
}

/** The disk's failure, not the operation's: the others of the batch cannot be relied upon either. */
function isStorageFailure(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && /^SQLITE_(FULL|IOERR|NOMEM|READONLY)/.test(error.code)
}

async function load(call: OperationCall): Promise<Loaded> {
  try {
    return { operation: await loadOperation(call), input: call.input }
  } catch (error) {
    return { error }
  }
}
