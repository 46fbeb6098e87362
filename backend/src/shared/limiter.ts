import type { Clock } from './clock.ts'
import { rateLimited } from './errors.ts'

/**
 * So many per so long; `burst` (default `amount`) is what a pause saves up. An `amount` of 0 is no limit.
 * `whole`: what was taken comes back all together, `perMs` after the first of it, rather than one by one: in no time of
 * `perMs` that begins with a taking are there more than `amount`.
 */
export interface LimitPolicy {
  readonly amount: number
  readonly perMs: number
  readonly burst?: number
  readonly whole?: true
}

export interface Limiter {
  /** Takes one. @throws AppError `RATE_LIMITED` with `details.retry_after_ms` when none is left; then nothing is taken */
  take(key: string, policy: LimitPolicy): void
  /** Throws as `take` would, and takes nothing: for what counts only when it fails. */
  check(key: string, policy: LimitPolicy): void
  /** Gives one back. */
  refund(key: string, policy: LimitPolicy): void
}

const SWEEP_EVERY = 10_000

/** What was taken of an amount that comes back whole, and when it does. */
interface Taken {
  count: number
  readonly until: number
}

/**
 * A token bucket kept as one number a key: the time at which the bucket is full again
 * (the generic cell rate algorithm, ITU-T I.371). A full bucket needs no entry.
 */
export class MemoryLimiter implements Limiter {
  readonly #clock: Clock
  readonly #fullAt = new Map<string, number>()
  readonly #wholes = new Map<string, Taken>()
  #takes = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  take(key: string, policy: LimitPolicy): void {
    if (policy.amount === 0) return
    if (policy.whole) this.#taken(key, policy).count++
    else {
      const { next, wait } = this.#next(key, policy)
      if (wait > 0) throw rateLimited(wait)
      this.#fullAt.set(key, next)
    }
    if (++this.#takes % SWEEP_EVERY === 0) this.#sweep()
  }

  check(key: string, policy: LimitPolicy): void {
    if (policy.amount === 0) return
    if (policy.whole) {
      this.#taken(key, policy)
      return
    }
    const { wait } = this.#next(key, policy)
    if (wait > 0) throw rateLimited(wait)
  }

  refund(key: string, policy: LimitPolicy): void {
    const taken = this.#wholes.get(key)
    if (taken !== undefined && taken.count > 0) taken.count--
    const fullAt = this.#fullAt.get(key)
    if (fullAt !== undefined) this.#fullAt.set(key, fullAt - policy.perMs / policy.amount)
  }

  get size(): number {
    return this.#fullAt.size + this.#wholes.size
  }

  /** @throws AppError `RATE_LIMITED` when nothing is left */
  #taken(key: string, { amount, perMs }: LimitPolicy): Taken {
    const now = this.#clock.now()
    const known = this.#wholes.get(key)
    // A clock that was set back locks nobody out for longer than once.
    if (known !== undefined && known.until > now && known.until <= now + perMs) {
      if (known.count >= amount) throw rateLimited(known.until - now)
      return known
    }
    const taken = { count: 0, until: now + perMs }
    this.#wholes.set(key, taken)
    return taken
  }

  #next(key: string, policy: LimitPolicy): { next: number; wait: number } {
    const now = this.#clock.now()
    const interval = policy.perMs / policy.amount
    const capacity = interval * (policy.burst ?? policy.amount)
    // No bucket is emptier than empty: a clock that was set back locks nobody out for longer than one filling.
    const fullAt = Math.min(Math.max(this.#fullAt.get(key) ?? 0, now), now + capacity)
    return { next: fullAt + interval, wait: fullAt + interval - now - capacity }
  }

  #sweep(): void {
    const now = this.#clock.now()
    for (const [key, fullAt] of this.#fullAt) if (fullAt <= now) this.#fullAt.delete(key)
    for (const [key, { until }] of this.#wholes) if (until <= now) this.#wholes.delete(key)
  }
}

/** At most `max` at once for each key; one more is refused, not queued. */
export class ConcurrencyLimit {
  readonly #max: number
  readonly #running = new Map<string, number>()

  constructor(max: number) {
    this.#max = max
  }

  /** @returns what ends the place taken; call it once. @throws AppError `RATE_LIMITED` */
  enter(key: string): () => void {
    const running = this.#running.get(key) ?? 0
    if (running >= this.#max) throw rateLimited(1000)
    this.#running.set(key, running + 1)
    return () => {
      const left = (this.#running.get(key) ?? 1) - 1
      if (left > 0) this.#running.set(key, left)
      else this.#running.delete(key)
    }
  }

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const leave = this.enter(key)
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
