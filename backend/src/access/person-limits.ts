import type { EventLimit } from '@lectern/protocol'
import type { Limiter, LimitPolicy } from '../shared/limiter.ts'

/** What one person may do, over all their connections and REST together. */
export class PersonLimits {
  readonly #limiter: Limiter
  readonly #policies: Readonly<Record<EventLimit, LimitPolicy>>

  constructor(limiter: Limiter, policies: Readonly<Record<EventLimit, LimitPolicy>>) {
    this.#limiter = limiter
    this.#policies = policies
  }

  /** @throws AppError `RATE_LIMITED` */
  take(userId: string, limit: EventLimit): void {
    this.#limiter.take(`${limit} ${userId}`, this.#policies[limit])
  }

  refund(userId: string, limit: EventLimit): void {
    this.#limiter.refund(`${limit} ${userId}`, this.#policies[limit])
  }
}
