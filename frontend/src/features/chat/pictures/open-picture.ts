import type { Readable } from '@lectern/client'
import { perRoom } from '../actions/per-room.ts'

/** The place of the message whose picture is shown before the page: kept outside of its row, which goes when it is scrolled away. */
class OpenPicture implements Readable<number | undefined> {
  readonly #listeners = new Set<() => void>()
  #seq: number | undefined

  getSnapshot(): number | undefined {
    return this.#seq
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  open(seq: number): void {
    this.#become(seq)
  }

  close(): void {
    this.#become(undefined)
  }

  #become(seq: number | undefined): void {
    this.#seq = seq
    for (const listener of this.#listeners) listener()
  }
}

export const picturesOf = perRoom(() => new OpenPicture())
