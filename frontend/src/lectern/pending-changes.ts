import type { Readable } from '@lectern/client'

interface Timer {
  set(callback: () => void, ms: number): number
  clear(handle: number): void
}

/** What is done to things that a list shows, once nobody has undone it in time. */
export interface PendingChange {
  readonly id: string
  /** Ids of the things: they are hidden from the list meanwhile. */
  readonly hides: readonly string[]
  /** Makes it for good, and tells of what failed, which is there again then. Never rejects. */
  make(): Promise<void>
  /** Makes it while the page is being left: what it answers may never be heard. */
  makeOnLeaving(): void
}

export interface PendingPort {
  /** It can no longer be undone. */
  closed(id: string): void
  readonly timer: Timer
}

interface Waiting {
  readonly change: PendingChange
  readonly timeout: number
}

/** How long a change can be undone. */
export const UNDO_MS = 6000

/** What is hidden already, and made only when nobody has undone it in time. The snapshot: ids of what is hidden. */
export class PendingChanges implements Readable<ReadonlySet<string>> {
  readonly #port: PendingPort
  readonly #listeners = new Set<() => void>()
  readonly #waiting = new Map<string, Waiting>()
  #hidden: ReadonlySet<string> = new Set()

  constructor(port: PendingPort) {
    this.#port = port
  }

  getSnapshot(): ReadonlySet<string> {
    return this.#hidden
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** @returns false, and does nothing, where one of its things is hidden already */
  add(change: PendingChange): boolean {
    const { id, hides } = change
    if (hides.some((thing) => this.#hidden.has(thing))) return false
    const timeout = this.#port.timer.set(() => void this.#make(change), UNDO_MS)
    this.#waiting.set(id, { change, timeout })
    this.#become([...this.#hidden, ...hides])
    return true
  }

  /** Nothing where it is too late. */
  undo(id: string): void {
    const change = this.#stopWaiting(id)
    if (change !== undefined) this.#show(change)
  }

  /** Whoever leaves has stopped undoing. */
  leave(): void {
    for (const id of [...this.#waiting.keys()]) this.#stopWaiting(id)?.makeOnLeaving()
  }

  #stopWaiting(id: string): PendingChange | undefined {
    const waiting = this.#waiting.get(id)
    if (waiting === undefined) return undefined
    this.#port.timer.clear(waiting.timeout)
    this.#waiting.delete(id)
    this.#port.closed(id)
    return waiting.change
  }

  async #make(change: PendingChange): Promise<void> {
    this.#stopWaiting(change.id)
    await change.make()
    this.#show(change)
  }

  #show({ hides }: PendingChange): void {
    const shown = new Set(hides)
    this.#become([...this.#hidden].filter((thing) => !shown.has(thing)))
  }

  #become(ids: readonly string[]): void {
    this.#hidden = new Set(ids)
    for (const listener of this.#listeners) listener()
  }
}
