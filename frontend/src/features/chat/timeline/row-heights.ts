/**
 * Heights of rows by index, in pixels. A row that was never measured counts with the estimate, so that a log of any
 * length costs nothing until it is looked at. Offsets and look-ups take O(log n): a Fenwick tree of what the measured
 * rows differ from the estimate.
 */
export class RowHeights {
  readonly #estimate: number
  #count = 0
  #capacity = 1024
  #differences = new Float64Array(1025)
  /** NaN: not measured. */
  #heights = new Float64Array(1024).fill(Number.NaN)

  constructor(estimate: number) {
    this.#estimate = estimate
  }

  get count(): number {
    return this.#count
  }

  get total(): number {
    return this.offsetOf(this.#count)
  }

  /** Rows that are gone forget their height. */
  resize(count: number): void {
    for (let index = count; index < this.#count; index += 1) this.#forget(index)
    while (this.#capacity < count) this.#grow()
    this.#count = count
  }

  heightOf(index: number): number {
    const height = this.#heights[index]
    return height === undefined || Number.isNaN(height) ? this.#estimate : height
  }

  set(index: number, height: number): void {
    if (index < 0 || index >= this.#count) return
    this.#add(index, height - this.heightOf(index))
    this.#heights[index] = height
  }

  /** The top of a row; of `count`, the bottom of the last. */
  offsetOf(index: number): number {
    let sum = index * this.#estimate
    for (let node = index; node > 0; node -= node & -node) sum += this.#differences[node] ?? 0
    return sum
  }

  /** The row that covers an offset; the first or last where it lies outside; -1 where there is none. */
  indexAt(offset: number): number {
    let index = 0
    let rest = offset
    for (let step = this.#capacity; step > 0; step >>= 1) {
      const next = index + step
      if (next > this.#count) continue
      const size = step * this.#estimate + (this.#differences[next] ?? 0)
      if (size > rest) continue
      index = next
      rest -= size
    }
    return Math.min(index, this.#count - 1)
  }

  #forget(index: number): void {
    this.#add(index, this.#estimate - this.heightOf(index))
    this.#heights[index] = Number.NaN
  }

  #add(index: number, difference: number): void {
    if (difference === 0) return
    for (let node = index + 1; node <= this.#capacity; node += node & -node) {
      this.#differences[node] = (this.#differences[node] ?? 0) + difference
    }
  }

  #grow(): void {
    const differences = new Float64Array(this.#capacity * 2 + 1)
    differences.set(this.#differences)
    // The new root spans everything; all other new nodes span rows that were never measured.
    differences[this.#capacity * 2] = this.#differences[this.#capacity] ?? 0
    const heights = new Float64Array(this.#capacity * 2).fill(Number.NaN)
    heights.set(this.#heights)
    this.#capacity *= 2
    this.#differences = differences
    this.#heights = heights
  }
}
