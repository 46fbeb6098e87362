import { Listeners } from '../listeners.ts'
import type { Readable } from '../readable.ts'
import type { FoldedRoom } from './folded-room.ts'
import { untilTold } from './until-told.ts'

/** A room's state: changed by folds, at once; its listeners are told once for all the changes of a turn. */
export class RoomStore implements Readable<FoldedRoom> {
  readonly #listeners = new Listeners()
  #state: FoldedRoom
  #isTelling = false

  constructor(state: FoldedRoom) {
    this.#state = state
  }

  readonly getSnapshot = (): FoldedRoom => this.#state
  readonly subscribe = (listener: () => void): (() => void) => this.#listeners.add(listener)

  update(fold: (state: FoldedRoom) => FoldedRoom): void {
    const next = fold(this.#state)
    if (next === this.#state) return
    this.#state = next
    if (this.#isTelling) return
    this.#isTelling = true
    queueMicrotask(() => {
      this.#isTelling = false
      this.#listeners.tell()
    })
  }

  /** As `update`, unless all was dropped since. @returns whether it still mattered */
  updateIn(generation: number, fold: (state: FoldedRoom) => FoldedRoom): boolean {
    if (this.#state.generation !== generation) return false
    this.update(fold)
    return true
  }

  /** Resolves when the state is so, at once where it is. @throws the signal's reason */
  async until(isSo: (state: FoldedRoom) => boolean, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (isSo(this.#state)) return
    await untilTold(signal, (resolve) =>
      this.subscribe(() => {
        if (isSo(this.#state)) resolve()
      }),
    )
  }
}
