import type { CourseRole } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { apiKey, type TestCourses, testCourses } from '../../../test/open-test-courses.ts'
import { people } from '../../../test/people.repository.ts'
import type { Actor, UserActor } from '../../access/actor.ts'

const open = testCourses()

const NOT_FOUND = { code: 'NOT_FOUND' }
const FORBIDDEN = { code: 'FORBIDDEN' }
const CONFLICT = { code: 'CONFLICT' }

type Caller = 'teacher' | 'assistant' | 'student' | 'admin' | 'stranger'

async function openCourse(test: TestCourses) {
  const teacher = await test.person('teacher', { role: 'teacher' })
  const { id } = await test.courses.make(teacher, { title: 'Biology' })
  const enrol = async (userId: string, role: CourseRole): Promise<UserActor> => {
    const actor = await test.person(userId)
    await test.members.add(teacher, id, { user_id: userId, role })
    return actor
  }
  const callers: Record<Caller, UserActor> = {
    teacher,
    assistant: await enrol('assistant', 'assistant'),
    student: await enrol('student', 'student'),
    admin: await test.person('admin', { role: 'admin' }),
    stranger: await test.person('stranger', { role: 'teacher' }),
  }
  return { ...callers, callers, enrol, id }
}

const rolesOf = async (test: TestCourses, courseId: string) =>
  Object.fromEntries((await test.access.members(courseId)).map((member) => [member.userId, member.role]))

const markOf = async (test: TestCourses, courseId: string, userId: string) => {
  const marks = test.database.read.selectFrom('read_marks').select('last_read_seq')
  return (await marks.where('course_id', '=', courseId).where('user_id', '=', userId).executeTakeFirst())?.last_read_seq
}

describe('who enrols whom', () => {
  const cases: [Caller, CourseRole, 'enrolled' | 'FORBIDDEN' | 'NOT_FOUND'][] = [
    ['teacher', 'teacher', 'enrolled'],
    ['teacher', 'student', 'enrolled'],
    ['admin', 'teacher', 'enrolled'],
    ['assistant', 'student', 'enrolled'],
    ['assistant', 'assistant', 'FORBIDDEN'],
    ['assistant', 'teacher', 'FORBIDDEN'],
    ['student', 'student', 'FORBIDDEN'],
    ['stranger', 'student', 'NOT_FOUND'],
  ]
  it.each(cases)('CO20 %s adds a %s: %s', async (caller, role, outcome) => {
    const test = await open()
    const { callers, id } = await openCourse(test)
    await test.person('new')
    const adding = test.members.add(callers[caller], id, { user_id: 'new', role })
    if (outcome === 'enrolled') expect(await adding).toMatchObject({ added: true, member: { user_id: 'new', role } })
    else await expect(adding).rejects.toMatchObject({ code: outcome })
  })

  it('CO12 an address finds an account of the realm, and makes none', async () => {
    const test = await open()
    const { teacher, id } = await openCourse(test)
    await test.person('new')
    await test.person('lms', { realm: 'external' })
    const add = (email: string) => test.members.add(teacher, id, { email, role: 'student' })
    expect(await add('new@example.test')).toMatchObject({ member: { user_id: 'new' } })
    await expect(add('lms@example.test')).rejects.toMatchObject(NOT_FOUND)
    await expect(add('nobody@example.test')).rejects.toMatchObject(NOT_FOUND)
  })

  it('an unknown id is made by the API key alone', async () => {
    const test = await open()
    const { teacher, admin, id } = await openCourse(test)
    for (const actor of [teacher, admin]) {
      const adding = test.members.add(actor, id, { user_id: 'unseen', role: 'student' })
      await expect(adding).rejects.toMatchObject(NOT_FOUND)
    }
    await test.courses.make(apiKey, { title: 'Physics', id: 'phy' })
    const { member } = await test.members.add(apiKey, 'phy', { user_id: 'unseen', role: 'student' })
    expect(member).toMatchObject({ user_id: 'unseen', name: 'unseen' })
    const crossing = test.members.add(apiKey, 'phy', { user_id: 'teacher', role: 'teacher' })
    await expect(crossing).rejects.toMatchObject(NOT_FOUND)
  })

  it('who is enrolled has the new role, as far as the caller may change it', async () => {
    const test = await open()
    const { teacher, assistant, id } = await openCourse(test)
    const again = await test.members.add(teacher, id, { user_id: 'student', role: 'assistant' })
    expect(again).toMatchObject({ added: false, member: { role: 'assistant' } })
    const lowering = test.members.add(assistant, id, { user_id: 'student', role: 'student' })
    await expect(lowering).rejects.toMatchObject(FORBIDDEN)
    const last = test.members.add(teacher, id, { user_id: 'teacher', role: 'student' })
    await expect(last).rejects.toMatchObject(CONFLICT)
  })

  it('what an earlier token said is held from then on by who adds it', async () => {
    const test = await open()
    await test.courses.make(apiKey, { title: 'Physics', id: 'phy' })
    const person = await test.person('p', { realm: 'external' })
    const row = { course_id: 'phy', user_id: 'p', role: 'student', source: 'claim', joined_at: 0 } as const
    await test.database.write(people.enrol, row)
    await expect(test.access.accessTo(person, 'phy')).rejects.toMatchObject(NOT_FOUND)
    expect(await test.members.add(apiKey, 'phy', { user_id: 'p', role: 'student' })).toMatchObject({ added: false })
    expect(await test.access.accessTo(person, 'phy')).toMatchObject({ role: 'student' })
  })
})

