/** So many at once; the others wait, first come, first served. */
export class Turns {
  #limit: number
  #taken = 0
  readonly #waiting = new Set<() => void>()

  constructor(limit: number) {
    this.#limit = limit
  }

  get limit(): number {
    return this.#limit
  }

  /** Turns that are taken stay so, should there be fewer from now on. */
  set limit(limit: number) {
    this.#limit = Math.max(1, Math.floor(limit))
    this.#next()
  }

  /** @returns gives the turn back, or waits for it no longer */
  take(begin: () => void): () => void {
    let isOver = false
    const waiting = (): void => begin()
    this.#waiting.add(waiting)
    this.#next()
    return () => {
      if (isOver) return
      isOver = true
      if (!this.#waiting.delete(waiting)) this.#taken--
      this.#next()
    }
  }

  #next(): void {
    for (const begin of this.#waiting) {
      if (this.#taken >= this.#limit) return
      this.#waiting.delete(begin)
      this.#taken++
      begin()
    }
  }
}
