import { LIMITS } from '@lectern/protocol'
import type { Clock } from '../clock.ts'
import type { Credential, Credentials } from '../credentials.ts'
import { LecternError } from '../errors.ts'
import type { Transport } from '../ports.ts'

export interface RenewalPorts {
  readonly onOnline: Transport['onOnline']
  /** The server's warning; epoch milliseconds. @returns stops telling */
  readonly onExpiring: (listener: (expiresAt: number) => void) => () => void
  /** Tells the server of a newer token. @throws LecternError */
  readonly refresh: (token: string) => Promise<unknown>
  readonly credentials: Pick<Credentials, 'renew'>
  readonly isOnline: () => boolean
  /** What the connection was let in with. */
  readonly credential: () => Credential | undefined
  readonly clock: Clock
  readonly random: () => number
}

const AHEAD_MS = LIMITS.expiringSeconds * 1_000
const AGAIN_MS = 5_000
/** Where a token that was renewed ends soon all the same, the warnings would follow on each other ever faster. */
const SOONEST_MS = 2_000

/**
 * Keeps a connection open beyond its token's end. Where that fails the server ends the connection, and the next try
 * finds out why.
 */
export class TokenRenewal {
  readonly #ports: RenewalPorts
  readonly #stops: readonly (() => void)[]
  /** What the server knows of this connection. */
  #credential: Credential | undefined
  #stopTimer: () => void = () => undefined

  constructor(ports: RenewalPorts) {
    this.#ports = ports
    this.#stops = [
      ports.onOnline(() => {
        this.#stopTimer()
        this.#credential = ports.credential()
      }),
      ports.onExpiring((expiresAt) => this.#schedule(expiresAt)),
    ]
  }

  close(): void {
    for (const stop of this.#stops) stop()
    this.#stopTimer()
  }

  /** Somewhere in the middle of the time left: tokens that were signed together are not renewed together. */
  #schedule(expiresAt: number): void {
    const { clock, random } = this.#ports
    const left = Math.min(Math.max(expiresAt - clock.now(), 0), AHEAD_MS)
    this.#after(Math.max(SOONEST_MS, left * (0.25 + 0.5 * random())))
  }

  #after(ms: number): void {
    this.#stopTimer()
    this.#stopTimer = this.#ports.clock.after(ms, () => void this.#renew())
  }

  async #renew(): Promise<void> {
    const { refresh, credentials, isOnline, random } = this.#ports
    const old = this.#credential
    // The next connection has its own warning.
    if (old === undefined || !isOnline()) return
    try {
      const newer = await credentials.renew(old)
      if (newer?.token === undefined || this.#credential !== old) return
      await refresh(newer.token)
      if (this.#credential === old) this.#credential = newer
    } catch (error) {
      const isPassing = error instanceof LecternError && error.shouldRetry()
      if (isPassing && isOnline() && this.#credential === old) this.#after(AGAIN_MS * (0.5 + random()))
    }
  }
}
