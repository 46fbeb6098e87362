import type { UserActor } from '../../access/actor.ts'
import { unauthenticated } from '../../shared/errors.ts'
import type { VerifiedToken } from './tokens.ts'

/** What counts of a user's row at every request. */
export interface Standing {
  readonly realm: 'local' | 'external'
  readonly name: string
  readonly role: UserActor['role']
  readonly disabled: boolean
}

/** With the name that its bearer goes by. */
export type NamedToken = VerifiedToken & { readonly name: string }

export interface AuthenticatorPorts {
  readonly tokens: { verify(token: string): Promise<VerifiedToken> }
  readonly users: { standingOf(userId: string): Promise<Standing | undefined> }
  readonly sightings: { record(claims: NamedToken, isKnown: boolean): Promise<void> }
}

/** Turns a token into the person who bears it, or refuses; asked anew at each request and handshake. */
export class Authenticator {
  readonly #ports: AuthenticatorPorts

  constructor(ports: AuthenticatorPorts) {
    this.#ports = ports
  }

  /**
   * @throws AppError `UNAUTHENTICATED`, with the same message whatever is wrong; `UNAVAILABLE` when the keys of an
   * existing system cannot be fetched, or what its token says cannot be stored
   */
  async authenticate(token: string): Promise<UserActor> {
    const claims = await this.#ports.tokens.verify(token)
    const standing = await this.#ports.users.standingOf(claims.userId)
    // Ids are unique over both realms, so that a token whose `sub` is somebody of the other realm is nobody's.
    if (standing !== undefined && (standing.realm !== claims.realm || standing.disabled)) throw unauthenticated()
    if (claims.realm === 'external') return this.#external(claims, standing)
    if (standing === undefined) throw unauthenticated()
    // By the database, so that a new name or role counts at once and not at the next token.
    return actorOf(claims, standing)
  }

  async #external(claims: VerifiedToken, standing: Standing | undefined): Promise<UserActor> {
    const named = { ...claims, name: claims.name ?? standing?.name ?? claims.userId }
    await this.#ports.sightings.record(named, standing !== undefined)
    return actorOf(claims, named)
  }
}

function actorOf(claims: VerifiedToken, { name, role }: Pick<Standing, 'name' | 'role'>): UserActor {
  const { userId, realm, issuedAt, expiresAt, courses } = claims
  return {
    kind: 'user',
    userId,
    realm,
    name,
    role,
    issuedAt,
    expiresAt,
    courses: realm === 'external' ? courses : undefined,
  }
}
