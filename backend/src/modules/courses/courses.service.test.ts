import { describe, expect, it } from 'vitest'
import { apiKey, START, type TestCourses, testCourses, userActor } from '../../../test/open-test-courses.ts'
import type { Actor, UserActor } from '../../access/actor.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const open = testCourses()

const NOT_FOUND = { code: 'NOT_FOUND' }
const FORBIDDEN = { code: 'FORBIDDEN' }
const CONFLICT = { code: 'CONFLICT' }

/** A local course with a teacher, an assistant and a student. */
async function openCourse(test: TestCourses) {
  const teacher = await test.person('teacher', { role: 'teacher' })
  const assistant = await test.person('assistant')
  const student = await test.person('student')
  const course = await test.courses.make(teacher, { title: 'Biology' })
  await test.members.add(teacher, course.id, { user_id: assistant.userId, role: 'assistant' })
  await test.members.add(teacher, course.id, { user_id: student.userId, role: 'student' })
  return { teacher, assistant, student, id: course.id }
}

const codeOf = async (test: TestCourses, staff: Actor, courseId: string): Promise<string> =>
  (await test.courses.get(staff, courseId)).join_code ?? ''

describe('making a course', () => {
  it('CO2 makes its maker the teacher, by an enrolment that counts beside any later claim', async () => {
    const test = await open()
    const teacher = await test.person('t1', { role: 'teacher', realm: 'external' })
    const course = await test.courses.make(teacher, { title: 'Biology' })
    expect(course).toEqual({
      id: expect.any(String),
      title: 'Biology',
      role: 'teacher',
      join_code: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/),
      member_count: 1,
      created_at: new Date(START).toISOString(),
      archived_at: null,
    })
    expect(test.heard).toEqual([['changed', course.id, 't1']])
    const claiming = { ...teacher, courses: new Map([['another', 'student' as const]]) }
    expect(await test.access.accessTo(claiming, course.id)).toEqual({ courseId: course.id, role: 'teacher' })
  })

  it('CO1, CO3 is for global teachers and administrators, who alone choose the id', async () => {
    const test = await open()
    const student = await test.person('s')
    const teacher = await test.person('t', { role: 'teacher' })
    const admin = await test.person('a', { role: 'admin' })
    await expect(test.courses.make(student, { title: 'No' })).rejects.toMatchObject(FORBIDDEN)
    await expect(test.courses.make(teacher, { title: 'No', id: 'bio-1' })).rejects.toMatchObject(FORBIDDEN)
    expect(await test.courses.make(admin, { title: 'Yes', id: 'bio-1' })).toMatchObject({
      id: 'bio-1',
      role: 'teacher',
    })
  })

  it('CO2, CO3, ID36 by the API key enrols nobody; an id that is taken, in either realm, is a conflict', async () => {
    const test = await open()
    const admin = await test.person('a', { role: 'admin' })
    const made = await test.courses.make(apiKey, { title: 'Physics', id: 'phy' })
    expect(made).toMatchObject({ id: 'phy', role: null, member_count: 0, join_code: expect.any(String) })
    await expect(test.courses.make(apiKey, { title: 'Again', id: 'phy' })).rejects.toMatchObject(CONFLICT)
    await expect(test.courses.make(admin, { title: 'Again', id: 'phy' })).rejects.toMatchObject(CONFLICT)
    expect(test.logged).toMatchObject([{ audit: 'course.make', by: 'api_key', course_id: 'phy' }])
  })
})

describe('a course', () => {
  it('CO4 shows its code to staff alone, and itself to nobody else', async () => {
    const test = await open()
    const { teacher, assistant, student, id } = await openCourse(test)
    const admin = await test.person('a', { role: 'admin' })
    expect(await test.courses.get(teacher, id)).toMatchObject({ role: 'teacher', member_count: 3 })
    expect((await test.courses.get(assistant, id)).join_code).toMatch(/-/)
    expect((await test.courses.get(admin, id)).role).toBe('admin')
    expect(await test.courses.get(student, id)).toMatchObject({ role: 'student', join_code: null })
    const stranger = await test.person('x')
    await expect(test.courses.get(stranger, id)).rejects.toMatchObject(NOT_FOUND)
    await expect(test.courses.get(apiKey, id)).rejects.toMatchObject(NOT_FOUND)
  })

  it.each(['change', 'archive'] as const)('teachers and administrators alone %s it', async (action) => {
    const test = await open()
    const { teacher, assistant, student, id } = await openCourse(test)
    const admin = await test.person('a', { role: 'admin' })
    const stranger = await test.person('x', { role: 'teacher' })
    const act = (actor: Actor): Promise<unknown> =>
      action === 'change' ? test.courses.change(actor, id, { title: 'Botany' }) : test.courses.archive(actor, id)
    await expect(act(assistant)).rejects.toMatchObject(FORBIDDEN)
    await expect(act(student)).rejects.toMatchObject(FORBIDDEN)
    await expect(act(stranger)).rejects.toMatchObject(NOT_FOUND)
    await act(teacher)
    if (action === 'change') expect(await act(admin)).toMatchObject({ title: 'Botany', role: 'admin' })
    else await expect(act(admin)).rejects.toMatchObject(NOT_FOUND)
  })

  it('CO9 renews its code for staff; the old one lets nobody in', async () => {
    const test = await open()
    const { assistant, student, id } = await openCourse(test)
    const old = await codeOf(test, assistant, id)
    await expect(test.courses.renewCode(student, id)).rejects.toMatchObject(FORBIDDEN)
    const renewed = await test.courses.renewCode(assistant, id)
    expect(renewed.join_code).not.toBe(old)
    const joiner = await test.person('x')
    await expect(test.courses.join(joiner, old)).rejects.toMatchObject(NOT_FOUND)
    expect(await test.courses.join(joiner, renewed.join_code ?? '')).toMatchObject({ joined: true })
  })
})

