import { SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clearing } from '../../../test/clear.repository.ts'
import { openTestDatabase, type TestDatabase } from '../../../test/open-test-database.ts'
import type { Database } from '../../database/database.ts'
import { AccountRepository } from './accounts.repository.ts'
import { Authenticator } from './authenticator.ts'
import { enrolmentOperations } from './enrolments.repository.ts'
import { Sightings } from './sightings.ts'
import { Tokens } from './tokens.ts'

const NOW = Date.UTC(2026, 0, 31, 8, 0, 0)
const SECONDS = NOW / 1000
const SECRET = 'a secret of an existing system, 32 bytes or more'

interface Lms {
  readonly sub: string
  readonly iat?: number
  readonly name?: string
  readonly email?: string
  readonly role?: string
  readonly courses?: Record<string, string>
}

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test[Symbol.asyncDispose]())

beforeEach(() => test.database.write(clearing.people, null))

const tokenOf = ({ iat = SECONDS, ...claims }: Lms) =>
  new SignJWT({ ...claims, iat, exp: iat + 3600 })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(SECRET))

function startOn(database: Database) {
  const clock = { time: NOW, now: () => clock.time }
  const counter = { writes: 0, changed: [] as string[] }
  const counted: Pick<Database, 'reading' | 'write'> = {
    reading: database.reading,
    write: (operation, input) => {
      counter.writes += 1
      return database.write(operation, input)
    },
  }
  const settings = {
    localKey: new Uint8Array(32).fill(7),
    externalKeys: { kind: 'secret', secret: SECRET },
    issuer: undefined,
    audience: undefined,
  } as const
  const tokens = new Tokens(settings, clock)
  const users = new AccountRepository(database)
  const events = { changed: (courseId: string) => void counter.changed.push(courseId) }
  const sightings = new Sightings({ database: counted, events, sessions: { planned: () => undefined }, clock })
  const authenticator = new Authenticator({ tokens, users, sightings })
  const authenticate = async (lms: Lms) => authenticator.authenticate(await tokenOf(lms))
  return { clock, counter, tokens, users, authenticator, authenticate }
}

const enrolmentsOf = (database: Database, userId: string) =>
  database.read
    .selectFrom('enrolments')
    .select(['course_id', 'role', 'source'])
    .where('user_id', '=', userId)
    .orderBy('course_id')
    .execute()

const local = {
  id: 'local-1',
  name: 'Minh',
  email: 'minh@school.example',
  role: 'teacher',
  passwordHash: 'x',
  now: NOW,
} as const

const refused = { code: 'UNAUTHENTICATED', message: 'A valid token is needed.' }

describe('the first sight of an external token', () => {
  it('makes its bearer and its courses, and keeps its word for rosters', async () => {
    const { authenticate, counter } = startOn(test.database)
    const actor = await authenticate({
      sub: 'an',
      name: 'An',
      email: 'an@lms.example',
      role: 'teacher',
      courses: { bio: 'teacher', art: 'student' },
    })
    expect(actor).toMatchObject({ kind: 'user', realm: 'external', userId: 'an', role: 'teacher', issuedAt: SECONDS })
    expect([...(actor.courses ?? [])]).toEqual([
      ['bio', 'teacher'],
      ['art', 'student'],
    ])
    expect(await enrolmentsOf(test.database, 'an')).toEqual([
      { course_id: 'art', role: 'student', source: 'claim' },
      { course_id: 'bio', role: 'teacher', source: 'claim' },
    ])
    const courses = await test.database.read
      .selectFrom('courses')
      .select(['id', 'realm', 'title'])
      .orderBy('id')
      .execute()
    expect(courses).toEqual([
      { id: 'art', realm: 'external', title: 'art' },
      { id: 'bio', realm: 'external', title: 'bio' },
    ])
    expect(counter.changed.sort()).toEqual(['art', 'bio'])
  })

  it('is written once, however many requests bear it at once or later', async () => {
    const { authenticate, counter, clock } = startOn(test.database)
    const an = { sub: 'an', courses: { bio: 'student' } }
    await Promise.all(Array.from({ length: 20 }, () => authenticate(an)))
    await authenticate(an)
    clock.time += 60_000
    await authenticate({ ...an, iat: SECONDS + 60 })
    expect(counter.writes).toBe(1)
  })

  it('is known again after a restart', async () => {
    await startOn(test.database).authenticate({ sub: 'an', courses: { bio: 'student' } })
    const { authenticate, counter } = startOn(await test.reopen())
    await authenticate({ sub: 'an', courses: { bio: 'student' } })
    expect(counter.writes).toBe(0)
  })

  it('sets the read mark of a new enrolment to where the course stands', async () => {
    const { authenticate } = startOn(test.database)
    await authenticate({ sub: 'an', courses: { bio: 'student' } })
    const mark = await test.database.read.selectFrom('read_marks').selectAll().executeTakeFirstOrThrow()
    expect(mark).toEqual({ course_id: 'bio', user_id: 'an', last_read_seq: 0 })
  })
})

