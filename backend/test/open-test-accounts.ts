import type { Database } from '../src/database/database.ts'
import { AccountRepository } from '../src/modules/courses/accounts.repository.ts'
import { AccountService } from '../src/modules/courses/accounts.service.ts'
import type { Registration } from '../src/modules/courses/accounts.types.ts'
import { Authenticator } from '../src/modules/courses/authenticator.ts'
import { CourseRepository } from '../src/modules/courses/courses.repository.ts'
import { FirstRun } from '../src/modules/courses/first-run.ts'
import { LoginLimits } from '../src/modules/courses/login-limits.ts'
import { Passwords } from '../src/modules/courses/passwords.ts'
import { RefreshTokenRepository } from '../src/modules/courses/refresh-tokens.repository.ts'
import { Sightings } from '../src/modules/courses/sightings.ts'
import { SignIn } from '../src/modules/courses/sign-in.ts'
import { Tokens } from '../src/modules/courses/tokens.ts'
import { UserService } from '../src/modules/courses/users.service.ts'
import { newId } from '../src/shared/ids.ts'
import { MemoryLimiter } from '../src/shared/limiter.ts'
import { captureLog } from './harness/log-capture.ts'
import { TEST_JWT_SECRET } from './harness/test-token.ts'
import { openTestDatabase } from './open-test-database.ts'

export const START = Date.UTC(2026, 0, 5, 8)
export const PASSWORD = 'correct horse battery'

export interface TestAccountsOptions {
  readonly registration?: Registration
  readonly loginsPerMinute?: number
}

/** Identity as the server wires it, on a database of its own. */
export async function openTestAccounts(options: TestAccountsOptions = {}) {
  const opened = await openTestDatabase()
  return { ...startTestAccounts(opened.database, options), [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() }
}

/** The same on a database that is there; time is `clock.time`. */
export function startTestAccounts(
  database: Database,
  { registration = 'open', loginsPerMinute = 10 }: TestAccountsOptions = {},
) {
  const clock = { time: START, now: () => clock.time }
  const { logger, lines } = captureLog()
  const heard: string[][] = []
  const gone: string[] = []
  const changed: string[] = []
  const events = {
    changed: (courseId: string, userIds: readonly string[]) => void heard.push(['changed', courseId, ...userIds]),
    removed: (courseId: string, userIds: readonly string[]) => void heard.push(['removed', courseId, ...userIds]),
  }
  const accounts = new AccountRepository(database)
  const courses = new CourseRepository(database)
  const tokens = new Tokens(
    {
      localKey: new Uint8Array(32).fill(7),
      externalKeys: { kind: 'secret', secret: TEST_JWT_SECRET },
      issuer: undefined,
      audience: undefined,
    },
    clock,
  )
  const passwords = new Passwords()
  const limiter = new MemoryLimiter(clock)
  const signIn = new SignIn({ tokens, families: new RefreshTokenRepository(database), limiter, clock })
  const sightings = new Sightings({ database, events, sessions: { planned: () => undefined }, clock })
  const limits = new LoginLimits(limiter, loginsPerMinute)
  const live = {
    userGone: (userId: string) => void gone.push(userId),
    userChanged: (userId: string) => void changed.push(userId),
  }
  const ports = { accounts, passwords, events, clock, live }
  return {
    database,
    clock,
    logger,
    /** Everything that was logged. */
    lines,
    /** Changed enrolments, `[what, courseId, userId]`. */
    heard,
    /** Whose live connections were to be closed. */
    gone,
    /** Whose live connections were to come back as what they are by now. */
    changed,
    accounts,
    courses,
    tokens,
    authenticator: new Authenticator({ tokens, users: accounts, sightings }),
    service: new AccountService({ ...ports, courses, limits, signIn, registration }),
    users: new UserService({ ...ports, audit: logger }),
    firstRun: new FirstRun({ accounts, passwords, signIn, clock }),
    /** A local account with `PASSWORD`. */
    async account(email: string, role: 'admin' | 'teacher' | 'student' = 'student') {
      const passwordHash = await passwords.hash(PASSWORD)
      return await accounts.createLocal({ id: newId(), name: email, email, role, passwordHash, now: clock.now() })
    },
  }
}

export type OpenTestAccounts = Awaited<ReturnType<typeof openTestAccounts>>
export type TestAccounts = ReturnType<typeof startTestAccounts>

/** The code of an `AppError`, or that there was none. */
export const outcomeOf = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => 'ok',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  )
