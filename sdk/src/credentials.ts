import type { Clock } from './clock.ts'
import { LecternError } from './errors.ts'
import { expiryOf } from './jwt.ts'

export interface CredentialOptions {
  readonly token?: string | (() => Promise<string>) | undefined
  readonly renew?: (() => Promise<string>) | undefined
}

export interface Credential {
  /** Goes into the header and the handshake; undefined: the cookie goes by itself. */
  readonly bearer: string | undefined
  /** The token itself, as far as it is known: also that of the cookie, once it was renewed here. */
  readonly token: string | undefined
}

const AHEAD_MS = 30_000
/** A new token that seems to end already is taken as it is: it is this machine's clock that is wrong. */
const LEAST_AGE_MS = 30_000
/** Everybody waits for the one request that is under way: it may not hang for ever. */
const FETCH_MS = 15_000

/** What the caller shows to the server: a token, or the cookie. Renewed by one request at a time, however many wait for it. */
export class Credentials {
  readonly #fetch: (() => Promise<string>) | undefined
  readonly #clock: Clock
  readonly #isCookie: boolean
  #current: Credential | undefined
  #fetchedAt: number
  #underWay: Promise<Credential> | undefined

  constructor({ token, renew }: CredentialOptions, clock: Clock) {
    this.#clock = clock
    this.#fetchedAt = clock.now()
    this.#isCookie = token === undefined
    this.#fetch = typeof token === 'function' ? token : this.#isCookie ? renew : undefined
    if (typeof token !== 'function') this.#current = { bearer: token, token }
  }

  /**
   * The newest; a newer one, where it is about to end and one can be had.
   * @throws LecternError
   */
  async current(): Promise<Credential> {
    const current = this.#current
    if (current === undefined) return this.#renewed()
    if (this.#fetch === undefined || !this.#isEnding(current)) return current
    // It may be good for a while yet: the server has the last word.
    return this.#renewed().catch(() => current)
  }

  /**
   * A newer one than that which was refused, or is about to end.
   * @returns undefined when there is no way to get one
   * @throws LecternError
   */
  async renew(old: Credential): Promise<Credential | undefined> {
    if (this.#fetch === undefined) return undefined
    if (this.#current !== undefined && this.#current !== old) return this.#current
    return this.#renewed()
  }

  #renewed(): Promise<Credential> {
    this.#underWay ??= this.#take().finally(() => {
      this.#underWay = undefined
    })
    return this.#underWay
  }

  async #take(): Promise<Credential> {
    const token = await this.#fetched()
    if (typeof token !== 'string' || token === '') throw new LecternError('UNAUTHENTICATED', 'There is no token.')
    const credential = { bearer: this.#isCookie ? undefined : token, token }
    this.#current = credential
    this.#fetchedAt = this.#clock.now()
    return credential
  }

  async #fetched(): Promise<unknown> {
    const { promise: late, reject } = Promise.withResolvers<never>()
    const callOff = this.#clock.after(FETCH_MS, () => reject(new LecternError('TIMEOUT', 'No token came in time.')))
    try {
      return await Promise.race([this.#fetch?.(), late])
    } catch (error) {
      throw error instanceof LecternError ? error : unfetched(error)
    } finally {
      callOff()
    }
  }

  #isEnding({ token }: Credential): boolean {
    const expiresAt = token === undefined ? undefined : expiryOf(token)
    const now = this.#clock.now()
    return expiresAt !== undefined && expiresAt - now < AHEAD_MS && now - this.#fetchedAt >= LEAST_AGE_MS
  }
}

const unfetched = (cause: unknown): LecternError => new LecternError('NETWORK', 'No token could be fetched.', { cause })
