import type { Readable } from '@lectern/client'
import type { MessageRecord } from '@lectern/protocol'
import { perRoom } from './per-room.ts'

/** The message whose history is shown: kept outside of its row, which goes when it is scrolled away. */
class HistoryTarget implements Readable<MessageRecord | undefined> {
  readonly #listeners = new Set<() => void>()
  #message: MessageRecord | undefined

  getSnapshot(): MessageRecord | undefined {
    return this.#message
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  open(message: MessageRecord): void {
    this.#become(message)
  }

  close(): void {
    this.#become(undefined)
  }

  #become(message: MessageRecord | undefined): void {
    this.#message = message
    for (const listener of this.#listeners) listener()
  }
}

export const historyOf = perRoom(() => new HistoryTarget())
