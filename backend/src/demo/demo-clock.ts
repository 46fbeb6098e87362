import { type Clock, systemClock } from '../shared/clock.ts'
import { type SteadyTime, steadyTime } from '../shared/steady-time.ts'

/** A clock that stands where it is put, so that what is said in a second was said over a week; in the end it is the real one. */
export class DemoClock implements Clock {
  #time: number | undefined

  now(): number {
    return this.standsAt ?? Date.now()
  }

  /** Undefined where it goes. */
  get standsAt(): number | undefined {
    return this.#time
  }

  moveTo(time: number): void {
    this.#time = time
  }

  release(): void {
    this.#time = undefined
  }
}

/** What classes go by: stands with the clock, and is steady when that goes. */
export function demoTime(clock: DemoClock): SteadyTime {
  const steady = steadyTime(systemClock)
  return { now: () => clock.standsAt ?? steady.now(), after: steady.after }
}
