import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import type { TestClient } from '../harness/test-client.ts'
import { CHAT_CHANGES, Classroom, countOf, plain, reconnected } from './classroom.ts'

const API_KEY = 'the-api-key-of-the-tests-is-long-enough'
let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ env: { PRESENCE_GRACE_MS: '50', ADMIN_API_KEY: API_KEY } })
})
afterAll(() => server[Symbol.asyncDispose]())

const notice = (courseId: string) => ({
  event: 'chat:join_room',
  code: 'NOT_FOUND',
  message: expect.any(String),
  details: { course_id: courseId, reason: 'removed' },
})

async function remove(room: Classroom, name: string): Promise<void> {
  const teacher = await room.api('teacher', 'teacher')
  expect((await teacher.delete(`/courses/${room.courseId}/members/${room.id(name)}`)).status).toBe(204)
}

const expectStranger = async (client: TestClient, room: Classroom) => {
  const { courseId } = room
  for (const [event, payload] of [
    ['chat:join_room', { courseId }],
    ['chat:send_message', { courseId, message: 'x' }],
    ['chat:get_online_users', { courseId }],
  ] as const) {
    expect(await client.emitRaw(event, payload), event).toMatchObject({ error: { code: 'NOT_FOUND' } })
  }
}

describe('a removal', () => {
  it('CO15 ID18: takes the person out of the room at once, on every connection, with a notice to them', async () => {
    const room = new Classroom(server)
    const [teacher, binh] = await room.enterAll('teacher', 'binh')
    const phone = await room.enter('binh')
    const idle = await room.connect('binh')
    const rest = await room.api('binh')
    await remove(room, 'binh')
    for (const client of [binh, phone]) expect(await client.next('chat:error')).toEqual(notice(room.courseId))
    expect(await teacher.next('chat:user_left')).toMatchObject({ userId: room.id('binh') })
    await room.say(teacher, 'among us')
    for (const client of [binh, phone, idle]) {
      await expectStranger(client, room)
      expect(countOf(client, ...CHAT_CHANGES, 'chat:activity')).toBe(0)
    }
    expect((await rest.get(`/chat/courses/${room.courseId}/messages`)).status).toBe(404)
    expect(await teacher.call('chat:get_online_users', { courseId: room.courseId })).toMatchObject({ count: 1 })
  })

  it('CO15: ends their typing', async () => {
    const room = new Classroom(server)
    const [teacher, binh] = await room.enterAll('teacher', 'binh')
    await binh.call('chat:typing_start', { courseId: room.courseId })
    await remove(room, 'binh')
    expect(await teacher.next('chat:user_typing', ({ isTyping }) => !isTyping)).toMatchObject({ userName: 'binh' })
  })

  it('CO15 CH11: ends the room of a connection that dropped', async () => {
    const room = new Classroom(server)
    const [teacher, binh] = await room.enterAll('teacher', 'binh')
    await binh.drop()
    await remove(room, 'binh')
    await room.say(teacher, 'among us')
    await binh.connect()
    await expectStranger(binh, room)
    expect(countOf(binh, ...CHAT_CHANGES)).toBe(0)
  })

  it('ID18: a token issued later lets the person in again, anew or by `auth:refresh`', async () => {
    const room = new Classroom(server)
    const [teacher, binh] = await room.enterAll('teacher', 'binh')
    await remove(room, 'binh')
    await binh.next('chat:error')
    const later = room.claims('binh', 'student', { iat: Math.floor(Date.now() / 1000) + 2 })
    const back = await server.connect(later)
    expect(await back.call('chat:join_room', { courseId: room.courseId })).toMatchObject({ role: 'student' })
    await expectStranger(binh, room)
    await binh.call('auth:refresh', { token: await server.token(later) })
    await binh.call('chat:join_room', { courseId: room.courseId })
    await room.say(teacher, 'welcome back')
    expect(await binh.next('chat:new_message')).toMatchObject({ message: 'welcome back' })
  })

  it('CO15: while the person joins in a loop leaves them out', async () => {
    const room = new Classroom(server)
    const [teacher, binh] = await room.enterAll('teacher', 'binh')
    const joins = Array.from({ length: 30 }, () =>
      binh.emit('chat:join_room', { courseId: room.courseId, sinceRev: 0 }),
    )
    await remove(room, 'binh')
    await Promise.all(joins)
    await expectStranger(binh, room)
    const before = countOf(binh, ...CHAT_CHANGES)
    await room.say(teacher, 'among us')
    await binh.settled()
    expect(countOf(binh, ...CHAT_CHANGES)).toBe(before)
    expect(await teacher.call('chat:get_online_users', { courseId: room.courseId })).toMatchObject({ count: 1 })
  })
})

describe('an archived course', () => {
  it('CO6 CO7: puts everybody out at once; restored, it is there again with what was said', async () => {
    const room = new Classroom(server)
    const [teacher, binh] = await room.enterAll('teacher', 'binh')
    await room.say(teacher, 'before')
    const root = await server.api({ sub: room.id('root'), role: 'admin' })
    expect((await root.delete(`/courses/${room.courseId}`)).status).toBe(204)
    for (const client of [teacher, binh]) {
      expect(await client.next('chat:error')).toEqual(notice(room.courseId))
      await expectStranger(client, room)
    }
    expect((await root.post(`/courses/${room.courseId}/restore`)).status).toBe(200)
    const { changes } = await binh.call('chat:join_room', { courseId: room.courseId, sinceRev: 0 })
    expect(changes.map(({ message }) => message)).toEqual(['before'])
  })
})

