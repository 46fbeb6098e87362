import type { Readable } from '@lectern/client'

interface Timer {
  set(callback: () => void, ms: number): number
  clear(handle: number): void
}

export interface DeletionPort {
  /** Deletes it for good. */
  remove(id: string): Promise<void>
  /** Deletes it while the page is being left: what it answers may never be heard. */
  removeOnLeaving(id: string): void
  /** It is there again: what was wrong. */
  failed(id: string, error: unknown): void
  /** It can no longer be undone. */
  closed(id: string): void
  readonly timer: Timer
}

/** How long a deletion can be undone. */
export const UNDO_MS = 6000

/** What is hidden already, and deleted only when nobody has undone that in time. The snapshot: ids. */
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

  add(id: string): void {
    if (this.#hidden.has(id)) return
    this.#waiting.set(
      id,
      this.#port.timer.set(() => void this.#send(id), UNDO_MS),
    )
    this.#become([...this.#hidden, id])
  }

  /** Nothing where it is too late. */
  undo(id: string): void {
    if (this.#stopWaiting(id)) this.#show(id)
  }

  /** Whoever leaves has stopped undoing. */
  leave(): void {
    for (const id of [...this.#waiting.keys()]) {
      this.#stopWaiting(id)
      this.#port.removeOnLeaving(id)
    }
  }

  #stopWaiting(id: string): boolean {
    const handle = this.#waiting.get(id)
    if (handle === undefined) return false
    this.#port.timer.clear(handle)
    this.#waiting.delete(id)
    this.#port.closed(id)
    return true
  }

  async #send(id: string): Promise<void> {
    this.#stopWaiting(id)
    try {
      await this.#port.remove(id)
    } catch (error) {
      this.#port.failed(id, error)
    }
    this.#show(id)
  }

  #show(id: string): void {
    this.#become([...this.#hidden].filter((other) => other !== id))
  }

  #become(ids: readonly string[]): void {
    this.#hidden = new Set(ids)
    for (const listener of this.#listeners) listener()
  }
}
