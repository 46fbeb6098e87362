import type { IceServer } from '@lectern/protocol'
import { LecternError } from '../errors.ts'
import type { ClassPorts } from './ports.ts'

/** Those that came with the join are good for an hour. */
const RENEW_MS = 45 * 60_000
const AHEAD_MS = 10 * 60_000
const AGAIN_MS = 30_000

export interface IceRenewalPorts extends Pick<ClassPorts, 'iceServers' | 'clock'> {
  readonly use: (servers: readonly IceServer[]) => void
}

/** Keeps credentials of TURN that have not ended. */
export class IceRenewal {
  readonly #sessionId: string
  readonly #ports: IceRenewalPorts
  #stopTimer: () => void = () => undefined
  #isStopped = false

  constructor(sessionId: string, ports: IceRenewalPorts) {
    this.#sessionId = sessionId
    this.#ports = ports
  }

  /** Of a join that has just been answered. */
  given(servers: readonly IceServer[]): void {
    this.#ports.use(servers)
    this.#renewIn(RENEW_MS)
  }

  /** @param meanwhile what serves where the server does not answer */
  async renew(meanwhile?: readonly IceServer[]): Promise<void> {
    this.#stopTimer()
    try {
      const { iceServers, expiresAt } = await this.#ports.iceServers(this.#sessionId)
      if (this.#isStopped) return
      this.#ports.use(iceServers)
      if (expiresAt !== null)
        this.#renewIn(Math.max(AGAIN_MS, Date.parse(expiresAt) - this.#ports.clock.now() - AHEAD_MS))
    } catch (error) {
      if (!(error instanceof LecternError)) throw error
      if (this.#isStopped) return
      if (meanwhile !== undefined) this.#ports.use(meanwhile)
      this.#renewIn(error.retryAfterMs ?? AGAIN_MS)
    }
  }

  stop(): void {
    this.#isStopped = true
    this.#stopTimer()
  }

  #renewIn(ms: number): void {
    this.#stopTimer()
    this.#stopTimer = this.#ports.clock.after(ms, () => void this.renew())
  }
}
