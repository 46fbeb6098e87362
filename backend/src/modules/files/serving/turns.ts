import { unavailable } from '../../../shared/errors.ts'

/** Work of which so much is done at once, and so much waits, first come first served. */
export class Turns {
  readonly #waiting: (() => void)[] = []
  readonly #mostWaiting: number
  #free: number

  constructor(atOnce: number, mostWaiting: number) {
    this.#free = atOnce
    this.#mostWaiting = mostWaiting
  }

  /** @throws AppError `UNAVAILABLE` when too much waits; what the work throws */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#enter()
    try {
      return await work()
    } finally {
      this.#leave()
    }
  }

  async #enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1
      return
    }
    if (this.#waiting.length >= this.#mostWaiting) throw unavailable('Too much of this is being done: try again.')
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.push(resolve)
    await promise
  }

  /** Who waits takes the place over. */
  #leave(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#free += 1
    else next()
  }
}