describe('a later external token', () => {
  it('brings name, address, role and claimed roles up to date, and takes no enrolment away', async () => {
    const { authenticate, users } = startOn(test.database)
    await authenticate({ sub: 'an', name: 'An', courses: { bio: 'student', art: 'student' } })
    await authenticate({
      sub: 'an',
      name: 'An Lê',
      email: 'an@lms.example',
      role: 'admin',
      courses: { bio: 'assistant' },
    })
    expect(await users.byId('an')).toMatchObject({ name: 'An Lê', email: 'an@lms.example', role: 'admin' })
    expect(await enrolmentsOf(test.database, 'an')).toEqual([
      { course_id: 'art', role: 'student', source: 'claim' },
      { course_id: 'bio', role: 'assistant', source: 'claim' },
    ])
  })

  it('takes over an address that another of its realm had', async () => {
    const { authenticate, users } = startOn(test.database)
    await authenticate({ sub: 'an', email: 'shared@lms.example' })
    await authenticate({ sub: 'binh', email: 'shared@lms.example' })
    expect((await users.byId('an'))?.email).toBeNull()
    expect((await users.byId('binh'))?.email).toBe('shared@lms.example')
  })

  it('may bear the address of a local account, which is another person', async () => {
    const { authenticate, users } = startOn(test.database)
    await users.createLocal(local)
    await authenticate({ sub: 'an', email: local.email })
    expect((await users.byId(local.id))?.email).toBe(local.email)
  })
})

describe('the two realms', () => {
  it('an external token whose sub is a local account is refused', async () => {
    const { authenticate, users } = startOn(test.database)
    await users.createLocal(local)
    await expect(authenticate({ sub: local.id, role: 'admin' })).rejects.toMatchObject(refused)
    expect(await users.byId(local.id)).toMatchObject({ realm: 'local', name: 'Minh', role: 'teacher' })
  })

  it('a token made here counts only while its account is there, with the name and role of now', async () => {
    const { authenticator, users, tokens } = startOn(test.database)
    const { token } = await tokens.sign({ id: local.id, name: 'Minh', role: 'admin' })
    await expect(authenticator.authenticate(token)).rejects.toMatchObject(refused)
    await users.createLocal(local)
    expect(await authenticator.authenticate(token)).toMatchObject({
      realm: 'local',
      role: 'teacher',
      courses: undefined,
    })
    await users.update(local.id, { disabled: true }, 'local')
    await expect(authenticator.authenticate(token)).rejects.toMatchObject(refused)
  })
})

describe('an external user', () => {
  it('who is disabled is refused at once, also with a token that was good a moment ago', async () => {
    const { authenticate, users } = startOn(test.database)
    await authenticate({ sub: 'an' })
    await users.update('an', { disabled: true }, 'external')
    await expect(authenticate({ sub: 'an' })).rejects.toMatchObject(refused)
    await users.update('an', { disabled: false }, 'external')
    expect((await authenticate({ sub: 'an' })).userId).toBe('an')
  })

  it('who was deleted comes back only by a token issued later', async () => {
    const { authenticate, users } = startOn(test.database)
    await authenticate({ sub: 'an', courses: { bio: 'student' } })
    expect(await users.remove('an', 'external', NOW + 500)).toEqual(['bio'])
    await expect(authenticate({ sub: 'an', courses: { bio: 'student' } })).rejects.toMatchObject(refused)
    expect((await authenticate({ sub: 'an', iat: SECONDS + 1, courses: { bio: 'student' } })).userId).toBe('an')
    expect(await enrolmentsOf(test.database, 'an')).toHaveLength(1)
  })

  it('removed from a course is recorded there again only by a token issued later', async () => {
    const { authenticate, clock } = startOn(test.database)
    await authenticate({ sub: 'an', courses: { bio: 'student' } })
    await test.database.write(enrolmentOperations.removeMember, {
      courseId: 'bio',
      userId: 'an',
      by: 'admin',
      removedAt: NOW + 999,
    })
    await authenticate({ sub: 'an', name: 'An', courses: { bio: 'student' } })
    expect(await enrolmentsOf(test.database, 'an')).toEqual([])
    clock.time += 2000
    await authenticate({ sub: 'an', name: 'An', iat: SECONDS + 1, courses: { bio: 'student' } })
    expect(await enrolmentsOf(test.database, 'an')).toHaveLength(1)
  })
})
