/**
 * A sync holds one of the few threads that Node has for files (four by default) for as long as the disk takes: with no more than
 * these at once, reading goes on beside ten uploads that end together.
 */
export class SyncSlots {
  readonly #waiting: (() => void)[] = []
  #free: number

  constructor(slots = 2) {
    this.#free = slots
  }

  get hasFree(): boolean {
    return this.#free > 0
  }

  async run<T>(sync: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      return await sync()
    } finally {
      const next = this.#waiting.shift()
      // The slot is handed on, never free in between.
      if (next === undefined) this.#free++
      else next()
    }
  }
}
