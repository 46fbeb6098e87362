import type { Readable } from '../readable.ts'
import { Value } from '../value.ts'
import { MemoryOutboxStore } from './memory-store.ts'
import type { OutboxEntry, OutboxState, OutgoingMessage } from './outbox-entry.ts'
import type { OutboxStore } from './outbox-store.ts'
import { type Entries, reconcile } from './reconcile.ts'

type Apply = (entries: Entries) => Entries

export interface Addition {
  readonly clientId: string
  readonly courseId: string
  readonly content: OutgoingMessage
  readonly createdAt: string
}

/**
 * One person's entries, as the store has them, with what was changed here and is still being stored: a change shows at
 * once, and is stored in its turn, one after the other. A store that fails (no room left, a private window) is replaced
 * by memory: what is unsent then lives as long as this tab.
 */
export class Shelf implements Readable<Entries> {
  readonly #shown = new Value<Entries>([])
  readonly #given: OutboxStore
  #store: OutboxStore
  /** What the store has. */
  #base: Entries = []
  /** What it is still to be told, oldest first. */
  readonly #unstored: Apply[] = []
  /** Of which it does not know yet. */
  readonly #additions = new Set<string>()
  #tail: Promise<unknown>
  #userId = ''
  #refreshing: Promise<void> | undefined

  /** @param owner whose entries they are; everything waits for it */
  constructor(store: OutboxStore, owner: Promise<string>) {
    this.#given = store
    this.#store = store
    this.#tail = owner.then((userId) => {
      this.#userId = userId
    })
    void this.refresh()
  }

  getSnapshot = (): Entries => this.#shown.getSnapshot()
  subscribe = (listener: () => void): (() => void) => this.#shown.subscribe(listener)

  /** What is stored, oldest first, as it is now. */
  stored(): Entries {
    const entries = this.getSnapshot()
    return this.#additions.size === 0 ? entries : entries.filter(({ clientId }) => !this.#additions.has(clientId))
  }

  /** Resolves once it is stored. Another with the same `clientId` stays as it is. */
  add(addition: Addition): Promise<void> {
    const entry = (): OutboxEntry => ({ ...addition, userId: this.#userId, state: { kind: 'waiting' } })
    this.#additions.add(addition.clientId)
    return this.#change(
      (entries) => (entries.some(({ clientId }) => clientId === addition.clientId) ? entries : [...entries, entry()]),
      async (store) => {
        await store.add(entry())
        this.#additions.delete(addition.clientId)
      },
    )
  }

  setState(clientId: string, state: OutboxState): Promise<void> {
    return this.#change(
      (entries) => entries.map((entry) => (entry.clientId === clientId ? { ...entry, state } : entry)),
      (store) => store.update(clientId, state),
    )
  }

  /** Waiting again, behind all others. */
  requeue(clientId: string): Promise<void> {
    const state = { kind: 'waiting' } as const
    const apply: Apply = (entries) => {
      const [itself] = entries.filter((entry) => entry.clientId === clientId)
      const others = entries.filter((entry) => entry.clientId !== clientId)
      return itself === undefined ? entries : [...others, { ...itself, state }]
    }
    return this.#change(apply, (store) => store.update(clientId, state, { toEnd: true }))
  }

  remove(clientId: string): Promise<void> {
    return this.#change(
      (entries) => entries.filter((entry) => entry.clientId !== clientId),
      async (store) => {
        await store.remove(clientId)
        // A store that could not take more may still give something up. If not, it is sent once more at the next start,
        // and stored once by the server all the same.
        if (store !== this.#given) await this.#given.remove(clientId).catch(() => undefined)
      },
    )
  }

  /** Looks what other tabs did. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#inTurn(async () => {
      this.#refreshing = undefined
      this.#base = await this.#withStore((store) => store.list(this.#userId))
      const next = this.#unstored.reduce((entries, apply) => apply(entries), this.#base)
      this.#shown.set(reconcile(this.getSnapshot(), next))
    })
    return this.#refreshing
  }

  /** Resolves once all that was changed is stored. */
  async settled(): Promise<void> {
    await this.#tail
  }

  #change(apply: Apply, persist: (store: OutboxStore) => Promise<unknown>): Promise<void> {
    this.#unstored.push(apply)
    this.#shown.set(apply(this.getSnapshot()))
    return this.#inTurn(async () => {
      await this.#withStore(persist)
      this.#base = apply(this.#base)
      this.#unstored.shift()
    })
  }

  #inTurn(task: () => Promise<void>): Promise<void> {
    const done = this.#tail.then(task)
    this.#tail = done
    return done
  }

  async #withStore<Result>(work: (store: OutboxStore) => Promise<Result>): Promise<Result> {
    try {
      return await work(this.#store)
    } catch (error) {
      if (this.#store instanceof MemoryOutboxStore) throw error
      this.#store = await memoryOf(this.#base)
      return work(this.#store)
    }
  }
}

async function memoryOf(entries: Entries): Promise<MemoryOutboxStore> {
  const memory = new MemoryOutboxStore()
  for (const entry of entries) await memory.add(entry)
  return memory
}
