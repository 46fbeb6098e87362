import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clearing } from '../../../test/clear.repository.ts'
import { outcomeOf, PASSWORD, START, startTestAccounts, type TestAccounts } from '../../../test/open-test-accounts.ts'
import { openTestDatabase, type TestDatabase } from '../../../test/open-test-database.ts'
import type { ApiKeyActor, UserActor } from '../../access/actor.ts'
import type { User } from './accounts.types.ts'

const apiKey: ApiKeyActor = { kind: 'api_key', realm: 'external' }
const actorOf = (user: User): UserActor => ({
  kind: 'user',
  userId: user.id,
  ...{ realm: user.realm, name: user.name, role: user.role },
  issuedAt: START / 1000,
  expiresAt: START + 900_000,
  courses: undefined,
})

let opened: TestDatabase
let test: TestAccounts
let root: User
let admin: UserActor
beforeAll(async () => {
  opened = await openTestDatabase()
})
beforeEach(async () => {
  await opened.database.write(clearing.people, null)
  test = startTestAccounts(opened.database)
  root = await test.account('root@school.example', 'admin')
  admin = actorOf(root)
})
afterAll(() => opened[Symbol.asyncDispose]())

const made = { email: 'new@school.example', name: 'New', role: 'teacher', password: PASSWORD } as const
const external = (id: string) => ({ id, name: id, role: 'student' }) as const

describe('users are managed', () => {
  it('by a local administrator: local accounts, which can sign in', async () => {
    const user = await test.users.create(admin, made)
    expect(user).toMatchObject({ realm: 'local', role: 'teacher', email: made.email })
    expect((await test.service.login(made, '192.0.2.1')).user).toEqual(user)
    expect(await outcomeOf(test.users.create(admin, made))).toBe('CONFLICT')
    for (const input of [
      { ...made, id: 'own' },
      { name: 'A', role: 'student' as const },
    ])
      expect(await outcomeOf(test.users.create(admin, input))).toBe('VALIDATION_FAILED')
  })

  it('by the API key: external users, whose id is theirs', async () => {
    expect(await test.users.create(apiKey, external('lms-1'))).toMatchObject({ id: 'lms-1', realm: 'external' })
    for (const id of ['lms-1', root.id])
      expect(await outcomeOf(test.users.create(apiKey, external(id)))).toBe('CONFLICT')
    const withPassword = { ...external('lms-2'), password: PASSWORD }
    expect(await outcomeOf(test.users.create(apiKey, withPassword))).toBe('VALIDATION_FAILED')
  })

  it('by nobody in the other realm, where they are as good as not there', async () => {
    await test.users.create(apiKey, external('lms-1'))
    expect(await outcomeOf(test.users.update(admin, 'lms-1', { disabled: true }))).toBe('NOT_FOUND')
    expect(await outcomeOf(test.users.remove(admin, 'lms-1'))).toBe('NOT_FOUND')
    expect(await outcomeOf(test.users.update(apiKey, root.id, { disabled: true }))).toBe('NOT_FOUND')
    expect((await test.users.list(apiKey, { limit: 50 })).items.map(({ id }) => id)).toEqual(['lms-1'])
    expect((await test.users.list(admin, { limit: 50 })).items).toEqual([root])
  })

  it('by neither teachers nor students', async () => {
    for (const role of ['teacher', 'student'] as const) {
      const actor = actorOf(await test.account(`${role}@school.example`, role))
      const attempts = [
        test.users.list(actor, { limit: 50 }),
        test.users.create(actor, made),
        test.users.update(actor, actor.userId, { role: 'admin' }),
        test.users.remove(actor, root.id),
      ]
      for (const attempt of attempts) expect(await outcomeOf(attempt)).toBe('FORBIDDEN')
    }
  })

  it('in the log, by ids alone', async () => {
    const user = await test.users.create(admin, made)
    expect(test.lines).toMatchObject([{ audit: 'user.make', by: root.id, user_id: user.id }])
    expect(JSON.stringify(test.lines)).not.toContain('school.example')
  })
})