describe('an archived course', () => {
  it('CO6, CO7 is out of reach for everybody at once, and back with its members when restored', async () => {
    const test = await open()
    const { teacher, student, id } = await openCourse(test)
    const admin = await test.person('a', { role: 'admin' })
    const code = await codeOf(test, teacher, id)
    await test.access.accessTo(student, id)
    await test.courses.archive(teacher, id)
    expect(test.heard.at(-1)).toEqual(['archived', id])
    for (const actor of [teacher, student, admin]) {
      await expect(test.access.accessTo(actor, id)).rejects.toMatchObject(NOT_FOUND)
      expect(await test.courses.list(actor, { limit: 10 })).toEqual({ items: [], nextCursor: null })
      expect(await test.access.coursesOf(actor)).toEqual([])
    }
    await expect(test.courses.join(await test.person('x'), code)).rejects.toMatchObject(NOT_FOUND)
    await expect(test.members.replaceRoster(admin, id, { members: [] })).rejects.toMatchObject(NOT_FOUND)
    await expect(test.courses.restore(teacher, id)).rejects.toMatchObject(NOT_FOUND)

    expect(await test.courses.restore(admin, id)).toMatchObject({ archived_at: null, member_count: 3 })
    expect(test.heard.at(-1)).toEqual(['restored', id])
    expect(await test.access.accessTo(student, id)).toMatchObject({ role: 'student' })
  })

  it('CO7 is restored within 30 days, by an administrator of its realm', async () => {
    const test = await open()
    const { teacher, id } = await openCourse(test)
    const admin = await test.person('a', { role: 'admin' })
    await expect(test.courses.restore(teacher, id)).rejects.toMatchObject(FORBIDDEN)
    expect(await test.courses.restore(admin, id)).toMatchObject({ id })
    await test.courses.archive(teacher, id)
    await expect(test.courses.restore(apiKey, id)).rejects.toMatchObject(NOT_FOUND)
    test.clock.time += 30 * DAY + 1
    await expect(test.courses.restore(admin, id)).rejects.toMatchObject(NOT_FOUND)
    test.clock.time -= 1
    expect(await test.courses.restore(admin, id)).toMatchObject({ id })
  })
})

