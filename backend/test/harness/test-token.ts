import type { CourseRole, GlobalRole } from '@lectern/protocol'
import { SignJWT } from 'jose'

/** What the tests' own LMS signs with. */
export const TEST_JWT_SECRET = 'the LMS of the tests signs with this key'

export interface TestClaims {
  readonly sub: string
  /** The same as `sub` when left out. */
  readonly name?: string
  readonly email?: string
  readonly role?: GlobalRole
  readonly courses?: Readonly<Record<string, CourseRole>>
  /** Classes, and the courses that they are of. */
  readonly sessions?: Readonly<Record<string, string>>
  /** Seconds from now. */
  readonly expiresIn?: number
  /** Seconds since the epoch. */
  readonly iat?: number
}

/** A token as an LMS signs it: HS256 with `JWT_SECRET`. @param now milliseconds since the epoch */
export function signTestToken({ sub, expiresIn = 3600, iat, ...claims }: TestClaims, now: number): Promise<string> {
  const seconds = Math.floor(now / 1000)
  return new SignJWT({ name: sub, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setIssuedAt(iat ?? seconds)
    .setExpirationTime(seconds + expiresIn)
    .sign(new TextEncoder().encode(TEST_JWT_SECRET))
}