it('a list goes on where the page before ended, also among people of one name', async () => {
  for (const id of ['c', 'a', 'b']) await test.users.create(apiKey, { ...external(id), name: 'Same' })
  const first = await test.users.list(apiKey, { limit: 2 })
  await test.users.create(apiKey, { ...external('later'), name: 'Aaa' })
  const second = await test.users.list(apiKey, { limit: 2, cursor: first.nextCursor ?? '' })
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(second.nextCursor).toBeNull()
  expect(await outcomeOf(test.users.list(apiKey, { limit: 2, cursor: 'none of ours' }))).toBe('VALIDATION_FAILED')
})

describe('live connections', () => {
  it('end when somebody is disabled or deleted, come back when they have another name or role, and stay otherwise', async () => {
    const { id } = await test.users.create(admin, made)
    await test.users.update(admin, id, { name: made.name, disabled: false, role: made.role })
    expect(test.changed).toEqual([])
    await test.users.update(admin, id, { role: 'student' })
    await test.users.update(admin, id, { name: 'Other' })
    expect(test.changed).toEqual([id, id])
    expect(test.gone).toEqual([])
    await test.users.update(admin, id, { disabled: true })
    await test.users.update(admin, id, { disabled: false })
    await test.users.remove(admin, id)
    expect(test.gone).toEqual([id, id])
    expect(test.changed).toEqual([id, id])
  })

  it('come back when somebody changes their own name, and stay at another locale', async () => {
    const user = await test.users.create(admin, made)
    await test.service.updateMe(actorOf(user), { locale: 'vi' })
    expect(test.changed).toEqual([])
    await test.service.updateMe(actorOf(user), { name: 'Other' })
    expect(test.changed).toEqual([user.id])
  })
})

describe('deleting somebody', () => {
  it('takes their login and enrolments, and their token with them', async () => {
    const user = await test.users.create(admin, made)
    const { accessToken } = await test.service.login(made, '192.0.2.1')
    await test.courses.make({ id: 'bio', realm: 'local', title: 'Bio', joinCode: 'X', by: user.id, now: START })
    await test.users.remove(admin, user.id)
    expect(test.heard).toEqual([['removed', 'bio', user.id]])
    expect(await outcomeOf(test.authenticator.authenticate(accessToken))).toBe('UNAUTHENTICATED')
    expect(await outcomeOf(test.service.login(made, '192.0.2.1'))).toBe('UNAUTHENTICATED')
    expect(await test.database.read.selectFrom('enrolments').selectAll().execute()).toEqual([])
    expect(await test.database.read.selectFrom('read_marks').selectAll().execute()).toEqual([])
    expect(await outcomeOf(test.users.update(admin, user.id, { name: 'Ghost' }))).toBe('NOT_FOUND')
  })
})

describe('the last enabled local administrator', () => {
  it('can be neither demoted, disabled nor deleted, and stays as they were', async () => {
    await test.users.create(apiKey, { ...external('lms-admin'), role: 'admin' })
    const attempts = [
      test.users.update(admin, root.id, { role: 'teacher' }),
      test.users.update(admin, root.id, { disabled: true }),
      test.users.remove(admin, root.id),
    ]
    for (const attempt of attempts) expect(await outcomeOf(attempt)).toBe('CONFLICT')
    expect(await test.accounts.byId(root.id)).toEqual(root)
    expect(test.gone).toEqual([])
  })

  it('of two who each demote the other at once, one stays', async () => {
    const other = await test.account('other@school.example', 'admin')
    const outcomes = await Promise.all([
      outcomeOf(test.users.update(admin, other.id, { role: 'student' })),
      outcomeOf(test.users.update(actorOf(other), root.id, { role: 'student' })),
    ])
    expect(outcomes.sort()).toEqual(['CONFLICT', 'ok'])
    expect(await test.accounts.hasAdministrator()).toBe(true)
  })

  it('a disabled administrator is none', async () => {
    const other = await test.account('other@school.example', 'admin')
    await test.users.update(admin, other.id, { disabled: true })
    expect(await outcomeOf(test.users.remove(admin, root.id))).toBe('CONFLICT')
  })
})
