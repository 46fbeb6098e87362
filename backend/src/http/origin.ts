import type { IncomingHttpHeaders } from 'node:http'

/** What a request tells of the page that sent it, and of the server that it was sent to. */
export interface RequestSource {
  readonly origin: string | undefined
  readonly referer: string | undefined
  readonly secFetchSite: string | undefined
  /** With the port, as the `Host` header or a trusted proxy's `X-Forwarded-Host` has it. */
  readonly host: string | undefined
  /** Whether the request came over TLS, as far as this server or a trusted proxy knows. */
  readonly secure: boolean
}

export function sourceOf(headers: IncomingHttpHeaders, host: string | undefined, secure: boolean): RequestSource {
  const site = headers['sec-fetch-site']
  return {
    origin: headers.origin,
    referer: headers.referer,
    secFetchSite: typeof site === 'string' ? site : undefined,
    host,
    secure,
  }
}

/**
 * Whether what rides on a cookie comes from the server's own pages or from those of an allowed origin. The first of
 * `Origin`, `Referer`, `Sec-Fetch-Site` that is there decides; a request with none of them is refused.
 * @param allowed origins as a browser spells them: `PUBLIC_URL` and `ALLOWED_ORIGINS`
 */
export function originAllowed(source: RequestSource, allowed: ReadonlySet<string>): boolean {
  const { origin, referer, secFetchSite } = source
  // `Origin: null` is a sandboxed frame's, a file's or a redirect's: nobody's.
  if (origin !== undefined) return allowed.has(origin) || isOwn(origin, source)
  if (referer !== undefined) {
    const from = originOf(referer)
    return from !== undefined && (allowed.has(from) || isOwn(from, source))
  }
  return secFetchSite === 'same-origin'
}

/** TLS may end at a proxy that is not known here: the same host's https page is trusted; its http page only over http. */
function isOwn(origin: string, { host, secure }: RequestSource): boolean {
  if (host === undefined) return false
  return origin === originOf(`https://${host}`) || (!secure && origin === originOf(`http://${host}`))
}

function originOf(url: string): string | undefined {
  const parsed = URL.parse(url)
  return parsed === null || parsed.origin === 'null' ? undefined : parsed.origin
}
