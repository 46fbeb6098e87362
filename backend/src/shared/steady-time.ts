import type { Clock } from './clock.ts'

/** A clock that never goes back nor jumps, and alarms by it. Injected, so that tests move time instead of waiting for it. */
export interface SteadyTime extends Clock {
  /** Runs `work` once, `ms` from now. @returns what calls it off */
  after(ms: number, work: () => void): () => void
}

/** The wall clock's time as it was at the start, and what has elapsed since: setting the clock moves nothing. */
export function steadyTime(wall: Clock): SteadyTime {
  const start = wall.now() - performance.now()
  return {
    now: () => Math.round(start + performance.now()),
    after: (ms, work) => {
      const timer = setTimeout(work, ms).unref()
      return () => clearTimeout(timer)
    },
  }
}
