import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from '../../shared/clock.ts'
import { unauthenticated } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { Limiter, LimitPolicy } from '../../shared/limiter.ts'
import type { SignedIn, User } from './accounts.types.ts'
import type { RefreshRow, RefreshTokenRepository } from './refresh-tokens.repository.ts'
import type { Tokens } from './tokens.ts'

const REFRESH_TOKEN_MS = 30 * 24 * 3_600_000
/** Two tabs may refresh with one token; so may who never got the answer. */
const GRACE_MS = 30_000
const SECRET_BYTES = 32
/** Far more than all tabs of a family need; each refresh keeps a row for as long as its token is good. */
const REFRESHES: LimitPolicy = { amount: 30, perMs: 60_000 }

/** A family's id and 256 random bits; the server keeps the hash of the whole alone. */
const REFRESH_TOKEN = /^([0-9a-f-]{36})\.[A-Za-z0-9_-]{43}$/

export interface SignInPorts {
  readonly tokens: Pick<Tokens, 'sign'>
  readonly families: RefreshTokenRepository
  readonly limiter: Limiter
  readonly clock: Clock
}

/** Begins, carries on and ends what somebody who signed in holds: an access token and a family of refresh tokens. */
export class SignIn {
  readonly #ports: SignInPorts

  constructor(ports: SignInPorts) {
    this.#ports = ports
  }

  async begin(user: User): Promise<SignedIn> {
    const { token, row } = this.#newRefreshToken(newId())
    await this.#ports.families.beginFamily(user.id, row)
    return await this.#signedIn(user, token, row)
  }

  /**
   * New tokens for a refresh token. One that was used is good for 30 s more; its later use, which tells that somebody
   * else has it, ends the whole family.
   * @throws AppError `UNAUTHENTICATED`, `RATE_LIMITED`
   */
  async refresh(presented: string): Promise<SignedIn> {
    const familyId = await this.#familyOf(presented)
    if (familyId === undefined) throw unauthenticated()
    this.#ports.limiter.take(`refresh ${familyId}`, REFRESHES)
    const { token, row } = this.#newRefreshToken(familyId)
    const rotation = { familyId, hash: hashOf(presented), next: row, graceMs: GRACE_MS }
    const user = await this.#ports.families.rotate(rotation)
    if (user === undefined) throw unauthenticated()
    return await this.#signedIn(user, token, row)
  }

  /** Ends the family of a refresh token; what is none has none. */
  async end(presented: string): Promise<void> {
    const familyId = await this.#familyOf(presented)
    if (familyId !== undefined) await this.#ports.families.endFamily(familyId)
  }

  async #familyOf(token: string): Promise<string | undefined> {
    const familyId = REFRESH_TOKEN.exec(token)?.[1]
    return familyId !== undefined && (await this.#ports.families.isFamily(familyId)) ? familyId : undefined
  }

  #newRefreshToken(familyId: string): { token: string; row: RefreshRow } {
    const token = `${familyId}.${randomBytes(SECRET_BYTES).toString('base64url')}`
    const now = this.#ports.clock.now()
    return { token, row: { hash: hashOf(token), familyId, now, expiresAt: now + REFRESH_TOKEN_MS } }
  }

  async #signedIn(user: User, refreshToken: string, row: RefreshRow): Promise<SignedIn> {
    const { token, expiresAt } = await this.#ports.tokens.sign(user)
    return {
      user,
      accessToken: token,
      accessExpiresAt: expiresAt,
      refreshToken,
      refreshExpiresAt: row.expiresAt,
    }
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
