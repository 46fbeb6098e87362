import type { GlobalRole } from '@lectern/protocol'
import { afterAll, beforeAll } from 'vitest'
import type { ApiKeyActor, Realm, UserActor } from '../src/access/actor.ts'
import type { Database } from '../src/database/database.ts'
import { EnrolmentAccess } from '../src/modules/courses/access.ts'
import { CourseAudit } from '../src/modules/courses/course-audit.ts'
import { CourseRepository } from '../src/modules/courses/courses.repository.ts'
import { CourseService } from '../src/modules/courses/courses.service.ts'
import type { EnrolmentEvents } from '../src/modules/courses/courses.types.ts'
import { EnrolmentChanges } from '../src/modules/courses/enrolment-changes.ts'
import { EnrolmentRepository } from '../src/modules/courses/enrolments.repository.ts'
import { EnrolmentService } from '../src/modules/courses/enrolments.service.ts'
import { MemoryLimiter } from '../src/shared/limiter.ts'
import { captureLog } from './harness/log-capture.ts'
import { openTestDatabase, type TestDatabase } from './open-test-database.ts'
import { people } from './people.repository.ts'

export const START = Date.UTC(2026, 0, 5, 8)

export const apiKey: ApiKeyActor = { kind: 'api_key', realm: 'external' }

export const userActor = (userId: string, more: Partial<UserActor> = {}): UserActor => ({
  kind: 'user',
  userId,
  realm: 'local',
  name: `Name of ${userId}`,
  role: 'student',
  issuedAt: START / 1000,
  expiresAt: START + 3_600_000,
  courses: undefined,
  ...more,
})

/** `[what, courseId, …userIds]`, in the order in which they came. */
class HeardEvents implements EnrolmentEvents {
  readonly heard: string[][] = []
  removed = (courseId: string, userIds: readonly string[]) => void this.heard.push(['removed', courseId, ...userIds])
  changed = (courseId: string, userIds: readonly string[]) => void this.heard.push(['changed', courseId, ...userIds])
  archived = (courseId: string) => void this.heard.push(['archived', courseId])
  restored = (courseId: string) => void this.heard.push(['restored', courseId])
}

/** Courses and enrolments on an empty database. */
async function startCourses(database: Database) {
  await database.write(people.clear, null)
  const clock = { time: START, now: () => clock.time }
  const courses = new CourseRepository(database)
  const enrolments = new EnrolmentRepository(database)
  const access = new EnrolmentAccess(enrolments)
  const listener = new HeardEvents()
  const events = new EnrolmentChanges(access, [listener])
  const { logger, lines } = captureLog()
  const audit = new CourseAudit(logger)
  const shared = { enrolments, access, events, audit, clock }
  return {
    database,
    clock,
    access,
    enrolments,
    heard: listener.heard,
    logged: lines,
    courses: new CourseService({ ...shared, courses, limiter: new MemoryLimiter(clock) }),
    members: new EnrolmentService(shared),
    /** Makes a user row, and says who calls with that user's token. */
    async person(id: string, { role = 'student', realm = 'local' }: { role?: GlobalRole; realm?: Realm } = {}) {
      await database.write(people.add, [{ id, realm, role, email: `${id}@example.test` }])
      return userActor(id, { role, realm })
    },
  }
}

export type TestCourses = Awaited<ReturnType<typeof startCourses>>

/**
 * For a file of tests: one database, whose threads take a second to start, emptied for each test.
 * @returns what a test begins with
 */
export function testCourses(): () => Promise<TestCourses> {
  let opened: TestDatabase | undefined
  beforeAll(async () => {
    opened = await openTestDatabase()
  })
  afterAll(() => opened?.[Symbol.asyncDispose]())
  return async () => {
    if (opened === undefined) throw new Error('Call it in a test.')
    return await startCourses(opened.database)
  }
}
