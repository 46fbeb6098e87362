/** A map whose entries together weigh at most `capacity`: what was used longest ago goes first. */
export class Lru<Value> {
  readonly #capacity: number
  // A Map iterates in the order of insertion; what is used is inserted anew.
  readonly #entries = new Map<string, { value: Value; weight: number }>()
  #weight = 0

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  /** Keeps the value, unless it alone weighs more than the capacity. */
  set(key: string, value: Value, weight = 1): void {
    this.delete(key)
    if (weight > this.#capacity) return
    this.#entries.set(key, { value, weight })
    this.#weight += weight
    for (const eldest of this.#entries.keys()) {
      if (this.#weight <= this.#capacity) return
      this.delete(eldest)
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    this.#entries.delete(key)
    this.#weight -= entry.weight
  }

  get size(): number {
    return this.#entries.size
  }
}
