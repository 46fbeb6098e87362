import type { OutboxEntry } from './outbox-entry.ts'
import type { OutboxStore, StoredEntry } from './outbox-store.ts'

/** Keeps what is unsent for as long as the program runs. It is one tab's alone: there is nobody to wait for, or to tell. */
export class MemoryOutboxStore implements OutboxStore {
  readonly #entries = new Map<string, StoredEntry>()
  #lastOrder = 0

  async add(entry: OutboxEntry): Promise<StoredEntry> {
    const known = this.#entries.get(entry.clientId)
    if (known !== undefined) return known
    const stored = { ...entry, order: ++this.#lastOrder }
    this.#entries.set(entry.clientId, stored)
    return stored
  }

  async list(userId: string): Promise<readonly StoredEntry[]> {
    return [...this.#entries.values()].filter((entry) => entry.userId === userId).sort((a, b) => a.order - b.order)
  }

  async update(clientId: string, state: OutboxEntry['state'], { toEnd = false } = {}): Promise<void> {
    const entry = this.#entries.get(clientId)
    if (entry === undefined) return
    this.#entries.set(clientId, { ...entry, state, order: toEnd ? ++this.#lastOrder : entry.order })
  }

  async remove(clientId: string): Promise<void> {
    this.#entries.delete(clientId)
  }

  onChange(): () => void {
    return () => undefined
  }

  alone(_userId: string, _signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    return work()
  }

  close(): void {
    // What is in it stays, for who opens a client with it again.
  }
}
