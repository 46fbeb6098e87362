import type { Readable } from '@lectern/client'

const NONE: ReadonlySet<string> = new Set()

/** Ids of uploads that are shown where they were begun, as what is attached to a message is: the tray leaves them out. */
export class ClaimedUploads implements Readable<ReadonlySet<string>> {
  readonly #listeners = new Set<() => void>()
  #ids = NONE

  getSnapshot(): ReadonlySet<string> {
    return this.#ids
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** All of them, in place of those before. */
  set(ids: readonly string[]): void {
    if (ids.length === this.#ids.size && ids.every((id) => this.#ids.has(id))) return
    this.#ids = new Set(ids)
    for (const listener of this.#listeners) listener()
  }
}
