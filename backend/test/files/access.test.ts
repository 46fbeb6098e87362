import type { FolderVisibility } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { type Person, School } from './school.ts'

const API_KEY = 'the-api-key-of-the-tests-is-long-enough'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({
    env: { LIMIT_UPLOADS_PER_MIN: '0', LIMIT_EVENTS_PER_SEC: '0', AUTH_REGISTRATION: 'open', ADMIN_API_KEY: API_KEY },
  })
})
afterAll(() => server[Symbol.asyncDispose]())

const CALLERS = ['nobody', 'stranger', 'uploader', 'other', 'assistant', 'teacher', 'admin', 'local', 'key'] as const
type Caller = (typeof CALLERS)[number]

/** The folder's maker and the file's uploader, by the folder's kind; `owner` is the student `uploader` where they may be. */
const MAKERS: Record<FolderVisibility, { maker: 'uploader' | 'teacher'; uploader: 'uploader' | 'teacher' }> = {
  private: { maker: 'uploader', uploader: 'uploader' },
  dropbox: { maker: 'teacher', uploader: 'uploader' },
  course: { maker: 'teacher', uploader: 'teacher' },
  shared: { maker: 'uploader', uploader: 'uploader' },
  public: { maker: 'teacher', uploader: 'teacher' },
}

type Row = Record<Caller, number>
const row = (...statuses: number[]): Row =>
  Object.fromEntries(CALLERS.map((caller, at) => [caller, statuses[at]])) as Row

//                     nobody stranger uploader other assistant teacher admin local key
const READS: Record<FolderVisibility, Row> = {
  private: row(401, 404, 200, 404, 404, 404, 200, 404, 403),
  dropbox: row(401, 404, 200, 404, 200, 200, 200, 404, 403),
  course: row(401, 404, 200, 200, 200, 200, 200, 404, 403),
  shared: row(401, 404, 200, 200, 200, 200, 200, 404, 403),
  public: row(200, 200, 200, 200, 200, 200, 200, 200, 403),
}

const ADDS: Record<FolderVisibility, Row> = {
  private: row(401, 404, 201, 404, 404, 404, 201, 404, 403),
  dropbox: row(401, 404, 201, 201, 201, 201, 201, 404, 403),
  course: row(401, 404, 403, 403, 201, 201, 201, 404, 403),
  shared: row(401, 404, 201, 201, 201, 201, 201, 404, 403),
  public: row(401, 403, 403, 403, 201, 201, 201, 403, 403),
}

const DELETES: Record<FolderVisibility, Row> = {
  private: row(401, 404, 204, 404, 204, 204, 204, 404, 403),
  dropbox: row(401, 404, 204, 404, 204, 204, 204, 404, 403),
  course: row(401, 404, 403, 403, 204, 204, 204, 404, 403),
  shared: row(401, 404, 204, 403, 204, 204, 204, 404, 403),
  public: row(401, 403, 403, 403, 204, 204, 204, 403, 403),
}

const registered = z.object({ access_token: z.string() })

async function localPerson(school: School): Promise<Person> {
  const body = { email: `${school.courseId}@example.org`, password: 'a long password', name: 'Lan', client: 'app' }
  const { data } = await (await server.api()).post('/auth/register', body)
  return school.bearer('local', registered.parse(data).access_token)
}

async function peopleOf(school: School): Promise<Record<Caller, Person>> {
  return {
    nobody: await school.nobody(),
    stranger: await school.stranger(),
    uploader: await school.student('uploader'),
    other: await school.student('other'),
    assistant: await school.assistant(),
    teacher: await school.teacher(),
    admin: await school.admin(),
    local: await localPerson(school),
    key: await school.bearer('key', API_KEY),
  }
}

/** A folder of that kind in the course, with a file in it. */
async function folderOf(school: School, people: Record<Caller, Person>, visibility: FolderVisibility) {
  const { maker, uploader } = MAKERS[visibility]
  // The administrator knows the course once somebody has brought it.
  await people.teacher.api.get('/auth/me')
  const folder = await people[maker].makeFolder({
    name: school.name(visibility),
    course_id: school.courseId,
    visibility,
  })
  return { folder, file: () => people[uploader].store({ folder: folder.id }) }
}

describe.each(Object.keys(READS) as FolderVisibility[])('FI1: a %s folder of a course', (visibility) => {
  let people: Record<Caller, Person>
  let made: Awaited<ReturnType<typeof folderOf>>

  beforeAll(async () => {
    const school = new School(server)
    people = await peopleOf(school)
    made = await folderOf(school, people, visibility)
  })

  it.each(CALLERS)('FI3: is read by whom its kind lets read: %s', async (caller) => {
    const statuses = await people[caller].reads(await made.file())
    expect(new Set(statuses)).toEqual(new Set([READS[visibility][caller]]))
  })

  it.each(CALLERS)('FI3: is added to by whom its kind lets add: %s', async (caller) => {
    expect((await people[caller].upload({ folder: made.folder.id })).status).toBe(ADDS[visibility][caller])
  })

  it.each(CALLERS)('FI61: has its files deleted by uploader and staff alone: %s', async (caller) => {
    const file = await made.file()
    const { status } = await people[caller].api.delete(`/files/${file.folder_id}/${file.filename}`)
    expect(status).toBe(DELETES[visibility][caller])
    expect(await people.admin.reads(file)).toEqual(status === 204 ? [404, 404, 404] : [200, 200, 200])
  })
})

