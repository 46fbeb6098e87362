import type { FoldedRoom } from './folded-room.ts'
import type { RoomStore } from './room-store.ts'

type Fold = (state: FoldedRoom) => FoldedRoom

/**
 * The changes that a connection brings. Until the answer to the join has been folded they wait: the answer may drop all
 * that is there, and an ack's continuation may run after the events that came right behind it.
 */
export class ChangeFeed {
  readonly #store: RoomStore
  readonly #folded: () => void
  #held: Fold[] | undefined = []

  /** @param folded told after each change that was folded */
  constructor(store: RoomStore, folded: () => void) {
    this.#store = store
    this.#folded = folded
  }

  take(fold: Fold): void {
    if (this.#held !== undefined) {
      this.#held.push(fold)
      return
    }
    this.#store.update(fold)
    this.#folded()
  }

  /** Another connection: what the one before brought and is not folded, the join's answer will have. */
  hold(): void {
    this.#held = []
  }

  release(): void {
    const held = this.#held ?? []
    this.#held = undefined
    for (const fold of held) this.take(fold)
  }
}
