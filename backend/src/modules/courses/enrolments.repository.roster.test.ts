import type { CourseRole } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { apiKey, START, type TestCourses, testCourses } from '../../../test/open-test-courses.ts'
import { people } from '../../../test/people.repository.ts'
import type { RosterEntryInput } from './enrolments.service.ts'

const open = testCourses()

const NOT_FOUND = { code: 'NOT_FOUND' }
const CONFLICT = { code: 'CONFLICT' }

const entry = (userId: string, role: CourseRole = 'student', more: { name?: string; email?: string } = {}) => ({
  user_id: userId,
  role,
  ...more,
})

const put = (test: TestCourses, ...members: RosterEntryInput[]) =>
  test.members.replaceRoster(apiKey, 'phy', { members })

const rolesOf = async (test: TestCourses) =>
  Object.fromEntries((await test.access.members('phy')).map((member) => [member.userId, member.role]))

const userOf = (test: TestCourses, id: string) =>
  test.database.read.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

describe('the whole roster', () => {
  it('CO17 makes course and people that are missing', async () => {
    const test = await open()
    const members = [entry('t', 'teacher', { name: 'Trần Thị Tám', email: 't@lms.test' }), entry('s')]
    const answer = await test.members.replaceRoster(apiKey, 'phy', { members, title: 'Physics' })
    const joined_at = new Date(START).toISOString()
    expect(answer).toEqual([
      { user_id: 's', name: 's', role: 'student', joined_at },
      { user_id: 't', name: 'Trần Thị Tám', role: 'teacher', joined_at },
    ])
    expect(await test.courses.get(apiKey, 'phy')).toMatchObject({ title: 'Physics', member_count: 2 })
    expect(await userOf(test, 't')).toMatchObject({ realm: 'external', email: 't@lms.test', password_hash: null })
  })

  it('CO17 adds, changes and removes what differs, and tells of that alone', async () => {
    const test = await open()
    await put(test, entry('t', 'teacher'), entry('stays'), entry('rises'), entry('goes'))
    const heard = test.heard.length
    test.clock.time += 5_000
    await put(test, entry('t', 'teacher'), entry('stays'), entry('rises', 'assistant'), entry('comes'))
    expect(await rolesOf(test)).toEqual({ t: 'teacher', stays: 'student', rises: 'assistant', comes: 'student' })
    expect(test.heard.slice(heard)).toEqual([
      ['removed', 'phy', 'goes'],
      ['changed', 'phy', 'comes', 'rises'],
    ])
    const removals = await test.database.read.selectFrom('removals').selectAll().execute()
    expect(removals).toEqual([{ course_id: 'phy', user_id: 'goes', removed_at: test.clock.time }])
    expect(test.logged).toContainEqual(expect.objectContaining({ audit: 'member.remove', user_ids: ['goes'] }))
  })

  it('given twice changes nothing', async () => {
    const test = await open()
    const members = [entry('t', 'teacher', { name: 'T', email: 't@lms.test' }), entry('s')]
    const first = await put(test, ...members)
    const heard = test.heard.length
    test.clock.time += 1_000
    expect(await put(test, ...members)).toEqual(first)
    expect(test.heard).toHaveLength(heard)
  })

  it('brings names and addresses up to date, and leaves what it does not say', async () => {
    const test = await open()
    await put(test, entry('t', 'teacher', { name: 'Old', email: 't@lms.test' }))
    await put(test, entry('t', 'teacher', { name: 'New' }))
    expect(await userOf(test, 't')).toMatchObject({ name: 'New', email: 't@lms.test' })
    await put(test, entry('t', 'teacher'))
    expect(await userOf(test, 't')).toMatchObject({ name: 'New', email: 't@lms.test' })
  })

  it('lets addresses change hands, in any order', async () => {
    const test = await open()
    await put(test, entry('a', 'student', { email: 'a@lms.test' }), entry('b', 'student', { email: 'b@lms.test' }))
    await put(test, entry('a', 'student', { email: 'b@lms.test' }), entry('b', 'student', { email: 'a@lms.test' }))
    expect(await userOf(test, 'a')).toMatchObject({ email: 'b@lms.test' })
    expect(await userOf(test, 'b')).toMatchObject({ email: 'a@lms.test' })
    await put(test, entry('c', 'student', { email: 'a@lms.test' }))
    expect(await userOf(test, 'b')).toMatchObject({ email: null })
    const twice = put(
      test,
      entry('d', 'student', { email: 'd@lms.test' }),
      entry('e', 'student', { email: 'd@lms.test' }),
    )
    await expect(twice).rejects.toMatchObject(CONFLICT)
  })

  it('CO18 gives a local account’s address to nobody else', async () => {
    const test = await open()
    const admin = await test.person('admin', { role: 'admin' })
    await test.person('owner')
    const members = [entry('thief', 'student', { email: 'owner@example.test' })]
    await expect(test.members.replaceRoster(admin, 'bio', { members })).rejects.toMatchObject(CONFLICT)
    expect(await userOf(test, 'owner')).toMatchObject({ email: 'owner@example.test' })
    await expect(test.courses.get(admin, 'bio')).rejects.toMatchObject(NOT_FOUND)
  })

  it('makes local accounts without a password for a local administrator', async () => {
    const test = await open()
    const admin = await test.person('admin', { role: 'admin' })
    await test.members.replaceRoster(admin, 'bio', { members: [entry('pupil')] })
    expect(await userOf(test, 'pupil')).toMatchObject({ realm: 'local', role: 'student', password_hash: null })
  })

  it('CO17 is for administrators and the API key', async () => {
    const test = await open()
    const teacher = await test.person('t', { role: 'teacher' })
    const { id } = await test.courses.make(teacher, { title: 'Biology' })
    const replacing = test.members.replaceRoster(teacher, id, { members: [] })
    await expect(replacing).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const strange = test.members.replaceRoster(teacher, 'none', { members: [] })
    await expect(strange).rejects.toMatchObject(NOT_FOUND)
  })

  it('ID19 crosses no realm, by course or by person', async () => {
    const test = await open()
    const admin = await test.person('admin', { role: 'admin' })
    await test.courses.make(admin, { title: 'Biology', id: 'bio' })
    const crossing = test.members.replaceRoster(apiKey, 'bio', { members: [entry('x')] })
    await expect(crossing).rejects.toMatchObject(NOT_FOUND)
    await expect(put(test, entry('admin'))).rejects.toMatchObject(CONFLICT)
    expect(await test.database.read.selectFrom('users').select('id').execute()).toEqual([{ id: 'admin' }])
  })

  it('CO14, CO18 keeps one teacher, or changes nothing at all', async () => {
    const test = await open()
    await put(test, entry('t', 'teacher'), entry('s'))
    await expect(put(test, entry('s'), entry('new'))).rejects.toMatchObject(CONFLICT)
    await expect(put(test)).rejects.toMatchObject(CONFLICT)
    expect(await rolesOf(test)).toEqual({ t: 'teacher', s: 'student' })
    await put(test, entry('s', 'teacher'))
    expect(await rolesOf(test)).toEqual({ s: 'teacher' })
  })

  it('CO13, CO19 undoes the removal of whom it names', async () => {
    const test = await open()
    await put(test, entry('p'))
    await put(test)
    const person = { ...(await test.person('reader', { realm: 'external' })), userId: 'p' }
    await expect(test.access.accessTo(person, 'phy')).rejects.toMatchObject(NOT_FOUND)
    await test.database.write(people.advance, { courseId: 'phy', lastSeq: 12 })
    await put(test, entry('p'))
    expect(await test.access.accessTo(person, 'phy')).toMatchObject({ role: 'student' })
    const marks = await test.database.read.selectFrom('read_marks').selectAll().execute()
    expect(marks).toEqual([{ course_id: 'phy', user_id: 'p', last_read_seq: 12 }])
  })

  it('ID14 leaves what was joined by code a join by code, which no claim overrules', async () => {
    const test = await open()
    const person = { ...(await test.person('p', { realm: 'external' })), courses: new Map() }
    const { join_code: code } = await test.courses.make(apiKey, { title: 'Physics', id: 'phy' })
    await test.courses.join(person, code ?? '')
    await put(test, entry('p', 'assistant'), entry('q', 'assistant'))
    expect(await test.access.accessTo(person, 'phy')).toMatchObject({ role: 'assistant' })
    await expect(test.access.accessTo({ ...person, userId: 'q' }, 'phy')).rejects.toMatchObject(NOT_FOUND)
  })

  it('of two at once is one of the two, whole', async () => {
    const test = await open()
    const rosters = [
      [entry('t', 'teacher'), entry('a'), entry('b', 'assistant')],
      [entry('t', 'teacher'), entry('b'), entry('c')],
    ]
    await Promise.all(rosters.map((members) => put(test, ...members)))
    expect(await rolesOf(test)).toEqual({ t: 'teacher', b: 'student', c: 'student' })
    const removed = await test.database.read.selectFrom('removals').select('user_id').execute()
    expect(removed).toEqual([{ user_id: 'a' }])
  })

  it('holds thousands', async () => {
    const test = await open()
    const pupils = Array.from({ length: 5_000 }, (_, index) =>
      entry(`p${index}`, 'student', { name: `Pupil ${index}` }),
    )
    expect(await put(test, entry('t', 'teacher'), ...pupils)).toHaveLength(5_001)
    expect(await put(test, entry('t', 'teacher'), ...pupils.slice(0, 10))).toHaveLength(11)
    expect(await test.courses.get(apiKey, 'phy')).toMatchObject({ member_count: 11 })
  })
})
