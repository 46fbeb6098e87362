/** Milliseconds since the epoch. Injected, so that tests move time instead of waiting for it. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }
