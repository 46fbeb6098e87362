import { IndexedDbOutboxStore } from './indexeddb-store.ts'
import { MemoryOutboxStore } from './memory-store.ts'
import type { OutboxStore } from './outbox-store.ts'

/** What survives a reload, where there is such a thing. */
export const defaultStore = (): OutboxStore =>
  IndexedDbOutboxStore.isAvailable() ? new IndexedDbOutboxStore() : new MemoryOutboxStore()
