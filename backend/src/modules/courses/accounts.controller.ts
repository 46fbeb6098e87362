import { type AUTH_ROUTES, type SessionRecord, toTime, type USER_ROUTES, type UserRecord } from '@lectern/protocol'
import type { Request, Response } from 'express'
import { type Authentication, bearerOf } from '../../http/authentication.ts'
import { type CookieJar, LONGEST_COOKIE, readTokenCookies } from '../../http/cookies.ts'
import type { RouteHandlers } from '../../http/route-binder.types.ts'
import type { Clock } from '../../shared/clock.ts'
import { AppError, unauthenticated } from '../../shared/errors.ts'
import type { AccountService } from './accounts.service.ts'
import type { SignedIn, User } from './accounts.types.ts'
import type { FirstRun } from './first-run.ts'
import type { UserService } from './users.service.ts'

export interface AccountControllerPorts {
  readonly accounts: AccountService
  readonly users: UserService
  readonly firstRun: FirstRun
  readonly authentication: Pick<Authentication, 'requireKnownOrigin'>
  readonly cookies: CookieJar
  readonly clock: Clock
}

export function authHandlers(ports: AccountControllerPorts): RouteHandlers<typeof AUTH_ROUTES> {
  const { accounts, firstRun, authentication, clock } = ports
  const cookies = cookieAnswers(ports)
  /** A page of another site may sign nobody in, as somebody of its choice either. */
  const refuseForeignPage = (request: Request): void => {
    const { access, refresh } = readTokenCookies(request.headers.cookie)
    const isPages = request.headers.origin !== undefined || access !== undefined || refresh !== undefined
    if (isPages) authentication.requireKnownOrigin(request)
  }
  return {
    setupState: async () => ({ data: { needed: await firstRun.isNeeded() } }),
    setUp: async ({ body, request, response }) => {
      refuseForeignPage(request)
      return { data: cookies.signIn(response, await firstRun.setUp(body)) }
    },
    register: async ({ body, request, response }) => {
      refuseForeignPage(request)
      const signedIn = await accounts.register(body, addressOf(request))
      return { data: cookies.signIn(response, signedIn, body.client === 'app') }
    },
    login: async ({ body, request, response }) => {
      refuseForeignPage(request)
      const signedIn = await accounts.login(body, addressOf(request))
      return { data: cookies.signIn(response, signedIn, body.client === 'app') }
    },
    refresh: async ({ body, request, response }) => {
      const given = body.refresh_token
      if (given !== undefined) return { data: cookies.signIn(response, await accounts.refresh(given), true) }
      const { refresh } = readTokenCookies(request.headers.cookie)
      if (refresh === undefined) throw unauthenticated()
      authentication.requireKnownOrigin(request)
      return { data: cookies.signIn(response, await accounts.refresh(refresh)) }
    },
    logout: async ({ body, request, response }) => {
      const { access, refresh } = readTokenCookies(request.headers.cookie)
      if (access !== undefined || refresh !== undefined) authentication.requireKnownOrigin(request)
      for (const token of [body.refresh_token, refresh]) if (token !== undefined) await accounts.logout(token)
      cookies.signOut(response)
    },
    me: async ({ actor }) => ({ data: userRecordOf(await accounts.me(actor)) }),
    updateMe: async ({ actor, body }) => ({ data: userRecordOf(await accounts.updateMe(actor, body)) }),
    openSession: async ({ actor, request, response }) => {
      const token = bearerOf(request)
      if (token === undefined) throw unauthenticated('A Bearer token is needed.')
      if (token.length > LONGEST_COOKIE)
        throw new AppError('PAYLOAD_TOO_LARGE', 'Browsers keep no cookie of this length.')
      response.append('Set-Cookie', ports.cookies.access(token, actor.expiresAt - clock.now()))
      // It is of a local account, of somebody else then, who would be back when this token ends.
      const { refresh } = readTokenCookies(request.headers.cookie)
      if (actor.realm === 'external' && refresh !== undefined) {
        response.append('Set-Cookie', ports.cookies.clearRefresh())
      }
    },
    closeSession: async ({ request, response }) => {
      if (readTokenCookies(request.headers.cookie).access !== undefined) authentication.requireKnownOrigin(request)
      response.append('Set-Cookie', ports.cookies.clearAccess())
    },
  }
}

export const userHandlers = ({ users }: AccountControllerPorts): RouteHandlers<typeof USER_ROUTES> => ({
  listUsers: async ({ actor, query }) => {
    const { items, nextCursor } = await users.list(actor, query)
    return { data: items.map(userRecordOf), meta: { limit: query.limit, next_cursor: nextCursor } }
  },
  createUser: async ({ actor, body }) => ({ data: userRecordOf(await users.create(actor, body)) }),
  updateUser: async ({ actor, params, body }) => ({
    data: userRecordOf(await users.update(actor, params.userId, body)),
  }),
  deleteUser: ({ actor, params }) => users.remove(actor, params.userId),
})

/** How the tokens of who signs in or out reach the browser. */
export function cookieAnswers({ cookies, clock }: Pick<AccountControllerPorts, 'cookies' | 'clock'>) {
  return {
    /** @param tells whether the refresh token stands in the body too */
    signIn(response: Response, signedIn: SignedIn, tells = false): SessionRecord {
      const { user, accessToken, accessExpiresAt, refreshToken, refreshExpiresAt } = signedIn
      const now = clock.now()
      response.append('Set-Cookie', cookies.access(accessToken, accessExpiresAt - now))
      response.append('Set-Cookie', cookies.refresh(refreshToken, refreshExpiresAt - now))
      const record = { user: userRecordOf(user), access_token: accessToken, expires_at: toTime(accessExpiresAt) }
      return tells ? { ...record, refresh_token: refreshToken } : record
    },
    signOut(response: Response): void {
      response.append('Set-Cookie', cookies.clearAccess())
      response.append('Set-Cookie', cookies.clearRefresh())
    },
  }
}

const addressOf = (request: Request): string => request.ip ?? ''

const userRecordOf = ({ id, realm, email, name, role, locale, disabled, createdAt }: User): UserRecord => ({
  ...{ id, realm, email, name, role, locale, disabled },
  created_at: toTime(createdAt),
})
