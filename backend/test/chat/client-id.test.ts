import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { CHAT_CHANGES, Classroom, countOf } from './classroom.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const again = { client_id: 'again' }

describe('a repeat by `client_id`', () => {
  it('CH14: is the one stored message and one broadcast, also from another connection and at the same time', async () => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    const phone = await room.connect('an')
    const answers = await Promise.all([an, phone, an, phone].map((client) => room.say(client, 'once', again)))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    await binh.settled()
    expect(countOf(binh, ...CHAT_CHANGES)).toBe(1)
    expect((await room.say(an, 'next')).seq).toBe(2)
  })

  it('CH14: answers with the message as it is now, also deleted', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    const { id } = await room.say(an, 'first', again)
    await an.call('chat:edit_message', { message_id: id, message: 'edited' })
    expect(await room.say(an, 'first', again)).toMatchObject({ id, message: 'edited', rev: 2 })
    await an.call('chat:delete_message', { message_id: id })
    expect(await room.say(an, 'other words', again)).toMatchObject({ id, message: '', deleted_at: expect.any(String) })
  })

  it('CH14: is another’s, or another course’s, own', async () => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    const other = new Classroom(server)
    const both = { [room.courseId]: 'student', [other.courseId]: 'student' } as const
    const chi = await server.connect({ sub: room.id('chi'), courses: both })
    const ids = [
      await room.say(an, 'x', again),
      await room.say(binh, 'x', again),
      await room.say(chi, 'x', again),
      await other.say(chi, 'x', again),
    ].map(({ id }) => id)
    expect(new Set(ids).size).toBe(4)
  })

  it('CH15: counts against no limit, also of who is over theirs', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    const { id } = await room.say(an, 'first', again)
    for (let repeat = 0; repeat < 100; repeat++) await room.say(an, 'first', again)
    const rest = await Promise.all(
      Array.from({ length: 60 }, () => an.emit('chat:send_message', { course_id: room.courseId, message: 'x' })),
    )
    expect(rest.slice(0, 19).every(({ ok }) => ok)).toBe(true)
    expect(rest.at(-1)).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED' } })
    expect(await room.say(an, 'first', again)).toMatchObject({ id })
  })

  it('CH14: is answered also when what it says would be refused by now', async () => {
    const room = new Classroom(server)
    const [teacher, binh] = await room.enterAll('teacher', 'binh')
    const more = { message_type: 'announcement', mentions: [room.id('binh')], ...again }
    const { id } = await room.say(teacher, 'x', more)
    const rest = await room.api('teacher', 'teacher')
    expect((await rest.delete(`/courses/${room.courseId}/members/${room.id('binh')}`)).status).toBe(204)
    await binh.next('chat:error')
    expect(await room.say(teacher, 'x', more)).toMatchObject({ id })
    const student = await room.connect('teacher', 'student')
    expect(await room.say(student, 'x', more)).toMatchObject({ id })
  })

  it('CH14: is kept exactly as sent, spaces and letters of any script included', async () => {
    const room = new Classroom(server)
    const an = await room.connect('an')
    const ids = [' a', 'a ', 'A', 'a', 'đ', 'd']
    const sent = await Promise.all(ids.map((client_id) => room.say(an, 'x', { client_id })))
    expect(sent.map(({ client_id }) => client_id)).toEqual(ids)
    expect(new Set(sent.map(({ id }) => id)).size).toBe(ids.length)
  })

  it('CH14: holds after a restart', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    const first = await room.say(an, 'first', again)
    await server.restart()
    const [back, binh] = await room.enterAll('an', 'binh')
    expect(await room.say(back, 'first', again)).toEqual(first)
    await binh.settled()
    expect(countOf(binh, ...CHAT_CHANGES)).toBe(0)
  })
})
