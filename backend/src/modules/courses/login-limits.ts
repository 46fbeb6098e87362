import { isIPv6 } from 'node:net'
import { AppError } from '../../shared/errors.ts'
import type { Limiter, LimitPolicy } from '../../shared/limiter.ts'

const MINUTE_MS = 60_000

export interface Attempt {
  readonly email: string
  /** Where it comes from, as the proxy settings tell it. */
  readonly address: string
}

interface Place {
  readonly key: string
  readonly policy: LimitPolicy
}

/**
 * Failures to sign in, counted per account and address together, per address, and per account. By what was typed,
 * so that an account that is not there counts as one that is.
 */
export class LoginLimits {
  readonly #limiter: Limiter
  readonly #together: LimitPolicy
  /** Attempts that hold a place under a key until it is known whether they fail. */
  readonly #underWay = new Map<string, number>()
  #oneEnded = Promise.withResolvers<void>()

  /** @param perMinute per account and address together; 0 is no limit */
  constructor(limiter: Limiter, perMinute: number) {
    this.#limiter = limiter
    this.#together = { amount: perMinute, perMs: MINUTE_MS }
  }

  /**
   * Runs an attempt, which counts as failed when it throws an `AppError` of `counts`. It holds a place while it runs, so
   * that a thousand wrong guesses at once are no more than ten; and it waits for the places that others hold, so that a
   * class of sixty who sign in at once from one address all come in.
   * @throws AppError `RATE_LIMITED`, with the time to wait
   */
  async attempt<T>(who: Attempt, counts: (error: AppError) => boolean, run: () => Promise<T>): Promise<T> {
    const places = await this.#enter(this.#placesOf(who))
    let failed = false
    try {
      return await run()
    } catch (error) {
      failed = error instanceof AppError && counts(error)
      throw error
    } finally {
      this.#leave(places, failed)
    }
  }

  #placesOf({ email, address }: Attempt): Place[] {
    const subscriber = subscriberOf(address)
    return [
      { key: `login:both:${email} ${subscriber}`, policy: this.#together },
      { key: `login:address:${subscriber}`, policy: { amount: 50, perMs: MINUTE_MS } },
      { key: `login:account:${email}`, policy: { amount: 100, perMs: 60 * MINUTE_MS } },
    ]
  }

  async #enter(places: readonly Place[]): Promise<readonly Place[]> {
    for (;;) {
      const { full, error } = this.#takeAll(places)
      if (full === undefined) return places
      if (!this.#underWay.has(full.key)) throw error
      await this.#oneEnded.promise
    }
  }

  /** Takes every place, or none. */
  #takeAll(places: readonly Place[]): { full?: Place; error?: unknown } {
    for (const [index, place] of places.entries()) {
      try {
        this.#limiter.take(place.key, place.policy)
      } catch (error) {
        for (const { key, policy } of places.slice(0, index)) this.#limiter.refund(key, policy)
        return { full: place, error }
      }
    }
    for (const { key } of places) this.#underWay.set(key, (this.#underWay.get(key) ?? 0) + 1)
    return {}
  }

  #leave(places: readonly Place[], failed: boolean): void {
    for (const { key, policy } of places) {
      if (!failed) this.#limiter.refund(key, policy)
      const left = (this.#underWay.get(key) ?? 1) - 1
      if (left > 0) this.#underWay.set(key, left)
      else this.#underWay.delete(key)
    }
    const { resolve } = this.#oneEnded
    this.#oneEnded = Promise.withResolvers()
    resolve()
  }
}

/** Who has one IPv6 address has its whole /64 to choose from (RFC 6177). */
export function subscriberOf(address: string): string {
  const bare = address.replace(/%.*$/, '')
  if (!isIPv6(bare)) return bare
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1]
  if (mapped !== undefined) return mapped
  // `URL` writes an address in its one shortest form (RFC 5952).
  const [head = '', tail] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0')
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`
}
