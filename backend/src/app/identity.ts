import { Authentication } from '../http/authentication.ts'
import { CookieJar } from '../http/cookies.ts'
import { EnrolmentAccess } from '../modules/courses/access.ts'
import { AccountRepository } from '../modules/courses/accounts.repository.ts'
import { AccountService } from '../modules/courses/accounts.service.ts'
import type { LiveAccess } from '../modules/courses/accounts.types.ts'
import { Authenticator } from '../modules/courses/authenticator.ts'
import { CourseAudit } from '../modules/courses/course-audit.ts'
import { CourseRepository } from '../modules/courses/courses.repository.ts'
import { CourseService } from '../modules/courses/courses.service.ts'
import type { ClaimedSessions, EnrolmentEvents } from '../modules/courses/courses.types.ts'
import { EnrolmentChanges } from '../modules/courses/enrolment-changes.ts'
import { EnrolmentRepository } from '../modules/courses/enrolments.repository.ts'
import { EnrolmentService } from '../modules/courses/enrolments.service.ts'
import { FirstRun } from '../modules/courses/first-run.ts'
import { LoginLimits } from '../modules/courses/login-limits.ts'
import { Passwords } from '../modules/courses/passwords.ts'
import { RefreshTokenRepository } from '../modules/courses/refresh-tokens.repository.ts'
import { Sightings } from '../modules/courses/sightings.ts'
import { SignIn } from '../modules/courses/sign-in.ts'
import { Tokens } from '../modules/courses/tokens.ts'
import { UserService } from '../modules/courses/users.service.ts'
import type { Ground } from './ground.ts'

/** Who hears of what changes by tokens and by staff; more may come until the first request. */
export interface IdentityListeners {
  readonly enrolments: EnrolmentEvents[]
  readonly sessions: ClaimedSessions[]
}

/** Who people are, and what they are in which course. */
export function wireIdentity(
  { config, logger, clock, database, secrets, limiter }: Ground,
  listeners: IdentityListeners,
) {
  const { localTokenKey, linkKey, evidenceKey } = secrets
  const { adminApiKey, externalKeys, issuer, audience } = config.identity
  const enrolments = new EnrolmentRepository(database)
  const accounts = new AccountRepository(database)
  const access = new EnrolmentAccess(enrolments)
  const events = new EnrolmentChanges(access, listeners.enrolments)
  const tokens = new Tokens({ localKey: localTokenKey, externalKeys, issuer, audience }, clock)
  const sessions: ClaimedSessions = {
    planned: (planned) => {
      for (const listener of listeners.sessions) listener.planned(planned)
    },
  }
  const sightings = new Sightings({ database, events, sessions, clock })
  const authenticator = new Authenticator({ tokens, users: accounts, sightings })
  const allowedOrigins = new Set([config.http.publicUrl, ...config.http.allowedOrigins])
  const authentication = new Authentication({ authenticator, adminApiKey, allowedOrigins, logger })
  const ports = { enrolments, access, events, audit: new CourseAudit(logger), clock }
  const courseRepository = new CourseRepository(database)
  const courses = new CourseService({ ...ports, courses: courseRepository, limiter })
  const people = { accounts, tokens, events, courses: courseRepository }
  return {
    access,
    allowedOrigins,
    authenticator,
    authentication,
    courses,
    enrolments: new EnrolmentService(ports),
    people,
    linkKey,
    evidenceKey,
  }
}

export type Identity = ReturnType<typeof wireIdentity>

/** How local accounts come, sign in and are managed. @param live where people's connections are */
export function wireAccounts(
  { config, logger, clock, database, limiter }: Ground,
  { people }: Identity,
  live: LiveAccess,
) {
  const { registration, loginsPerMinute } = config.identity
  const passwords = new Passwords()
  const signIn = new SignIn({ tokens: people.tokens, families: new RefreshTokenRepository(database), limiter, clock })
  const limits = new LoginLimits(limiter, loginsPerMinute)
  const ports = { ...people, passwords, signIn, clock }
  return {
    accounts: new AccountService({ ...ports, limits, registration, live }),
    firstRun: new FirstRun(ports),
    users: new UserService({ ...ports, live, audit: logger }),
    cookies: new CookieJar(config.http.publicUrl.startsWith('https:')),
  }
}

export type Accounts = ReturnType<typeof wireAccounts>
