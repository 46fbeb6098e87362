import { type CourseRole, courseRole, email, type GlobalRole, globalRole, id, LIMITS } from '@lectern/protocol'
import { z } from 'zod'

/** What a verified token says of its bearer, in our words. */
export interface BearerClaims {
  readonly userId: string
  /** Undefined when the token bears none: a name that is known already stays. */
  readonly name: string | undefined
  readonly email: string | null
  readonly role: GlobalRole
  /** Whole seconds since the epoch; 0 when the token bears no `iat`, so that any removal outlives it. */
  readonly issuedAt: number
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
  readonly courses: ReadonlyMap<string, CourseRole> | undefined
  /** Classes that the existing system knows, and the courses that they are of. */
  readonly sessions: ReadonlyMap<string, string>
}

const MOST_COURSES = 1000
const MOST_SESSIONS = 1000
/** The last second that a `Date` can tell (ECMA-262, 21.4.1.1). */
const LAST_SECOND = 8_640_000_000_000

const seconds = z.number().min(0).max(LAST_SECOND)

/** An existing system's names are not refused for a stray control character; they are made fit to show. */
const presentable = (name: string): string =>
  name
    .toWellFormed()
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, LIMITS.name)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim()

const mapClaim = (most: number) =>
  z
    .custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
    .transform((value): [string, unknown][] => Object.entries(value))
    .refine((entries) => entries.length <= most)

const coursesClaim = mapClaim(MOST_COURSES)
  // Nobody can ask for a course whose id is none, so that such an entry means nothing. A role unknown here is the least.
  .transform((entries) => entries.filter(([courseId]) => id.safeParse(courseId).success))
  .transform(
    (entries) => new Map(entries.map(([courseId, role]) => [courseId, courseRole.catch('student').parse(role)])),
  )

/** What is no id of a class, or of a course, means nothing here. */
const sessionsClaim = mapClaim(MOST_SESSIONS)
  .transform((entries) => entries.map((entry) => z.tuple([id, id]).safeParse(entry)))
  .transform((entries) => new Map(entries.flatMap(({ data }) => (data === undefined ? [] : [data]))))

const claims = z.object({
  sub: id,
  name: z.string().transform(presentable).catch(''),
  email: email.nullable().catch(null),
  role: globalRole.catch('student'),
  iat: seconds.default(0),
  exp: seconds,
  courses: coursesClaim.optional(),
  sessions: sessionsClaim.default(new Map()),
})

/** @returns undefined when the payload is no bearer's: `sub` is no id, a time is no number, `courses` is no map */
export function readClaims(payload: unknown): BearerClaims | undefined {
  const read = claims.safeParse(payload)
  if (!read.success) return undefined
  const { sub, name, iat, exp, ...rest } = read.data
  return {
    userId: sub,
    name: name === '' ? undefined : name,
    email: rest.email,
    role: rest.role,
    issuedAt: Math.floor(iat),
    expiresAt: Math.floor(exp * 1000),
    courses: rest.courses,
    sessions: rest.sessions,
  }
}
