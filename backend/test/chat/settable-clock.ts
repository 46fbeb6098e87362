import type { Clock } from '../../src/shared/clock.ts'

/** Stands still until it is moved. */
export class SettableClock implements Clock {
  #now: number

  /** @param fraction milliseconds into a second at which it stands */
  constructor(fraction = 0) {
    this.#now = Math.floor(Date.now() / 1000) * 1000 + fraction
  }

  now = (): number => this.#now

  advance(ms: number): void {
    this.#now += ms
  }
}
