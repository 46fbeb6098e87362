/**
 * How many may ask the disk for something that lasts. Each of them holds one of the few threads that Node has for files (four by
 * default), and a commit of the database waits behind whatever the disk was asked for before it: the fewer at once, the
 * sooner it is its turn.
 */
export class DiskSlots {
  readonly #waiting: (() => void)[] = []
  #free: number

  constructor(slots = 2) {
    this.#free = slots
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      // The slot is handed on, never free in between.
      if (next === undefined) this.#free++
      else next()
    }
  }
}
