import Sqlite from 'better-sqlite3'
import type { Operation, OperationContext } from '../database.ts'
import { loadOperation } from '../threads/load-operation.ts'
import { type ClonedOutcome, cloneError, type OperationCall } from '../threads/messages.ts'
import type { Connection } from './connection.ts'

interface Ready {
  readonly operation: Operation<never, unknown>
  readonly input: unknown
}
type Loaded = Ready | { readonly error: unknown }

/**
 * Runs a batch of operations in one transaction. A savepoint costs about as much as one of a message's statements, and
 * nearly every operation succeeds: only a batch of which one fails is run again, each operation in a savepoint of its own.
 */
export class BatchWriter {
  readonly #raw: Sqlite.Database
  readonly #context: OperationContext
  readonly #execute: (text: string) => void
  readonly #putOff: (() => Promise<void>)[] = []

  constructor({ raw, db, direct }: Connection) {
    this.#raw = raw
    this.#context = { db, dialect: 'sqlite', direct, beforeCommit: (work) => this.#putOff.push(work) }
    const statements = new Map<string, Sqlite.Statement>()
    this.#execute = (text) => {
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
    let refused = false
    try {
      return await this.#together(loaded, async (each) => {
        try {
          return await this.#run(each)
        } catch (error) {
          refused = this.#raw.inTransaction && !isStorageFailure(error)
          throw error
        }
      })
    } catch (error) {
      if (!refused) throw error
    }
    return await this.#together(loaded, (each) => this.#inSavepoint(each))
  }

  async #together(
    loaded: readonly Loaded[],
    apply: (ready: Ready) => Promise<ClonedOutcome>,
  ): Promise<ClonedOutcome[]> {
    this.#execute('BEGIN IMMEDIATE')
    try {
      const outcomes: ClonedOutcome[] = []
      for (const each of loaded) outcomes.push('error' in each ? failed(each.error) : await apply(each))
      for (const work of this.#putOff) await work()
      this.#execute('COMMIT')
      return outcomes
    } catch (error) {
      // SQLite has rolled back by itself after some of these errors.
      if (this.#raw.inTransaction) this.#execute('ROLLBACK')
      throw error
    } finally {
      this.#putOff.length = 0
    }
  }

  async #inSavepoint(ready: Ready): Promise<ClonedOutcome> {
    const putOffBefore = this.#putOff.length
    this.#execute('SAVEPOINT operation')
    try {
      const outcome = await this.#run(ready)
      this.#execute('RELEASE operation')
      return outcome
    } catch (error) {
      if (!this.#raw.inTransaction || isStorageFailure(error)) throw error
      this.#putOff.length = putOffBefore
      this.#execute('ROLLBACK TO operation')
      this.#execute('RELEASE operation')
      return failed(error)
    }
  }

  async #run({ operation, input }: Ready): Promise<ClonedOutcome> {
    // `never`: only `Database.write` makes calls, and it ties the input's type to the operation's.
    return { ok: true, value: await operation.run(this.#context, input as never) }
  }
}

const failed = (error: unknown): ClonedOutcome => ({ ok: false, error: cloneError(error) })

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