describe('what somebody may do', () => {
  it('ID17: changes at once with their role in the database', async () => {
    const room = new Classroom(server)
    const lms = await server.api(API_KEY)
    const roster = (role: string) => [
      { user_id: room.id('teacher'), name: 'teacher', role: 'teacher' },
      { user_id: room.id('an'), name: 'an', role },
    ]
    const put = (role: string) => lms.put(`/courses/${room.courseId}/members`, { members: roster(role) })
    expect((await put('student')).status).toBe(200)
    const an = await server.connect({ sub: room.id('an') })
    expect(await an.call('chat:join_room', { courseId: room.courseId })).toMatchObject({ role: 'student' })
    const announcement = { course_id: room.courseId, message: 'x', message_type: 'announcement' as const }
    expect(await an.emit('chat:send_message', announcement)).toMatchObject({ error: { code: 'FORBIDDEN' } })
    await put('assistant')
    expect(await an.call('chat:send_message', announcement)).toMatchObject({ user_role: 'assistant' })
    expect((await an.call('chat:get_online_users', { courseId: room.courseId })).users).toMatchObject([
      { role: 'assistant' },
    ])
    await lms.put(`/courses/${room.courseId}/members`, { members: roster('student').slice(0, 1) })
    expect(await an.next('chat:error')).toEqual(notice(room.courseId))
    await expectStranger(an, room)
  })

  it('ID14 ID16: goes by the token of each connection', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    const without = await server.connect({ sub: room.id('an') })
    await expectStranger(without, room)
    const elsewhere = await server.connect({ sub: room.id('an'), courses: {} })
    await expectStranger(elsewhere, room)
    await room.say(an, 'still here')
    expect(await an.next('chat:new_message')).toMatchObject({ message: 'still here' })
  })

  it('ID14: a newer token without the course takes its connection out, and no other of the person', async () => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    const phone = await room.enter('an')
    await an.call('auth:refresh', { token: await server.token({ sub: room.id('an'), courses: {} }) })
    expect(await an.next('chat:error')).toEqual(notice(room.courseId))
    await room.say(binh, 'hello')
    expect(await phone.next('chat:new_message')).toMatchObject({ message: 'hello' })
    await an.settled()
    expect(countOf(an, 'chat:new_message')).toBe(0)
  })
})

describe('a local account', () => {
  it('ID17: has its new name and role on its open sockets at once', async () => {
    await using local = await startTestServer({ env: { AUTH_REGISTRATION: 'open' } })
    const nobody = await local.api()
    const [, setUp = ''] = /token=(.+)$/.exec((await local.app.setUpPath()) ?? '') ?? []
    const account = (name: string) => ({ email: `${name}@example.org`, password: 'correct horse battery', name })
    const admin = await nobody.post('/auth/setup', { token: setUp, ...account('root'), client: 'app' })
    const student = await nobody.post('/auth/register', { ...account('an'), client: 'app' })
    const token = String(Reflect.get(Object(student.data), 'access_token'))
    const userId = String(Reflect.get(Object(Reflect.get(Object(student.data), 'user')), 'id'))
    const root = await local.api(String(Reflect.get(Object(admin.data), 'access_token')))
    const { data: course } = await root.post('/courses', { title: 'Algebra' })
    const courseId = String(Reflect.get(Object(course), 'id'))
    await root.post(`/courses/${courseId}/members`, { user_id: userId, role: 'student' })
    const an = await local.connect(token, plain)
    await an.call('chat:join_room', { courseId })
    const renamed = reconnected(an)
    expect((await (await local.api(token)).patch('/auth/me', { name: 'An Nguyen' })).status).toBe(200)
    await renamed
    const said = { course_id: courseId, message: 'hello' }
    expect(await an.call('chat:send_message', said)).toMatchObject({ user_name: 'An Nguyen' })
    expect(await an.next('chat:new_message')).toMatchObject({ user_name: 'An Nguyen' })
    const promoted = reconnected(an)
    expect((await root.patch(`/users/${userId}`, { role: 'admin' })).status).toBe(200)
    await promoted
    expect(await an.call('chat:send_message', { ...said, message_type: 'announcement' })).toMatchObject({
      user_role: 'admin',
    })
  })

  it('ID34: that is disabled has its sockets ended at once, and comes back with none of its tokens', async () => {
    await using local = await startTestServer({ env: { AUTH_REGISTRATION: 'open' } })
    const nobody = await local.api()
    const [, setUp = ''] = /token=(.+)$/.exec((await local.app.setUpPath()) ?? '') ?? []
    const account = (name: string) => ({ email: `${name}@example.org`, password: 'correct horse battery', name })
    const admin = await nobody.post('/auth/setup', { token: setUp, ...account('root'), client: 'app' })
    expect(admin.status, admin.text).toBe(201)
    const student = await nobody.post('/auth/register', { ...account('an'), client: 'app' })
    const token = String(Reflect.get(Object(student.data), 'access_token'))
    const userId = String(Reflect.get(Object(Reflect.get(Object(student.data), 'user')), 'id'))
    const an = await local.connect(token)
    const gone = an.disconnected()
    const root = await local.api(String(Reflect.get(Object(admin.data), 'access_token')))
    expect((await root.patch(`/users/${userId}`, { disabled: true })).status).toBe(200)
    expect(await gone).toBe('io server disconnect')
    await expect(local.connect(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })
})
