/** Time, given, so that tests have their own. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** @returns calls it off */
  after(ms: number, act: () => void): () => void
}

/** `setTimeout` takes a longer delay for none at all. */
const LONGEST_MS = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, act) {
    const timer = setTimeout(act, Math.min(ms, LONGEST_MS))
    return () => clearTimeout(timer)
  },
}
