import type { Clock } from '../shared/clock.ts'

/** A clock that stands where it is put, so that what is said in a second was said over a week; in the end it is the real one. */
export class DemoClock implements Clock {
  #time: number | undefined

  now(): number {
    return this.#time ?? Date.now()
  }

  moveTo(time: number): void {
    this.#time = time
  }

  release(): void {
    this.#time = undefined
  }
}
