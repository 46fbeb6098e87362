import type { CourseRole, GlobalRole } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import type { EffectiveRole, Realm, UserActor } from '../../access/actor.ts'
import { EnrolmentAccess, effectiveRole, enrolledRole, type Standings } from './access.ts'
import type { CourseStanding, Enrolment } from './courses.types.ts'

const ISSUED_AT = 1_000

interface Caller {
  readonly role?: GlobalRole
  readonly realm?: Realm
  readonly claim?: CourseRole
  readonly claimsOthers?: boolean
}

function actor({ role = 'student', realm = 'external', claim, claimsOthers = false }: Caller = {}): UserActor {
  const claims: [string, CourseRole][] = claimsOthers ? [['other', 'teacher']] : []
  if (claim !== undefined) claims.push(['course', claim])
  return {
    kind: 'user',
    userId: 'u1',
    realm,
    name: 'An',
    role,
    issuedAt: ISSUED_AT,
    expiresAt: 2_000_000,
    courses: claims.length > 0 ? new Map(claims) : undefined,
  }
}

const standing = (enrolment?: Enrolment, more: Partial<CourseStanding> = {}): CourseStanding => ({
  courseId: 'course',
  realm: 'external',
  archived: false,
  enrolment,
  removedAt: undefined,
  ...more,
})

const enrolled = (source: Enrolment['source'], role: CourseRole = 'assistant') => standing({ source, role })
const removedAt = (ms: number, enrolment?: Enrolment) => standing(enrolment, { removedAt: ms })
const roster: Enrolment = { source: 'roster', role: 'student' }

const CASES: [rule: string, Caller, CourseStanding, EffectiveRole | undefined][] = [
  ['ID17 a token without claims counts by what was made here', {}, enrolled('made'), 'assistant'],
  ['ID17 a token without claims counts by what was joined by code', {}, enrolled('code'), 'assistant'],
  ['ID17 a token without claims counts by the roster', {}, enrolled('roster'), 'assistant'],
  ['ID16 what an earlier token said gives no right to one without claims', {}, enrolled('claim'), undefined],
  ['ID17 a token without claims enters nothing that enrols it nowhere', {}, standing(), undefined],

  ['ID14 a claim enrols', { claim: 'teacher' }, standing(), 'teacher'],
  ['ID14 a claim counts above the roster', { claim: 'student' }, enrolled('roster', 'teacher'), 'student'],
  ['ID14 a claim counts above what an earlier one said', { claim: 'student' }, enrolled('claim', 'teacher'), 'student'],
  ['ID14 what was made here counts above the claim', { claim: 'student' }, enrolled('made', 'teacher'), 'teacher'],
  ['ID14 what was joined by code counts above the claim', { claim: 'teacher' }, enrolled('code', 'student'), 'student'],
  [
    'ID14 claims that do not name the course overrule its roster',
    { claimsOthers: true },
    enrolled('roster'),
    undefined,
  ],
  [
    'ID14 claims that do not name the course leave what was made here',
    { claimsOthers: true },
    enrolled('made'),
    'assistant',
  ],
  [
    'ID14 claims that do not name the course leave a join by code',
    { claimsOthers: true },
    enrolled('code'),
    'assistant',
  ],

  ['ID18 a removal refuses a token of an earlier second', { claim: 'teacher' }, removedAt(1_001_000), undefined],
  ['ID18 a removal refuses a token of its own second', { claim: 'teacher' }, removedAt(1_000_999), undefined],
  ['ID18 a removal at the very start of the second refuses too', { claim: 'teacher' }, removedAt(1_000_000), undefined],
  ['ID18 a removal lets a token of a later second in', { claim: 'teacher' }, removedAt(999_999), 'teacher'],
  ['ID18 a removal refuses an earlier token without claims', {}, removedAt(1_000_500, roster), undefined],
  ['ID18 a removal lets a later token in by the database', {}, removedAt(999_000, roster), 'student'],
  ['ID18 a removal refuses an administrator’s earlier token', { role: 'admin' }, removedAt(1_000_500), undefined],

  ['ID22 an administrator is one in every course of the realm', { role: 'admin' }, standing(), 'admin'],
  ['ID22 an administrator who teaches is the teacher', { role: 'admin' }, enrolled('made', 'teacher'), 'teacher'],
  [
    'ID22 an administrator loses nothing by being enrolled as less',
    { role: 'admin' },
    enrolled('roster', 'student'),
    'admin',
  ],
  [
    'ID22 an administrator whose token claims less loses nothing',
    { role: 'admin', claim: 'student' },
    standing(),
    'admin',
  ],
  ['ID21 a global teacher is nothing in a course that does not enrol them', { role: 'teacher' }, standing(), undefined],
  [
    'ID21 a global teacher who is a student there is a student',
    { role: 'teacher' },
    enrolled('code', 'student'),
    'student',
  ],

  ['ID19 a local account enters no external course', { realm: 'local' }, enrolled('made'), undefined],
  ['ID19 a local administrator enters no external course', { realm: 'local', role: 'admin' }, standing(), undefined],
  [
    'ID19 a claim that names a local course is ignored',
    { claim: 'teacher' },
    standing(undefined, { realm: 'local' }),
    undefined,
  ],
  ['CO6 an archived course lets nobody in', { claim: 'teacher' }, standing(roster, { archived: true }), undefined],
  [
    'CO6 an archived course lets no administrator in',
    { role: 'admin' },
    standing(roster, { archived: true }),
    undefined,
  ],
]