describe('joining by code', () => {
  it('CO8 enrols as a student, the code typed in any way', async () => {
    const test = await open()
    const { teacher, id } = await openCourse(test)
    const code = await codeOf(test, teacher, id)
    const joiner = await test.person('j')
    const typed = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `
    expect(await test.courses.join(joiner, typed)).toMatchObject({
      joined: true,
      course: { id, role: 'student', join_code: null, member_count: 4 },
    })
    expect(test.heard.at(-1)).toEqual(['changed', id, 'j'])
  })

  it('CO8 changes nothing for who is enrolled', async () => {
    const test = await open()
    const { teacher, id } = await openCourse(test)
    const heard = test.heard.length
    const again = await test.courses.join(teacher, await codeOf(test, teacher, id))
    expect(again).toMatchObject({ joined: false, course: { role: 'teacher', member_count: 3 } })
    expect(test.heard).toHaveLength(heard)
  })

  it('CO10, CO13 is closed to who was removed until staff enrol them, and open to who left', async () => {
    const test = await open()
    const { teacher, student, id } = await openCourse(test)
    const code = await codeOf(test, teacher, id)
    await test.members.remove(student, id, student.userId)
    expect(await test.courses.join(student, code)).toMatchObject({ joined: true })
    await test.members.remove(teacher, id, student.userId)
    const later = { ...student, issuedAt: student.issuedAt + 60 }
    await expect(test.courses.join(later, code)).rejects.toMatchObject(FORBIDDEN)
    await test.members.add(teacher, id, { user_id: student.userId, role: 'student' })
    expect(await test.courses.join(student, code)).toMatchObject({ joined: false })
  })

  it('ID14 counts beside claims that do not name the course', async () => {
    const test = await open()
    const { id, join_code: code } = await test.courses.make(apiKey, { title: 'Physics' })
    const joiner = { ...(await test.person('j', { realm: 'external' })), courses: new Map() }
    await test.members.add(apiKey, id, { user_id: 'j', role: 'assistant' })
    await expect(test.access.accessTo(joiner, id)).rejects.toMatchObject(NOT_FOUND)
    expect(await test.courses.join(joiner, code ?? '')).toMatchObject({ joined: true })
    expect(await test.access.accessTo(joiner, id)).toMatchObject({ role: 'assistant' })
  })

  it('ID19 crosses no realm', async () => {
    const test = await open()
    const { join_code: code } = await test.courses.make(apiKey, { title: 'Physics' })
    await expect(test.courses.join(await test.person('j'), code ?? '')).rejects.toMatchObject(NOT_FOUND)
  })

  it('CO11 is tried 10 times a minute, by each person', async () => {
    const test = await open()
    const [guesser, other] = [await test.person('g'), await test.person('o')]
    const guess = (actor: UserActor) => test.courses.join(actor, '0000-0000-0000')
    for (let tries = 0; tries < 10; tries++) await expect(guess(guesser)).rejects.toMatchObject(NOT_FOUND)
    await expect(guess(guesser)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    await expect(guess(other)).rejects.toMatchObject(NOT_FOUND)
    test.clock.time += MINUTE
    await expect(guess(guesser)).rejects.toMatchObject(NOT_FOUND)
  })
})

describe('the list of courses', () => {
  const titles = (page: { items: readonly { title: string }[] }) => page.items.map((course) => course.title)

  it('goes on from its cursor, whatever is made meanwhile', async () => {
    const test = await open()
    const teacher = await test.person('t', { role: 'teacher' })
    const make = async (title: string) => {
      test.clock.time += 1
      await test.courses.make(teacher, { title })
    }
    for (const title of ['1', '2', '3', '4', '5']) await make(title)
    const first = await test.courses.list(teacher, { limit: 2 })
    expect(titles(first)).toEqual(['5', '4'])
    await make('6')
    const second = await test.courses.list(teacher, { limit: 2, cursor: first.nextCursor ?? '' })
    expect(titles(second)).toEqual(['3', '2'])
    const third = await test.courses.list(teacher, { limit: 2, cursor: second.nextCursor ?? '' })
    expect([titles(third), third.nextCursor]).toEqual([['1'], null])
  })

  it.each(['', 'x', 'bnVsbA', 'WyIxIl0'])('refuses the cursor %j', async (cursor) => {
    const test = await open()
    const listed = test.courses.list(await test.person('t'), { limit: 2, cursor })
    await expect(listed).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
  })

  it('CO5 holds what the token enrols in, for administrators and the API key all of the realm', async () => {
    const test = await open()
    const admin = await test.person('a', { role: 'admin' })
    await test.courses.make(admin, { title: 'local', id: 'l' })
    for (const id of ['x', 'y', 'z']) await test.courses.make(apiKey, { title: id, id })
    const person = await test.person('p', { realm: 'external' })
    await test.members.add(apiKey, 'x', { user_id: 'p', role: 'student' })
    await test.courses.join(person, await codeOf(test, apiKey, 'y'))
    const list = async (actor: Actor) => (await test.courses.list(actor, { limit: 10 })).items
    const idsOf = async (actor: Actor) => (await list(actor)).map(({ id, role }) => `${id} ${role}`).sort()

    expect(await idsOf(person)).toEqual(['x student', 'y student'])
    const claiming = { ...person, courses: new Map([['z', 'teacher'] as const, ['l', 'teacher'] as const]) }
    expect(await idsOf(claiming)).toEqual(['y student', 'z teacher'])
    expect(await idsOf({ ...person, role: 'admin' })).toEqual(['x admin', 'y admin', 'z admin'])
    expect(await idsOf(apiKey)).toEqual(['x null', 'y null', 'z null'])
    expect(await idsOf(admin)).toEqual(['l teacher'])
    expect(await test.access.coursesOf({ ...person, role: 'admin' })).toHaveLength(2)

    await test.members.remove(apiKey, 'x', 'p')
    expect(await idsOf({ ...person, role: 'admin' })).toEqual(['y admin', 'z admin'])
  })

  it('is empty for who is enrolled nowhere', async () => {
    const test = await open()
    expect(await test.courses.list(userActor('nobody'), { limit: 10 })).toEqual({ items: [], nextCursor: null })
  })
})
