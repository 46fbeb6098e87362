/** Who listens, in the order in which they began to. What one throws is reported as uncaught, and keeps none from hearing. */
export class Listeners<Args extends readonly unknown[] = []> {
  // A listener that is added twice is told twice: each subscription is its own.
  readonly #listeners = new Set<{ readonly tell: (...args: Args) => void }>()

  get size(): number {
    return this.#listeners.size
  }

  /** @returns stops telling */
  add(tell: (...args: Args) => void): () => void {
    const listener = { tell }
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  tell(...args: Args): void {
    for (const listener of [...this.#listeners]) {
      if (this.#listeners.has(listener)) callOrReport(() => listener.tell(...args))
    }
  }

  clear(): void {
    this.#listeners.clear()
  }
}

function callOrReport(call: () => void): void {
  try {
    call()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
