import { createHmac } from 'node:crypto'
import type { CourseRole, GlobalRole } from '@lectern/protocol'

/** What the rig's LMS signs with: the server's `JWT_SECRET` unless a test sets another. */
export const RIG_JWT_SECRET = 'the LMS of the rig signs with this key'

export interface TokenClaims {
  readonly sub: string
  /** The same as `sub` when left out. */
  readonly name?: string
  readonly role?: GlobalRole
  readonly courses?: Readonly<Record<string, CourseRole>>
  /** The course of each class. */
  readonly sessions?: Readonly<Record<string, string>>
}

export interface TokenOptions {
  /** Seconds from now; an hour when left out. */
  readonly expiresIn?: number
  readonly secret?: string
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** A token as an LMS signs it: HS256 (RFC 7515), users and courses named in it are made when first seen. */
export function signToken(
  { sub, name = sub, ...claims }: TokenClaims,
  { expiresIn = 3600, secret = RIG_JWT_SECRET }: TokenOptions = {},
): string {
  const issuedAt = Math.floor(Date.now() / 1000)
  const payload = { sub, name, ...claims, iat: issuedAt, exp: issuedAt + expiresIn }
  const signed = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(payload)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
