import type { Readable } from '@lectern/client'

interface Timer {
  set(callback: () => void, ms: number): number
  clear(handle: number): void
}

export interface DeletionPort {
  /** Deletes it for good. */
  remove(messageId: string): Promise<void>
  /** Deletes it while the page or the course is being left: what it answers may never be heard. */
  removeOnLeaving(messageId: string): void
  /** It is there again: what was wrong. */
  failed(messageId: string, error: unknown): void
  /** It can no longer be undone. */
  closed(messageId: string): void
  readonly timer: Timer
}

/** How long a deletion can be undone. */
export const UNDO_MS = 6000

/** Messages that are hidden already, and deleted only when nobody has undone that in time. The snapshot: their ids. */
export class PendingDeletions implements Readable<ReadonlySet<string>> {
  readonly #port: DeletionPort
  readonly #listeners = new Set<() => void>()
  readonly #waiting = new Map<string, number>()
  #hidden: ReadonlySet<string> = new Set()

  constructor(port: DeletionPort) {
    this.#port = port
  }

  getSnapshot(): ReadonlySet<string> {
    return this.#hidden
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  add(messageId: string): void {
    if (this.#hidden.has(messageId)) return
    this.#waiting.set(
      messageId,
      this.#port.timer.set(() => void this.#send(messageId), UNDO_MS),
    )
    this.#become([...this.#hidden, messageId])
  }

  /** Nothing where it is too late. */
  undo(messageId: string): void {
    if (this.#stopWaiting(messageId)) this.#show(messageId)
  }

  /** Whoever leaves has stopped undoing. */
  leave(): void {
    for (const messageId of [...this.#waiting.keys()]) {
      this.#stopWaiting(messageId)
      this.#port.removeOnLeaving(messageId)
    }
  }

  #stopWaiting(messageId: string): boolean {
    const handle = this.#waiting.get(messageId)
    if (handle === undefined) return false
    this.#port.timer.clear(handle)
    this.#waiting.delete(messageId)
    this.#port.closed(messageId)
    return true
  }

  async #send(messageId: string): Promise<void> {
    this.#stopWaiting(messageId)
    try {
      await this.#port.remove(messageId)
    } catch (error) {
      this.#port.failed(messageId, error)
    }
    this.#show(messageId)
  }

  #show(messageId: string): void {
    this.#become([...this.#hidden].filter((id) => id !== messageId))
  }

  #become(ids: readonly string[]): void {
    this.#hidden = new Set(ids)
    for (const listener of this.#listeners) listener()
  }
}
