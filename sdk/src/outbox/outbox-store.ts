import type { OutboxEntry } from './outbox-entry.ts'

/** What is kept of an entry; `order` says whose turn it is, across tabs. */
export type StoredEntry = OutboxEntry & { readonly order: number }

/** Where unsent messages are kept. Every tab of one browser that opens the same store shares it. */
export interface OutboxStore {
  /** Durable when it resolves. `order` is above every other's. Another with the same `clientId` stays as it is. */
  add(entry: OutboxEntry): Promise<StoredEntry>
  /** By `order`. */
  list(userId: string): Promise<readonly StoredEntry[]>
  /** Nothing when it is gone already. `toEnd`: with a new `order`, above every other's. */
  update(clientId: string, state: OutboxEntry['state'], options?: { toEnd?: boolean }): Promise<void>
  remove(clientId: string): Promise<void>
  /** Told when another tab changed the store. @returns stops telling */
  onChange(listener: () => void): () => void
  /**
   * Runs `work` while no other tab of this user does (Web Locks); waits for its turn, or for `signal`.
   * Where there are no locks it runs at once: the server stores a message once however often it is sent.
   */
  alone(userId: string, signal: AbortSignal, work: () => Promise<void>): Promise<void>
  close(): void
}
