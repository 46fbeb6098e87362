import { LIMITS } from '@lectern/protocol'
import type { Clock } from '../shared/clock.ts'
import type { Connection } from './connection.ts'

const AHEAD_MS = LIMITS.expiringSeconds * 1_000
/** `setTimeout` takes a longer delay for 1 ms; one that is cut short looks at the clock again. */
const MAX_DELAY_MS = 2 ** 31 - 1

/** Tells a connection that its token ends, and closes it when it does. Starting again forgets the token before. */
export class ExpiryWatch {
  readonly #clock: Clock
  readonly #timers = new Map<Connection, NodeJS.Timeout>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  start(connection: Connection): void {
    this.stop(connection)
    this.#schedule(connection, connection.actor.expiresAt - AHEAD_MS, () => this.#warn(connection))
  }

  stop(connection: Connection): void {
    clearTimeout(this.#timers.get(connection))
    this.#timers.delete(connection)
  }

  #warn(connection: Connection): void {
    const { expiresAt } = connection.actor
    connection.emit('auth:expiring', { expiresAt: new Date(expiresAt).toISOString() })
    this.#schedule(connection, expiresAt, () => {
      this.#timers.delete(connection)
      connection.drop()
    })
  }

  #schedule(connection: Connection, at: number, act: () => void): void {
    const delay = Math.max(0, at - this.#clock.now())
    const timer =
      delay > MAX_DELAY_MS
        ? setTimeout(() => this.#schedule(connection, at, act), MAX_DELAY_MS)
        : setTimeout(act, delay)
    this.#timers.set(connection, timer.unref())
  }
}
