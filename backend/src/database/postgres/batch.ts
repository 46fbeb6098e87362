import type { Kysely } from 'kysely'
import type pg from 'pg'
import type { Operation, OperationContext } from '../database.ts'
import type { Outcome } from '../group-commit.ts'
import type { Schema } from '../schema.ts'
import { askingServer, ServerFailure } from './failures.ts'

export interface Call {
  readonly operation: Operation<never, unknown>
  readonly input: unknown
}

/** One after the other of the same operation, which does them together; else one. */
type Run = readonly [Call, ...Call[]]

/** Runs operations in one transaction of a session, each run of them in a savepoint of its own. */
export class Batch {
  readonly #client: pg.Client
  readonly #context: OperationContext
  readonly #putOff: (() => Promise<void>)[] = []

  constructor(client: pg.Client, db: Kysely<Schema>) {
    this.#client = client
    this.#context = { db, dialect: 'postgres', beforeCommit: (work) => this.#putOff.push(work) }
  }

  /**
   * @returns an outcome for each call, in their order, when the commit is on disk
   * @throws ServerFailure, also where it is not known whether the batch was stored; Error when nothing of it was
   */
  async commit(calls: readonly Call[]): Promise<Outcome[]> {
    this.#send('begin')
    try {
      const outcomes: Outcome[] = []
      for (const run of runsOf(calls)) outcomes.push(...(await this.#apply(run)))
      for (const work of this.#putOff) await work()
      const { command } = await askingServer(() => this.#client.query('commit'))
      // A transaction that a statement has broken ends so, and says nothing else.
      if (command !== 'COMMIT') throw new Error('The transaction was rolled back.')
      return outcomes
    } catch (error) {
      this.#send('rollback')
      throw error
    }
  }

  async #apply(run: Run): Promise<readonly Outcome[]> {
    const putOffBefore = this.#putOff.length
    this.#send('savepoint operation')
    try {
      const outcomes = await outcomesOf(this.#context, run)
      this.#send('release savepoint operation')
      return outcomes
    } catch (error) {
      if (error instanceof ServerFailure) throw error
      this.#putOff.length = putOffBefore
      this.#send('rollback to savepoint operation')
      this.#send('release savepoint operation')
      return run.map(() => ({ ok: false, error: errorOf(error) }))
    }
  }

  /** Waits for no answer: where it fails, what comes after it in the transaction does, and the commit. */
  #send(statement: string): void {
    this.#client.query(statement).catch(() => undefined)
  }
}

function* runsOf(calls: readonly Call[]): Generator<Run> {
  let run: [Call, ...Call[]] | undefined
  for (const call of calls) {
    if (run !== undefined && call.operation.runTogether !== undefined && run[0].operation === call.operation) {
      run.push(call)
      continue
    }
    if (run !== undefined) yield run
    run = [call]
  }
  if (run !== undefined) yield run
}

// `never`: only `Database.write` makes calls, and it ties the input's type to the operation's.
async function outcomesOf(context: OperationContext, run: Run): Promise<readonly Outcome[]> {
  const { operation, input } = run[0]
  if (operation.runTogether === undefined) return [{ ok: true, value: await operation.run(context, input as never) }]
  return operation.runTogether(
    context,
    run.map((call) => call.input as never),
  )
}

const errorOf = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(`Not an Error was thrown: ${String(thrown)}`)
