import { unavailable } from '../shared/errors.ts'

export type Outcome<Value = unknown> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Error }

export interface Commit {
  /** How many operations it held. */
  readonly size: number
  /** From handing it over to its being on disk. */
  readonly ms: number
}

export interface GroupCommitOptions<Item> {
  /** Commits a batch whole: one outcome for each item, in their order. A rejection is every item's. */
  readonly commit: (batch: readonly Item[]) => Promise<readonly Outcome[]>
  readonly onCommit?: ((commit: Commit) => void) | undefined
  readonly maxBatch?: number
  /** Items waiting, those under way not counted; one more is refused. */
  readonly maxQueue?: number
}

interface Waiting<Item> {
  readonly item: Item
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * What arrives while a commit is under way goes into the next one, so that its cost is shared and no timer is needed.
 * One commit is under way at a time: items take effect, and their promises settle, in the order of the calls.
 */
export class GroupCommit<Item> {
  readonly #commit: (batch: readonly Item[]) => Promise<readonly Outcome[]>
  readonly #onCommit: ((commit: Commit) => void) | undefined
  readonly #maxBatch: number
  readonly #maxQueue: number
  readonly #queue: Waiting<Item>[] = []
  #running: Promise<void> | undefined
  #closing = false

  constructor({ commit, onCommit, maxBatch = 512, maxQueue = 20_000 }: GroupCommitOptions<Item>) {
    this.#commit = commit
    this.#onCommit = onCommit
    this.#maxBatch = maxBatch
    this.#maxQueue = maxQueue
  }

  /** @throws AppError `UNAVAILABLE` when the queue is full or closed; else whatever the item's outcome is */
  add(item: Item): Promise<unknown> {
    if (this.#closing) return Promise.reject(unavailable('The server is shutting down.'))
    if (this.#queue.length >= this.#maxQueue) return Promise.reject(unavailable('Too many changes are waiting.'))
    const settled = new Promise<unknown>((resolve, reject) => this.#queue.push({ item, resolve, reject }))
    this.#running ??= this.#run()
    return settled
  }

  get waiting(): number {
    return this.#queue.length
  }

  /** Takes nothing more, and resolves when all that was taken is settled. */
  async close(): Promise<void> {
    this.#closing = true
    await this.#running
  }

  async #run(): Promise<void> {
    // The frames that one poll of the event loop read share their commit: all of them are handled before setImmediate.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#queue.length > 0) await this.#commitNext()
    this.#running = undefined
  }

  async #commitNext(): Promise<void> {
    const batch = this.#queue.splice(0, this.#maxBatch)
    const startedAt = performance.now()
    try {
      settle(batch, await this.#commit(batch.map(({ item }) => item)))
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error('A commit failed.', { cause })
      for (const { reject } of batch) reject(error)
      return
    }
    this.#onCommit?.({ size: batch.length, ms: performance.now() - startedAt })
  }
}

function settle<Item>(batch: readonly Waiting<Item>[], outcomes: readonly Outcome[]): void {
  for (const [index, { resolve, reject }] of batch.entries()) {
    const outcome = outcomes[index]
    if (outcome === undefined) reject(new Error('A commit gave no outcome for an operation.'))
    else if (outcome.ok) resolve(outcome.value)
    else reject(outcome.error)
  }
}
