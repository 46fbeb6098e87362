import { parseCookie, stringifySetCookie } from 'cookie'

const ACCESS = 'lectern_access'
const REFRESH = 'lectern_refresh'
const REFRESH_PATH = '/api/v1/auth'

/** A browser drops a cookie whose name and value are longer, without a word (RFC 6265bis, 5.6). */
export const LONGEST_COOKIE = 4096 - ACCESS.length

export interface TokenCookies {
  readonly access: string | undefined
  readonly refresh: string | undefined
}

export function readTokenCookies(header: string | undefined): TokenCookies {
  const cookies = header === undefined ? {} : parseCookie(header)
  return { access: cookies[ACCESS] || undefined, refresh: cookies[REFRESH] || undefined }
}

/** The `Set-Cookie` values of both tokens. */
export class CookieJar {
  readonly #secure: boolean

  /** @param secure whether `PUBLIC_URL` is https */
  constructor(secure: boolean) {
    this.#secure = secure
  }

  access(token: string, msLeft: number): string {
    return this.#cookie(ACCESS, token, { sameSite: 'lax', path: '/' }, msLeft)
  }

  refresh(token: string, msLeft: number): string {
    return this.#cookie(REFRESH, token, { sameSite: 'strict', path: REFRESH_PATH }, msLeft)
  }

  clearAccess(): string {
    return this.access('', 0)
  }

  clearRefresh(): string {
    return this.refresh('', 0)
  }

  #cookie(name: string, value: string, scope: { sameSite: 'lax' | 'strict'; path: string }, msLeft: number): string {
    const maxAge = Math.max(0, Math.ceil(msLeft / 1000))
    return stringifySetCookie({ name, value, httpOnly: true, secure: this.#secure, ...scope, maxAge })
  }
}