describe('reading', () => {
  it('CO19 begins at the last message, at a return too', async () => {
    const test = await open()
    const { teacher, id } = await openCourse(test)
    await test.person('new')
    const enrolAt = async (lastSeq: number) => {
      await test.database.write(people.advance, { courseId: id, lastSeq })
      await test.members.add(teacher, id, { user_id: 'new', role: 'student' })
    }
    await enrolAt(7)
    expect(await markOf(test, id, 'new')).toBe(7)
    await enrolAt(8)
    expect(await markOf(test, id, 'new')).toBe(7)
    await test.members.remove(teacher, id, 'new')
    await enrolAt(9)
    expect(await markOf(test, id, 'new')).toBe(9)
  })
})

describe('removal', () => {
  const cases: [Caller, CourseRole, 'removed' | 'FORBIDDEN' | 'NOT_FOUND'][] = [
    ['teacher', 'teacher', 'removed'],
    ['admin', 'teacher', 'removed'],
    ['teacher', 'student', 'removed'],
    ['assistant', 'student', 'removed'],
    ['assistant', 'assistant', 'FORBIDDEN'],
    ['assistant', 'teacher', 'FORBIDDEN'],
    ['student', 'student', 'FORBIDDEN'],
    ['stranger', 'student', 'NOT_FOUND'],
  ]
  it.each(cases)('CO20 %s removes a %s: %s', async (caller, role, outcome) => {
    const test = await open()
    const { callers, enrol, id } = await openCourse(test)
    await enrol('other', role)
    const removing = test.members.remove(callers[caller], id, 'other')
    if (outcome !== 'removed') return await expect(removing).rejects.toMatchObject({ code: outcome })
    await removing
    expect(await rolesOf(test, id)).not.toHaveProperty('other')
  })

  it('ID18, CO13 ends access at once, is heard and written down, and refuses every token of its second and before', async () => {
    const test = await open()
    await test.courses.make(apiKey, { title: 'Physics', id: 'phy' })
    await test.members.add(apiKey, 'phy', { user_id: 'p', role: 'student' })
    const { access, clock, members } = test
    const issuedAt = clock.time / 1000
    const claims = new Map([['phy', 'student'] as const])
    const token = (iat: number): UserActor => ({
      ...{ kind: 'user', userId: 'p', realm: 'external', name: 'P', role: 'student', expiresAt: Infinity },
      issuedAt: iat,
      courses: claims,
    })
    expect(await access.accessTo(token(issuedAt), 'phy')).toMatchObject({ role: 'student' })
    clock.time += 999
    await members.remove(apiKey, 'phy', 'p')
    expect(test.heard.at(-1)).toEqual(['removed', 'phy', 'p'])
    expect(test.logged.at(-1)).toMatchObject({
      audit: 'member.remove',
      by: 'api_key',
      course_id: 'phy',
      user_ids: ['p'],
    })
    for (const iat of [0, issuedAt - 1, issuedAt]) {
      await expect(access.accessTo(token(iat), 'phy')).rejects.toMatchObject(NOT_FOUND)
    }
    expect(await access.accessTo(token(issuedAt + 1), 'phy')).toMatchObject({ role: 'student' })

    await members.add(apiKey, 'phy', { user_id: 'p', role: 'student' })
    expect(await access.accessTo(token(issuedAt), 'phy')).toMatchObject({ role: 'student' })
  })

  it('CO16 of oneself is leaving, written down as no removal, and refused where a claim enrols', async () => {
    const test = await open()
    const { student, id } = await openCourse(test)
    await test.members.remove(student, id, 'student')
    await expect(test.access.accessTo(student, id)).rejects.toMatchObject(NOT_FOUND)
    expect(await test.database.read.selectFrom('removals').selectAll().execute()).toEqual([])

    await test.courses.make(apiKey, { title: 'Physics', id: 'phy' })
    await test.members.add(apiKey, 'phy', { user_id: 'p', role: 'student' })
    const claiming = {
      ...student,
      userId: 'p',
      realm: 'external',
      courses: new Map([['phy', 'student'] as const]),
    } as const
    await expect(test.members.remove(claiming, 'phy', 'p')).rejects.toMatchObject(FORBIDDEN)
  })

  it('of who is no member: NOT_FOUND', async () => {
    const test = await open()
    const { teacher, admin, id } = await openCourse(test)
    await expect(test.members.remove(teacher, id, 'stranger')).rejects.toMatchObject(NOT_FOUND)
    await expect(test.members.remove(admin, id, 'admin')).rejects.toMatchObject(NOT_FOUND)
  })
})

