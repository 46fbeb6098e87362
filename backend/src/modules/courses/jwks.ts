import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose'
import type { Clock } from '../../shared/clock.ts'
import { unavailable } from '../../shared/errors.ts'

/** After this the keys are fetched anew behind a request that uses the old ones, so that a withdrawn key goes. */
const REFRESH_AFTER_MS = 10 * 60_000
/** How long an outage of the key server is bridged with the keys last fetched; by then they may have been withdrawn. */
const TRUSTED_FOR_MS = 24 * 3_600_000
/** Tokens that no known key has signed fetch the keys at most this often: forged ones must not hammer the key server. */
const COOLDOWN_MS = 10_000
const TIMEOUT_MS = 5_000

const cannotFetch = () => unavailable('The keys that tokens are checked with cannot be fetched.')

/**
 * The keys at `JWT_JWKS_URL`. jose fetches them and picks the right one; when to fetch is decided here, since jose
 * drops its keys after a time also when the server cannot be reached, and until it can be fetches for every token.
 */
export class RemoteKeys {
  readonly #clock: Clock
  readonly #keys: ReturnType<typeof createRemoteJWKSet>
  #fetchedAt = Number.NEGATIVE_INFINITY
  #triedAt = Number.NEGATIVE_INFINITY
  #fetching: Promise<boolean> | undefined

  constructor(url: URL, clock: Clock) {
    this.#clock = clock
    this.#keys = createRemoteJWKSet(url, {
      timeoutDuration: TIMEOUT_MS,
      cooldownDuration: Number.POSITIVE_INFINITY,
      cacheMaxAge: Number.POSITIVE_INFINITY,
    })
  }

  /**
   * The payload, once signature and claims are found good.
   * @throws AppError `UNAVAILABLE` when the token's key is not known and the key server cannot be asked: whoever bears
   * the token may be right, and is not to be sent to sign in again. What jose throws, otherwise.
   */
  async verify(token: string, options: JWTVerifyOptions): Promise<JWTPayload> {
    if (!(await this.#ready())) throw cannotFetch()
    try {
      return await this.#verifyWithKnown(token, options)
    } catch (error) {
      const unknown = error instanceof errors.JWKSNoMatchingKey
      // A key may be replaced under the same `kid`, or without any.
      if (!unknown && !(error instanceof errors.JWSSignatureVerificationFailed)) throw error
      if (!(await this.#fetchUnlessJustTried())) throw unknown ? cannotFetch() : error
    }
    return await this.#verifyWithKnown(token, options)
  }

  async #verifyWithKnown(token: string, options: JWTVerifyOptions): Promise<JWTPayload> {
    try {
      return (await jwtVerify(token, this.#keys, options)).payload
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
      return await verifyWithAny(error, token, options)
    }
  }

  async #ready(): Promise<boolean> {
    const age = this.#clock.now() - this.#fetchedAt
    if (age <= REFRESH_AFTER_MS) return true
    const fetched = this.#fetchUnlessJustTried()
    return age <= TRUSTED_FOR_MS || (await fetched)
  }

  /** @returns whether the latest try succeeded */
  #fetchUnlessJustTried(): Promise<boolean> {
    if (this.#fetching !== undefined) return this.#fetching
    if (this.#clock.now() - this.#triedAt < COOLDOWN_MS) return Promise.resolve(this.#fetchedAt >= this.#triedAt)
    this.#triedAt = this.#clock.now()
    this.#fetching = this.#fetch().finally(() => {
      this.#fetching = undefined
    })
    return this.#fetching
  }

  async #fetch(): Promise<boolean> {
    try {
      await this.#keys.reload()
    } catch {
      return false
    }
    this.#fetchedAt = this.#clock.now()
    return true
  }
}

/** A token without a `kid`, while two keys of its algorithm stand (in the middle of a rotation). */
async function verifyWithAny(
  candidates: errors.JWKSMultipleMatchingKeys,
  token: string,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  for await (const key of candidates) {
    try {
      return (await jwtVerify(token, key, options)).payload
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error
    }
  }
  throw new errors.JWSSignatureVerificationFailed()
}
