import { formatJoinCode } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenTestAccounts, openTestAccounts, outcomeOf, PASSWORD } from '../../../test/open-test-accounts.ts'
import { newJoinCode } from './join-code.ts'

const ADDRESS = '192.0.2.1'

let serial = 0
const newAddress = () => `person-${++serial}@school.example`
const person = (email = newAddress()) => ({ email, password: PASSWORD, name: 'Lan' })

let test: OpenTestAccounts
let invited: OpenTestAccounts
let closed: OpenTestAccounts
beforeAll(async () => {
  test = await openTestAccounts()
  invited = await openTestAccounts({ registration: 'invite' })
  closed = await openTestAccounts({ registration: 'closed' })
})
afterAll(async () => {
  for (const opened of [test, invited, closed]) await opened[Symbol.asyncDispose]()
})

async function courseOf({ courses, clock }: OpenTestAccounts, realm: 'local' | 'external' = 'local') {
  const [id, joinCode] = [`course-${++serial}`, newJoinCode()]
  await courses.make({ id, realm, title: id, joinCode, by: null, now: clock.now() })
  return { id, joinCode }
}

describe('registering', () => {
  it('makes a student who is signed in at once and from then on by password', async () => {
    const input = person()
    const { user, accessToken } = await test.service.register(input, ADDRESS)
    expect(user).toMatchObject({ email: input.email, name: 'Lan', role: 'student', realm: 'local', disabled: false })
    expect((await test.authenticator.authenticate(accessToken)).userId).toBe(user.id)
    expect((await test.service.login(input, ADDRESS)).user).toEqual(user)
  })

  it('a known address is CONFLICT and counts as a failed login of that address', async () => {
    const { email } = await test.account(newAddress())
    const outcomes: unknown[] = []
    for (let i = 0; i < 11; i++) outcomes.push(await outcomeOf(test.service.register(person(email ?? ''), '192.0.2.9')))
    expect(outcomes).toEqual([...Array(10).fill('CONFLICT'), 'RATE_LIMITED'])
    const login = test.service.login({ email: email ?? '', password: PASSWORD }, '192.0.2.9')
    expect(await outcomeOf(login)).toBe('RATE_LIMITED')
  })

  it('twice at once with one address makes one account', async () => {
    const input = person()
    const outcomes = await Promise.all([1, 2].map(() => outcomeOf(test.service.register(input, '192.0.2.10'))))
    expect(outcomes.sort()).toEqual(['CONFLICT', 'ok'])
  })

  it('by invitation needs the join code of an open local course, typed in any way, and enrols there', async () => {
    const course = await courseOf(invited)
    const external = await courseOf(invited, 'external')
    expect(await outcomeOf(invited.service.register(person(), ADDRESS))).toBe('FORBIDDEN')
    for (const join_code of ['AAAAAAAAAAAA', external.joinCode])
      expect(await outcomeOf(invited.service.register({ ...person(), join_code }, ADDRESS))).toBe('FORBIDDEN')
    const join_code = ` ${formatJoinCode(course.joinCode).toLowerCase()} `
    const { user } = await invited.service.register({ ...person(), join_code }, ADDRESS)
    const enrolments = await invited.database.read.selectFrom('enrolments').selectAll().execute()
    expect(enrolments).toMatchObject([{ course_id: course.id, user_id: user.id, role: 'student', source: 'code' }])
    expect(invited.heard).toEqual([['changed', course.id, user.id]])
    await invited.courses.archive(course.id, invited.clock.now())
    expect(await outcomeOf(invited.service.register({ ...person(), join_code }, ADDRESS))).toBe('FORBIDDEN')
  })

  it('does not tell by a wrong join code whether the address is known', async () => {
    const { email } = await invited.account(newAddress())
    const outcome = invited.service.register({ ...person(email ?? ''), join_code: 'AAAAAAAAAAAA' }, ADDRESS)
    expect(await outcomeOf(outcome)).toBe('FORBIDDEN')
  })

  it('tells by details.reason why it is FORBIDDEN', async () => {
    const join_code = 'AAAAAAAAAAAA'
    const refused = (attempt: Promise<unknown>, reason: string) =>
      expect(attempt).rejects.toMatchObject({ code: 'FORBIDDEN', details: { reason } })
    await refused(closed.service.register({ ...person(), join_code }, ADDRESS), 'registration_closed')
    await refused(invited.service.register(person(), ADDRESS), 'join_code_needed')
    await refused(invited.service.register({ ...person(), join_code }, ADDRESS), 'join_code_unknown')
  })

  it('is FORBIDDEN where it is closed, also with a join code', async () => {
    const { joinCode } = await courseOf(closed)
    expect(await outcomeOf(closed.service.register({ ...person(), join_code: joinCode }, ADDRESS))).toBe('FORBIDDEN')
  })
})

