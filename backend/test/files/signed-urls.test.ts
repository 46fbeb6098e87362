import { type FileRecord, fileRecord, signedUrl } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SettableClock } from '../chat/settable-clock.ts'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { type Person, School } from './school.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: { LIMIT_EVENTS_PER_SEC: '0', LIMIT_UPLOADS_PER_MIN: '0' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const placeOf = ({ folder_id, filename }: FileRecord) => ({ folder: folder_id, file: filename })

const make = (person: Person, file: FileRecord, more: object = {}) =>
  person.api.post('/files/signed-url', { ...placeOf(file), ...more })
const linkTo = async (person: Person, file: FileRecord, more: object = {}) =>
  signedUrl.parse((await make(person, file, more)).data)

/** The status of opening a link, by who is not signed in. */
async function open(url: string, at = server): Promise<number> {
  const { pathname, search } = new URL(url)
  const response = await fetch(`${at.url}${pathname}${search}`)
  await response.arrayBuffer()
  return response.status
}

async function school() {
  const course = new School(server)
  const [an, binh, teacher] = [await course.student('an'), await course.student('binh'), await course.teacher()]
  const file = await an.store({ folder: 'chung', course_id: course.courseId })
  return { course, an, binh, teacher, file }
}

describe('a signed URL', () => {
  it('FI71, FI72: opens one file without signing in, also when that is moved and renamed, and ends with it', async () => {
    const { an, binh, file } = await school()
    const { url } = await linkTo(binh, file)
    expect(await open(url)).toBe(200)
    const move = { ...placeOf(file), to_folder: file.folder_id, to_name: 'moi.pdf' }
    const moved = fileRecord.parse((await an.api.post('/files/move', move)).data)
    expect(await open(url)).toBe(200)
    await an.api.delete(`/files/${moved.folder_id}/${moved.filename}`)
    expect(await open(url)).toBe(403)
  })

  it('FI45: opens nothing when any of it is changed', async () => {
    const { an, file } = await school()
    const url = new URL((await linkTo(an, file)).url)
    const other = new URL((await linkTo(an, file)).url)
    const changes: [string, string][] = [
      ['expires', String(Number(url.searchParams.get('expires')) + 1)],
      ['disposition', 'inline'],
      ['signature', String(other.searchParams.get('signature'))],
    ]
    for (const [name, value] of changes) {
      const changed = new URL(url)
      changed.searchParams.set(name, value)
      expect(await open(changed.href), name).toBe(403)
    }
    const moved = new URL(url)
    moved.pathname = other.pathname
    expect(await open(moved.href)).toBe(403)
  })

  it('FI72: is over at its end', async () => {
    const clock = new SettableClock()
    await using own = await startTestServer({ clock })
    const an = await new School(own).stranger()
    const file = await an.store({ folder: 'x' })
    const { url, expires_at } = await linkTo(an, file, { expires_in: 60 })
    clock.advance(Date.parse(expires_at) - clock.now() - 1)
    expect(await open(url, own)).toBe(200)
    clock.advance(1)
    expect(await open(url, own)).toBe(403)
  })

  it('FI71: opens for more than an hour when its uploader or staff makes it', async () => {
    const { an, binh, teacher, file } = await school()
    const longer = { expires_in: 3601 }
    expect((await make(binh, file, longer)).error?.code).toBe('FORBIDDEN')
    for (const person of [an, teacher]) expect((await make(person, file, longer)).status).toBe(201)
    expect((await make(an, file, { expires_in: 604_801 })).error?.code).toBe('VALIDATION_FAILED')
  })

  it('FI72: is ended by who made it and by staff', async () => {
    const { course, an, binh, teacher, file } = await school()
    const [first, second] = [await linkTo(binh, file), await linkTo(binh, file)]
    const end = async (person: Person, id: string) => (await person.api.delete(`/files/signed-urls/${id}`)).status
    expect(await end(await course.stranger(), first.id)).toBe(404)
    expect(await end(await course.student('chi'), first.id)).toBe(403)
    expect([await end(binh, first.id), await end(teacher, second.id)]).toEqual([204, 204])
    expect([await open(first.url), await open(second.url)]).toEqual([403, 403])
    expect(await end(an, first.id)).toBe(404)
  })

  it('FI72: ends with the right of its issuer to read, and for good when they are removed from the course', async () => {
    const { binh, teacher, file, course } = await school()
    const { url } = await linkTo(binh, file)
    await teacher.api.delete(`/courses/${course.courseId}/members/${binh.id}`)
    expect(await open(url)).toBe(403)
    const again = { user_id: binh.id, role: 'student' }
    expect((await teacher.api.post(`/courses/${course.courseId}/members`, again)).status).toBe(201)
    expect(await open(url)).toBe(403)
  })

  it('FI72: of a file that its issuer reads in a message ends when the message goes', async () => {
    const { course, an, binh } = await school()
    const file = await an.store({ folder: course.name('rieng') })
    const room = await course.room.enter('an')
    const message = await course.room.say(room, '', { message_type: 'file', file_id: file.id })
    const { url } = await linkTo(binh, file)
    expect(await open(url)).toBe(200)
    await room.call('chat:delete_message', { message_id: message.id })
    expect(await open(url)).toBe(403)
  })
})