describe('effective role', () => {
  it.each(CASES)('%s', (_rule, caller, known, expected) => {
    expect(effectiveRole(actor(caller), known)).toBe(expected)
  })

  it('an administrator who is not enrolled is no member', () => {
    expect(enrolledRole(actor({ role: 'admin' }), standing())).toBeUndefined()
  })
})

/** The database's answers, given when the test says so. */
class HeldStandings implements Standings {
  reads = 0
  current: CourseStanding | undefined
  hold: Promise<void> = Promise.resolve()

  constructor(current: CourseStanding | undefined) {
    this.current = current
  }

  async standing(): Promise<CourseStanding | undefined> {
    this.reads++
    const read = this.current
    await this.hold
    return read
  }
  standingsOf = async () => []
  members = async () => []
  staffOf = async () => []
  enrolledAmong = async () => []
  enrolledAs = async () => undefined
}

describe('remembered standings', () => {
  const caller = actor()
  const strangers = { code: 'NOT_FOUND', message: 'No such resource.' }

  it('are read once, until the course is invalidated', async () => {
    const standings = new HeldStandings(standing(roster))
    const access = new EnrolmentAccess(standings)
    await access.accessTo(caller, 'course')
    expect(await access.accessTo(caller, 'course')).toEqual({ courseId: 'course', role: 'student' })
    expect(standings.reads).toBe(1)

    standings.current = standing()
    access.invalidate('course')
    await expect(access.accessTo(caller, 'course')).rejects.toMatchObject(strangers)
    expect(standings.reads).toBe(2)
  })

  it('never keep what was read before an invalidation and arrives after it', async () => {
    const standings = new HeldStandings(standing(roster))
    const access = new EnrolmentAccess(standings)
    const { promise, resolve } = Promise.withResolvers<void>()
    standings.hold = promise
    const early = access.accessTo(caller, 'course')
    standings.current = standing()
    access.invalidate('course')
    resolve()
    await early
    await expect(access.accessTo(caller, 'course')).rejects.toMatchObject(strangers)
  })

  it('hold no course that is not there: a token may make it at any time', async () => {
    const standings = new HeldStandings(undefined)
    const access = new EnrolmentAccess(standings)
    await expect(access.accessTo(caller, 'course')).rejects.toMatchObject(strangers)
    standings.current = standing(roster)
    expect(await access.accessTo(caller, 'course')).toMatchObject({ role: 'student' })
  })

  it('are judged anew for each token: the same person’s later one enters after a removal', async () => {
    const access = new EnrolmentAccess(new HeldStandings(removedAt(1_000_000)))
    const claiming = actor({ claim: 'student' })
    await expect(access.accessTo(claiming, 'course')).rejects.toMatchObject(strangers)
    expect(await access.accessTo({ ...claiming, issuedAt: 1_001 }, 'course')).toMatchObject({ role: 'student' })
  })

  it('let the API key manage, and enter nothing', async () => {
    const access = new EnrolmentAccess(new HeldStandings(standing()))
    const key = { kind: 'api_key', realm: 'external' } as const
    expect(await access.authorityIn(key, 'course')).toBe('admin')
    expect(await access.coursesOf(key)).toEqual([])
    await expect(access.accessTo(key, 'course')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})