describe('a login that fails', () => {
  const messageOf = (login: Promise<unknown>) =>
    login.then(
      () => 'none',
      ({ code, message }) => `${code} ${message}`,
    )

  it('answers the same for a wrong password, an address without an account, and a disabled account', async () => {
    const known = await test.account(newAddress())
    const disabled = await test.account(newAddress())
    await test.accounts.update(disabled.id, { disabled: true }, 'local')
    const answers = await Promise.all([
      messageOf(test.service.login({ email: known.email ?? '', password: 'a wrong password' }, ADDRESS)),
      messageOf(test.service.login({ email: newAddress(), password: PASSWORD }, ADDRESS)),
      messageOf(test.service.login({ email: disabled.email ?? '', password: PASSWORD }, ADDRESS)),
    ])
    expect(new Set(answers)).toEqual(new Set(['UNAUTHENTICATED E-mail address or password is wrong.']))
  })

  it('takes as long without an account as with one', async () => {
    const known = await test.account(newAddress())
    const leastMsOf = async (email: string) => {
      const times: number[] = []
      for (let i = 0; i < 5; i++) {
        const start = performance.now()
        await messageOf(test.service.login({ email, password: 'a wrong password' }, '192.0.2.20'))
        times.push(performance.now() - start)
      }
      return Math.min(...times)
    }
    expect(await leastMsOf(newAddress())).toBeGreaterThan(0.4 * (await leastMsOf(known.email ?? '')))
  })

  it('counts, and the right password is refused with the rest once there were ten in a minute', async () => {
    const { email } = await test.account(newAddress())
    const login = (password: string) => outcomeOf(test.service.login({ email: email ?? '', password }, '192.0.2.30'))
    for (let i = 0; i < 10; i++) expect(await login('a wrong password')).toBe('UNAUTHENTICATED')
    expect(await login(PASSWORD)).toBe('RATE_LIMITED')
    test.clock.time += 60_000
    expect(await login(PASSWORD)).toBe('ok')
  })

  it('is what an external user’s address is', async () => {
    const email = newAddress()
    await test.accounts.createExternal({ id: email, name: 'An', email, role: 'student', now: test.clock.now() })
    expect(await outcomeOf(test.service.login({ email, password: PASSWORD }, ADDRESS))).toBe('UNAUTHENTICATED')
  })
})

describe('one’s own record', () => {
  it('bears a changed name at the next request, without a new token', async () => {
    const { user, accessToken } = await test.service.register(person(), ADDRESS)
    const actor = await test.authenticator.authenticate(accessToken)
    expect(await test.service.updateMe(actor, { name: 'Lan Phạm', locale: 'vi' })).toMatchObject({ locale: 'vi' })
    expect((await test.authenticator.authenticate(accessToken)).name).toBe('Lan Phạm')
    expect(await test.service.me(actor)).toEqual({ ...user, name: 'Lan Phạm', locale: 'vi' })
  })

  it('of an external user has a language to choose, and no name', async () => {
    await test.accounts.createExternal({ id: 'lms-1', name: 'An', email: null, role: 'student', now: test.clock.now() })
    const actor = {
      kind: 'user',
      userId: 'lms-1',
      realm: 'external',
      name: 'An',
      role: 'student',
      issuedAt: 0,
      expiresAt: 0,
      courses: undefined,
    } as const
    expect(await test.service.updateMe(actor, { locale: 'vi' })).toMatchObject({ locale: 'vi' })
    expect(await outcomeOf(test.service.updateMe(actor, { name: 'Other' }))).toBe('FORBIDDEN')
  })
})
