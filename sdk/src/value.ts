import { Listeners } from './listeners.ts'
import type { Readable } from './readable.ts'

/** A readable value, and the hand that changes it. */
export class Value<State> implements Readable<State> {
  readonly #listeners = new Listeners()
  #state: State

  constructor(state: State) {
    this.#state = state
  }

  // Bound, since `useSyncExternalStore` takes them apart from their object.
  readonly getSnapshot = (): State => this.#state
  readonly subscribe = (listener: () => void): (() => void) => this.#listeners.add(listener)

  /** Tells nobody when it is the same. */
  set(state: State): void {
    if (Object.is(state, this.#state)) return
    this.#state = state
    this.#listeners.tell()
  }
}