describe('FI1: without a course', () => {
  it('everybody signed in drops into a dropbox, and reads their own; administrators read all', async () => {
    const school = new School(server)
    const [an, binh, admin, teacher] = [
      await school.stranger('an'),
      await school.stranger('binh'),
      await school.admin(),
      await school.globalTeacher(),
    ]
    const file = await an.store({ folder: school.name('bai nop') })
    expect((await binh.upload({ folder: file.folder_id })).status).toBe(201)
    expect(await an.reads(file)).toEqual([200, 200, 200])
    expect(await binh.reads(file)).toEqual([404, 404, 404])
    expect(await teacher.reads(file)).toEqual([404, 404, 404])
    expect(await admin.reads(file)).toEqual([200, 200, 200])
  })

  it('FI8: global teachers and administrators alone make a dropbox or a public folder by name, and add to a public one', async () => {
    const school = new School(server)
    const [student, teacher] = [await school.stranger(), await school.globalTeacher()]
    for (const visibility of ['dropbox', 'public']) {
      const body = { name: school.name(visibility), visibility }
      expect((await student.api.post('/files/folders', body)).error?.code).toBe('FORBIDDEN')
      expect((await teacher.api.post('/files/folders', body)).status).toBe(201)
    }
    const shown = await teacher.store({ folder: school.name('public') })
    expect((await student.upload({ folder: school.name('public') })).error?.code).toBe('FORBIDDEN')
    expect(await (await school.nobody()).reads(shown)).toEqual([200, 200, 200])
  })

  it('FI8: course and shared folders need a course', async () => {
    const admin = await new School(server).admin()
    for (const visibility of ['course', 'shared']) {
      const answer = await admin.api.post('/files/folders', { name: `no course ${visibility}`, visibility })
      expect(answer.error?.code).toBe('VALIDATION_FAILED')
    }
  })
})

it('FI4: a public folder of the other realm is found by its name where one’s own has none, and is not added to', async () => {
  const school = new School(server)
  const [teacher, nobody] = [await school.globalTeacher(), await school.nobody()]
  const local = await localPerson(school)
  const [name, ofCourse] = [school.name('mo'), school.name('mo khoa hoc')]
  await teacher.makeFolder({ name, visibility: 'public' })
  const file = await teacher.store({ folder: name })
  for (const person of [nobody, local]) {
    expect(await person.reads({ ...file, folder_id: name })).toEqual([200, 200, 200])
    expect((await person.api.get(`/files/list/${name}`)).status).toBe(200)
  }
  const courseTeacher = await school.teacher()
  await courseTeacher.makeFolder({ name: ofCourse, course_id: school.courseId, visibility: 'public' })
  expect((await local.api.get(`/files/list/${ofCourse}`)).status).toBe(200)
  const own = await local.store({ folder: name })
  expect(own.folder_id).not.toBe(file.folder_id)
  expect((await local.api.get(`/files/info/${name}/${file.filename}`)).data).toMatchObject({ id: own.id })
})

it('FI2: who was removed from a course reads nothing of it any more, not even their own', async () => {
  const school = new School(server)
  const [an, teacher] = [await school.student('an'), await school.teacher()]
  const own = await an.makeFolder({ name: school.name('rieng'), course_id: school.courseId, visibility: 'private' })
  const files = [
    await an.store({ folder: school.name('chung'), course_id: school.courseId }),
    await an.store({ folder: own.id }),
  ]
  await teacher.api.delete(`/courses/${school.courseId}/members/${an.id}`)
  for (const file of files) expect(await an.reads(file)).toEqual([404, 404, 404])
  expect((await an.upload({ folder: own.id })).status).toBe(404)
  expect((await an.api.get(`/files/folders?course_id=${school.courseId}`)).status).toBe(404)
})

it('FI2: what an archived course has is not found, by nobody, until it is restored', async () => {
  const school = new School(server)
  const [teacher, admin, nobody] = [await school.teacher(), await school.admin(), await school.nobody()]
  const folder = await teacher.makeFolder({ name: school.name('p'), course_id: school.courseId, visibility: 'public' })
  const file = await teacher.store({ folder: folder.id })
  await admin.api.delete(`/courses/${school.courseId}`)
  expect(await admin.reads(file)).toEqual([404, 404, 404])
  expect(await nobody.reads(file)).toEqual([401, 401, 401])
  await admin.api.post(`/courses/${school.courseId}/restore`)
  expect(await nobody.reads(file)).toEqual([200, 200, 200])
})
