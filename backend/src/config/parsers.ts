import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { folderNameProblem } from '@lectern/protocol'

/** What a variable may hold, in words, and how it is read: `undefined` is a wrong value. */
export interface Parser<T> {
  readonly mayHold: string
  parse(held: string): T | undefined
}

export const integer = (min: number, max: number): Parser<number> => ({
  mayHold: `a whole number from ${min} to ${max}`,
  parse: (held) => {
    if (!/^(0|[1-9]\d{0,15})$/.test(held)) return undefined
    const value = Number(held)
    return value >= min && value <= max ? value : undefined
  },
})

export const oneOf = <const T extends string>(...choices: readonly T[]): Parser<T> => ({
  mayHold: choices.join(', '),
  parse: (held) => choices.find((choice) => choice === held),
})

/** Text as it stands, whose strength is counted in UTF-8 bytes. */
export const key = (minBytes: number): Parser<string> => ({
  mayHold: `${minBytes} bytes or more`,
  parse: (held) => (Buffer.byteLength(held) >= minBytes ? held : undefined),
})

/** What travels as `Authorization: Bearer …`, and so bears no space. */
export const bearer = (minLength: number): Parser<string> => ({
  mayHold: minLength === 1 ? 'ASCII text without spaces' : `${minLength} characters or more, ASCII, without spaces`,
  parse: (held) => (held.length >= minLength && /^[!-~]+$/.test(held) ? held : undefined),
})

export const storageType: Parser<'local'> = {
  mayHold: 'local (aws_s3, azure_blob and google_cloud are not built yet)',
  parse: (held) => (held === 'local' ? held : undefined),
}

export const textExcept = (...refused: readonly string[]): Parser<string> => ({
  mayHold: refused.length === 0 ? 'text' : `text other than ${refused.join(', ')}`,
  parse: (held) => (held.trim() === held && !refused.includes(held) ? held : undefined),
})

/** Resolved against the working directory at start, so that a later change of it moves nothing. */
export const path: Parser<string> = {
  mayHold: 'a path',
  parse: (held) => (held.includes('\0') || held.trim() !== held ? undefined : resolve(held)),
}

export const hostName: Parser<string> = {
  mayHold: 'an IP address or a host name',
  parse: (held) => (isIP(held) !== 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(held) ? held : undefined),
}

const httpUrl = (held: string): URL | undefined => {
  const url = URL.canParse(held) ? new URL(held) : undefined
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
    ? url
    : undefined
}

/** As a browser's `Origin` header spells it: lower case, no default port, no slash at the end. */
const originOf = (held: string): string | undefined => {
  const url = httpUrl(held)
  return url !== undefined && url.href === `${url.origin}/` ? url.origin : undefined
}

export const url: Parser<string> = {
  mayHold: 'an http or https URL without a user name in it',
  parse: (held) => httpUrl(held)?.href,
}

export const origin: Parser<string> = {
  mayHold: 'an http or https origin such as https://lms.example.org, without a path',
  parse: originOf,
}

/** Of a socket on this machine the host may be left out, and stand as `?host=/run/postgresql`. */
export const postgresUrl: Parser<string> = {
  mayHold: 'a URL such as postgres://user:password@host:5432/database',
  parse: (held) => {
    if (!/^postgres(ql)?:\/\/\S+$/.test(held)) return undefined
    // A user without a host is what no URL has, and what PostgreSQL takes.
    const url = held.replace('@/', '@localhost/')
    return URL.canParse(url) && new URL(url).pathname.length > 1 ? held : undefined
  },
}

/** Parts are trimmed, and empty ones dropped: a comma at the end of a list is nobody's mistake. */
const listOf = (held: string): string[] =>
  held
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

export const origins: Parser<readonly string[]> = {
  mayHold: 'http or https origins such as https://lms.example.org, separated by commas (no *, no path)',
  parse: (held) => every(listOf(held).map(originOf)),
}

const every = (values: readonly (string | undefined)[]): readonly string[] | undefined => {
  const known = values.filter((value) => value !== undefined)
  return known.length === values.length ? known : undefined
}

export const folderNames: Parser<readonly string[]> = {
  mayHold: 'names of folders, separated by commas',
  parse: (held) => {
    const names = listOf(held).map((name) => name.normalize('NFC'))
    return names.every((name) => folderNameProblem(name) === undefined) ? names : undefined
  },
}

/** Segments of unreserved characters (RFC 3986), so that it stands in a header and in nginx's configuration as it is. */
export const internalPath: Parser<string> = {
  mayHold: 'an absolute path of a URL such as /_files, without a slash at the end',
  parse: (held) => (/^(\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$/.test(held) ? held : undefined),
}

/** RFC 7064 and RFC 7065: a scheme, a host, a port and, of TURN alone, a transport; no `//`, no user. */
const iceUrls = (schemes: string, query: string, mayHold: string): Parser<readonly string[]> => {
  const pattern = new RegExp(`^(${schemes}):([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?${query}$`)
  return {
    mayHold,
    parse: (held) => every(listOf(held).map((part) => (pattern.test(part) && hasPort(part) ? part : undefined))),
  }
}

const hasPort = (url: string): boolean => Number(/:(\d+)(\?|$)/.exec(url)?.[1] ?? 1) <= 65_535

export const stunUrls = iceUrls(
  'stuns?',
  '',
  'stun: or stuns: URLs such as stun:stun.example.org:3478, separated by commas',
)

export const turnUrls = iceUrls(
  'turns?',
  '(\\?transport=(udp|tcp))?',
  'turn: or turns: URLs such as turn:turn.example.org:3478?transport=udp, separated by commas',
)

/** Express's `trust proxy`: everyone, so many hops, or these addresses. */
export type TrustProxy = boolean | number | readonly string[]

const PROXY_RANGES = ['loopback', 'linklocal', 'uniquelocal']

export const trustProxy: Parser<TrustProxy> = {
  mayHold: `true, false, a number of hops, or addresses and subnets separated by commas (also ${PROXY_RANGES.join(', ')})`,
  parse: (held) => {
    if (held === 'true' || held === 'false') return held === 'true'
    const hops = integer(0, 100).parse(held)
    if (hops !== undefined) return hops
    return every(listOf(held).map((part) => (PROXY_RANGES.includes(part) || isSubnet(part) ? part : undefined)))
  },
}

function isSubnet(held: string): boolean {
  const [address = '', bits, ...rest] = held.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return bits === undefined || integer(0, family === 4 ? 32 : 128).parse(bits) !== undefined
}