describe('one teacher stays', () => {
  it('CO14 against removal, leaving and demotion of the last', async () => {
    const test = await open()
    const { teacher, admin, id } = await openCourse(test)
    await expect(test.members.remove(teacher, id, 'teacher')).rejects.toMatchObject(CONFLICT)
    await expect(test.members.remove(admin, id, 'teacher')).rejects.toMatchObject(CONFLICT)
    await expect(test.members.changeRole(admin, id, 'teacher', 'assistant')).rejects.toMatchObject(CONFLICT)
    expect(await rolesOf(test, id)).toMatchObject({ teacher: 'teacher' })
    expect(await test.database.read.selectFrom('removals').selectAll().execute()).toEqual([])
  })

  it('CO14 when two teachers demote each other at once: exactly one succeeds', async () => {
    const test = await open()
    const { teacher, enrol, id } = await openCourse(test)
    const other = await enrol('other', 'teacher')
    const outcomes = await Promise.allSettled([
      test.members.changeRole(teacher, id, 'other', 'student'),
      test.members.changeRole(other, id, 'teacher', 'student'),
    ])
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(Object.values(await rolesOf(test, id)).filter((role) => role === 'teacher')).toHaveLength(1)
  })

  it('CO14 but a course that never had one is filled with students', async () => {
    const test = await open()
    await test.courses.make(apiKey, { title: 'Physics', id: 'phy' })
    for (const userId of ['a', 'b']) await test.members.add(apiKey, 'phy', { user_id: userId, role: 'student' })
    await test.members.changeRole(apiKey, 'phy', 'a', 'assistant')
    await test.members.remove(apiKey, 'phy', 'a')
    expect(await rolesOf(test, 'phy')).toEqual({ b: 'student' })
  })
})

describe('roles', () => {
  it('CO20 are changed by teachers and administrators, and count at once', async () => {
    const test = await open()
    const { teacher, assistant, student, admin, id } = await openCourse(test)
    await test.access.accessTo(student, id)
    expect(await test.members.changeRole(teacher, id, 'student', 'assistant')).toMatchObject({ role: 'assistant' })
    expect(await test.access.accessTo(student, id)).toMatchObject({ role: 'assistant' })
    expect(test.heard.at(-1)).toEqual(['changed', id, 'student'])
    await expect(test.members.changeRole(assistant, id, 'student', 'student')).rejects.toMatchObject(FORBIDDEN)
    await expect(test.members.changeRole(admin, id, 'stranger', 'student')).rejects.toMatchObject(NOT_FOUND)
  })
})

describe('the list of members', () => {
  it('is for everyone enrolled, in order of joining, and goes on from its cursor', async () => {
    const test = await open()
    const { student, stranger, enrol, id } = await openCourse(test)
    const page = async (actor: Actor, cursor?: string) =>
      test.members.page(actor, id, { limit: 2, ...(cursor === undefined ? {} : { cursor }) })
    const first = await page(student)
    expect(first.items).toMatchObject([{ user_id: 'assistant' }, { user_id: 'student', name: 'Name of student' }])
    test.clock.time += 1
    await enrol('new', 'student')
    const rest = await page(student, first.nextCursor ?? '')
    expect(rest).toMatchObject({ items: [{ user_id: 'teacher' }, { user_id: 'new' }], nextCursor: null })
    await expect(page(stranger)).rejects.toMatchObject(NOT_FOUND)
  })

  it('tells which of some people are enrolled, in their order', async () => {
    const test = await open()
    const { id } = await openCourse(test)
    expect(await test.access.enrolledAmong(id, ['student', 'stranger', 'assistant', 'student', 'nobody'])).toEqual([
      { user_id: 'student', user_name: 'Name of student' },
      { user_id: 'assistant', user_name: 'Name of assistant' },
    ])
    expect(await test.access.enrolledAmong(id, [])).toEqual([])
  })
})
