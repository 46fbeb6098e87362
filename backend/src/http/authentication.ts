import { createHash, timingSafeEqual } from 'node:crypto'
import type { Request } from 'express'
import type { Actor, UserActor } from '../access/actor.ts'
import { AppError, forbidden, unauthenticated } from '../shared/errors.ts'
import type { Logger } from '../shared/logger.ts'
import { readTokenCookies } from './cookies.ts'
import { originAllowed, sourceOf } from './origin.ts'
import { contextOf } from './request-context.ts'

export interface AuthenticationDependencies {
  readonly authenticator: { authenticate(token: string): Promise<UserActor> }
  readonly adminApiKey: string | undefined
  /** `PUBLIC_URL` and `ALLOWED_ORIGINS`, as a browser spells them. */
  readonly allowedOrigins: ReadonlySet<string>
  readonly logger: Logger
}

type RouteDoor = 'user' | 'user_or_api_key' | 'optional'

/** Tells who sends a request: a Bearer token, else the cookie; a token in the query string is not looked at. */
export class Authentication {
  readonly #authenticator: AuthenticationDependencies['authenticator']
  readonly #allowedOrigins: ReadonlySet<string>
  readonly #apiKeyDigest: Buffer | undefined
  readonly #logger: Logger

  constructor({ authenticator, adminApiKey, allowedOrigins, logger }: AuthenticationDependencies) {
    this.#authenticator = authenticator
    this.#allowedOrigins = allowedOrigins
    this.#apiKeyDigest = adminApiKey === undefined ? undefined : digestOf(adminApiKey)
    this.#logger = logger
  }

  /**
   * The caller of a route that is open to users, and to the API key where the route says so. Where the route is open to
   * everybody, a cookie that is valid no more is none: a public file opens for who was signed in yesterday.
   * @throws AppError `UNAUTHENTICATED`; `FORBIDDEN` for the API key elsewhere, and for a change that rides on a cookie
   * from a foreign page; `UNAVAILABLE`
   */
  async actorOf(request: Request, auth: RouteDoor): Promise<Actor | undefined> {
    const bearer = bearerOf(request)
    if (bearer !== undefined && this.#isApiKey(bearer)) return this.#apiKey(request, auth)
    const token = bearer ?? readTokenCookies(request.headers.cookie).access
    if (token === undefined && auth === 'optional') return undefined
    if (token === undefined) throw unauthenticated()
    try {
      const actor = await this.#authenticator.authenticate(token)
      if (bearer === undefined && changesState(request.method)) this.requireKnownOrigin(request)
      return actor
    } catch (error) {
      const isStaleCookie = bearer === undefined && error instanceof AppError && error.code === 'UNAUTHENTICATED'
      if (auth === 'optional' && isStaleCookie) return undefined
      throw error
    }
  }

  /** @throws AppError `FORBIDDEN` unless the request comes from a page of this server or of an allowed origin */
  requireKnownOrigin(request: Request): void {
    const source = sourceOf(request.headers, request.host, request.secure)
    if (!originAllowed(source, this.#allowedOrigins)) throw forbidden('This request comes from a page of another site.')
  }

  /** Digests are compared, since only what is of one length can be compared in constant time. */
  #isApiKey(bearer: string): boolean {
    return this.#apiKeyDigest !== undefined && timingSafeEqual(digestOf(bearer), this.#apiKeyDigest)
  }

  #apiKey(request: Request, auth: RouteDoor): Actor {
    const { id, route } = contextOf(request)
    const allowed = auth === 'user_or_api_key'
    const { method, ip, path } = request
    this.#logger.info({ audit: 'api_key', request_id: id, method, route, path, address: ip, allowed }, 'API key used')
    if (!allowed) throw forbidden('The API key reaches courses and users alone.')
    return { kind: 'api_key', realm: 'external' }
  }
}

/** The token of an `Authorization: Bearer` header; the scheme's name is caseless (RFC 9110, 11.1). */
export function bearerOf(request: Pick<Request, 'headers'>): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]
}

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

const changesState = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method)
