import { createHmac } from 'node:crypto'
import { type IceServer, type IceServersAnswer, LIMITS, toTime } from '@lectern/protocol'
import type { Clock } from '../../shared/clock.ts'

export interface IceSettings {
  readonly stunUrls: readonly string[]
  readonly turn: { readonly urls: readonly string[]; readonly secret: string } | undefined
}

/**
 * What peers find each other by. Credentials are of the TURN REST API (draft-uberti-behave-turn-rest-00): a name that
 * says until when it counts and whose it is, and its HMAC by the secret that the TURN server knows too.
 */
export class IceServers {
  readonly #settings: IceSettings
  /** The TURN server's time is the wall clock's. */
  readonly #clock: Clock

  constructor(settings: IceSettings, clock: Clock) {
    this.#settings = settings
    this.#clock = clock
  }

  /** For who may not send media yet. */
  stun(): IceServer[] {
    const { stunUrls } = this.#settings
    return stunUrls.length === 0 ? [] : [{ urls: [...stunUrls] }]
  }

  for(userId: string): IceServersAnswer {
    const { turn } = this.#settings
    if (turn === undefined) return { iceServers: this.stun(), expiresAt: null }
    const expires = Math.floor(this.#clock.now() / 1000) + LIMITS.turnSeconds
    const username = `${expires}:${userId}`
    const credential = createHmac('sha1', turn.secret).update(username).digest('base64')
    return {
      iceServers: [...this.stun(), { urls: [...turn.urls], username, credential }],
      expiresAt: toTime(expires * 1000),
    }
  }
}
