import type { DBSchema, IDBPDatabase, IDBPObjectStore } from 'idb'
import { type Clock, systemClock } from '../clock.ts'
import { IndexedDatabase } from '../indexed-database.ts'
import { Listeners } from '../listeners.ts'
import { alone } from './alone.ts'
import type { OutboxEntry } from './outbox-entry.ts'
import type { OutboxStore, StoredEntry } from './outbox-store.ts'

const DATABASE = 'lectern'
const VERSION = 1
const ENTRIES = 'outbox'
/** Of the channel on which tabs tell each other, and the beginning of the locks' names. */
const NAME = 'lectern-outbox'

/** The key is the order: it is given by the database, across tabs, and never given twice. */
interface Schema extends DBSchema {
  [ENTRIES]: { key: number; value: OutboxEntry; indexes: { clientId: string; userId: string } }
}

type Entries = IDBPObjectStore<Schema, [typeof ENTRIES], typeof ENTRIES, 'readwrite'>

/** Keeps what is unsent in this origin's IndexedDB, where it survives a reload. All tabs of one browser share it. */
export class IndexedDbOutboxStore implements OutboxStore {
  readonly #changes = new Listeners()
  readonly #channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(NAME)
  readonly #database: IndexedDatabase<Schema>

  constructor(clock: Clock = systemClock) {
    this.#database = new IndexedDatabase(DATABASE, VERSION, makeEntries, clock)
    this.#channel?.addEventListener('message', () => this.#changes.tell())
  }

  static isAvailable(): boolean {
    return typeof indexedDB !== 'undefined'
  }

  /** On disk when it resolves, also should the machine lose its power then. */
  add(entry: OutboxEntry): Promise<StoredEntry> {
    return this.#write('strict', async (entries) => {
      const known = await entries.index('clientId').getKey(entry.clientId)
      if (known === undefined) return { ...entry, order: await entries.add(entry) }
      return { ...((await entries.get(known)) ?? entry), order: known }
    })
  }

  list(userId: string): Promise<readonly StoredEntry[]> {
    return this.#database.run(async (database) => {
      const mine = database.transaction(ENTRIES).store.index('userId')
      const [entries, orders] = await Promise.all([mine.getAll(userId), mine.getAllKeys(userId)])
      return entries.map((entry, place) => ({ ...entry, order: orders[place] ?? 0 }))
    })
  }

  async update(clientId: string, state: OutboxEntry['state'], { toEnd = false } = {}): Promise<void> {
    await this.#write('relaxed', async (entries) => {
      const order = await entries.index('clientId').getKey(clientId)
      const entry = order === undefined ? undefined : await entries.get(order)
      if (order === undefined || entry === undefined) return
      if (toEnd) await entries.delete(order)
      await entries.put({ ...entry, state }, toEnd ? undefined : order)
    })
  }

  async remove(clientId: string): Promise<void> {
    await this.#write('relaxed', async (entries) => {
      const order = await entries.index('clientId').getKey(clientId)
      if (order !== undefined) await entries.delete(order)
    })
  }

  onChange(listener: () => void): () => void {
    return this.#changes.add(listener)
  }

  alone(userId: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    return alone(`${NAME}:${userId}`, signal, work)
  }

  close(): void {
    this.#channel?.close()
    this.#changes.clear()
    this.#database.close()
  }

  async #write<Result>(
    durability: IDBTransactionDurability,
    work: (entries: Entries) => Promise<Result>,
  ): Promise<Result> {
    const result = await this.#database.run(async (database) => {
      const transaction = database.transaction(ENTRIES, 'readwrite', { durability })
      const [worked] = await Promise.all([work(transaction.store), transaction.done])
      return worked
    })
    this.#channel?.postMessage(null)
    return result
  }
}

function makeEntries(database: IDBPDatabase<Schema>): void {
  const entries = database.createObjectStore(ENTRIES, { autoIncrement: true })
  entries.createIndex('clientId', 'clientId', { unique: true })
  entries.createIndex('userId', 'userId')
}
