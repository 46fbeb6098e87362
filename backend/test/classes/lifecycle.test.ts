import { COURSE_SESSION_ROUTES, SESSION_ROUTES, type SessionStatus } from '@lectern/protocol'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import type { TestClient } from '../harness/test-client.ts'
import { TestClass } from './test-class.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: { LIMIT_EVENTS_PER_SEC: '0' } })
})
afterAll(() => server[Symbol.asyncDispose]())

it('RTC1 RTC2: staff plans a class with a title, and by an id of its own; one that is taken is CONFLICT', async () => {
  const live = await TestClass.plan(server)
  const api = await live.api('teacher')
  const path = `/courses/${live.room.courseId}/sessions`
  const body = {
    title: ' Ôn tập ',
    id: 'own-id',
    scheduled_at: '2027-01-05T08:00:00+07:00',
    duration_min: 45,
    lobby: false,
  }
  const made = await api.post(path, body)
  expect(made.status).toBe(201)
  expect(made.data).toEqual({
    id: 'own-id',
    course_id: live.room.courseId,
    title: 'Ôn tập',
    status: 'scheduled',
    scheduled_at: '2027-01-05T01:00:00.000Z',
    duration_min: 45,
    started_at: null,
    ended_at: null,
    locked: false,
    lobby: false,
  })
  expect(await api.post(path, body)).toMatchObject({ status: 409, error: { code: 'CONFLICT' } })
  expect(await api.post(path, { title: '' })).toMatchObject({ error: { code: 'VALIDATION_FAILED' } })
  expect(await (await live.api('an')).post(path, body)).toMatchObject({ error: { code: 'FORBIDDEN' } })
  const patched = await api.patch('/webrtc/sessions/own-id', { title: 'Ôn', scheduled_at: null, lobby: true })
  expect(patched.data).toMatchObject({ title: 'Ôn', scheduled_at: null, duration_min: 45, lobby: true })
})

it('RTC46 GEN6 GEN7: classes are listed live, to come, without a time, over; by pages, and by status', async () => {
  const live = await TestClass.plan(server)
  const api = await live.api('teacher')
  const params = { courseId: live.room.courseId }
  const plan = async (title: string, scheduled_at: string | null) => {
    const body = { title, scheduled_at }
    return (await api.call(COURSE_SESSION_ROUTES.createSession, { params, body })).id
  }
  const end = async (sessionId: string) => api.call(SESSION_ROUTES.endSession, { params: { sessionId } })
  await end(await plan('last year', '2025-05-04'))
  await end(await plan('this year', '2026-05-04'))
  await plan('in two years', '2028-05-04')
  await plan('next year', '2027-05-04')
  await plan('any time', null)
  const held = await plan('live', '2029-05-04')
  await (await live.connect('teacher')).call('webrtc:join_session', { sessionId: held })
  const seen: string[] = []
  for (let cursor: string | undefined; ; ) {
    const query = cursor === undefined ? '?limit=2' : `?limit=2&cursor=${cursor}`
    const { data, meta } = await api.get(`/courses/${params.courseId}/sessions${query}`)
    seen.push(...COURSE_SESSION_ROUTES.listSessions.response.parse(data).map(({ title }) => title))
    cursor = COURSE_SESSION_ROUTES.listSessions.meta.parse(meta).next_cursor ?? undefined
    if (cursor === undefined) break
  }
  const toCome = ['next year', 'in two years', 'Bài 1', 'any time']
  expect(seen).toEqual(['live', ...toCome, 'this year', 'last year'])
  await end(held)
  const student = await live.api('an')
  const titles = async (status: SessionStatus) =>
    (await student.call(COURSE_SESSION_ROUTES.listSessions, { params, query: { status } })).map(({ title }) => title)
  expect(await titles('ended')).toEqual(['live', 'this year', 'last year'])
  expect(await titles('scheduled')).toEqual(toCome)
  expect(await titles('live')).toEqual([])
})

it('RTC3: a session named in a token is made when first seen, also its course; one that is another course’s stays there', async () => {
  const claims = { sub: 'claimer', role: 'teacher', courses: { 'claimed-course': 'teacher' } } as const
  const api = await server.api({ ...claims, sessions: { 'claimed-class': 'claimed-course', 'not an id': 'x' } })
  expect((await api.get('/webrtc/sessions/claimed-class')).data).toMatchObject({
    title: 'claimed-class',
    course_id: 'claimed-course',
    status: 'scheduled',
    lobby: true,
  })
  const other = {
    ...claims,
    courses: { other: 'teacher' },
    sessions: { 'claimed-class': 'other', 'late-class': 'new-course' },
  } as const
  const thief = await server.api(other)
  expect((await thief.get('/webrtc/sessions/claimed-class')).status).toBe(404)
  expect((await thief.get('/webrtc/sessions/late-class')).status).toBe(404)
  const later = await server.api({ sub: 'later', courses: { 'new-course': 'student' } })
  expect((await later.get('/webrtc/sessions/late-class')).data).toMatchObject({ course_id: 'new-course' })
})

it('RTC4: with `lobby: false` the first join makes it live, whoever’s it is', async () => {
  const live = await TestClass.plan(server, { lobby: false })
  const an = await live.connect('an')
  expect(await live.join(an)).toMatchObject({ state: 'joined', session: { status: 'live' } })
})

it('RTC5 RTC6 RTC32: ends for everybody, in the lobby too; ending and reopening again change nothing', async () => {
  const live = await TestClass.plan(server)
  const [teacher, an] = await live.enterAll('teacher', 'an')
  const api = await live.api('teacher')
  const reopened = async () => api.call(SESSION_ROUTES.reopenSession, { params: live.target })
  expect(await reopened()).toMatchObject({ status: 'live' })
  const ended = await api.call(SESSION_ROUTES.endSession, { params: live.target })
  expect(ended).toMatchObject({ status: 'ended', ended_at: expect.any(String) })
  for (const client of [teacher, an]) expect(await client.next('webrtc:session_ended')).toEqual(live.target)
  expect(await api.call(SESSION_ROUTES.endSession, { params: live.target })).toEqual(ended)
  expect(await an.emit('webrtc:join_session', live.target)).toMatchObject({ error: { code: 'CONFLICT' } })
  expect(await reopened()).toMatchObject({ status: 'scheduled', ended_at: null, started_at: ended.started_at })
  expect(await reopened()).toMatchObject({ status: 'scheduled' })
  expect(await live.join(an)).toMatchObject({ state: 'lobby' })
  await api.call(SESSION_ROUTES.endSession, { params: live.target })
  expect(await an.next('webrtc:session_ended')).toEqual(live.target)
  await reopened()
  expect(await live.join(teacher)).toMatchObject({ session: { status: 'live', started_at: ended.started_at } })
})

it('RTC7 RTC8: everyone enrolled hears of its states, and the chat of its beginning and end', async () => {
  const live = await TestClass.plan(server)
  const watcher = await live.room.enter('watcher')
  const api = await live.api('teacher')
  const params = { courseId: live.room.courseId }
  const { id } = await api.call(COURSE_SESSION_ROUTES.createSession, { params, body: { title: 'Hai', id: 'second' } })
  const state = (status: string) => ({ sessionId: id, courseId: live.room.courseId, status })
  expect(await watcher.next('webrtc:session_state')).toEqual(state('scheduled'))
  const teacher = await live.connect('teacher')
  await teacher.call('webrtc:join_session', { sessionId: id })
  expect(await watcher.next('webrtc:session_state')).toEqual(state('live'))
  expect(await watcher.next('chat:new_message')).toMatchObject({
    user_id: null,
    user_role: 'system',
    message: '',
    message_type: 'system',
    system: { kind: 'class_started', session_id: id, title: 'Hai' },
  })
  await api.call(SESSION_ROUTES.endSession, { params: { sessionId: id } })
  expect(await watcher.next('webrtc:session_state')).toEqual(state('ended'))
  expect(await watcher.next('chat:new_message')).toMatchObject({ system: { kind: 'class_ended', session_id: id } })
  const outside = await server.connect(live.room.stranger())
  await outside.settled()
  expect(outside.received('webrtc:session_state')).toEqual([])
  expect((await (await live.api('an')).get(`/chat/courses/${params.courseId}/unread`)).data ?? {}).not.toMatchObject({
    unread: 2,
  })
})

it('RTC7: everyone enrolled hears of what is planned by a token, and of what is changed or deleted', async () => {
  const live = await TestClass.plan(server)
  const { courseId } = live.room
  const watcher = await live.connect('watcher')
  const next = (sessionId: string) => watcher.next('webrtc:session_state', (state) => state.sessionId === sessionId)
  const sessionId = live.id('claimed')
  await server.connect({ ...live.room.claims('an'), sessions: { [sessionId]: courseId } })
  expect(await next(sessionId)).toEqual({ sessionId, courseId, status: 'scheduled' })
  const api = await live.api('teacher')
  const change = (body: object) => api.patch(`/webrtc/sessions/${sessionId}`, body)
  for (const body of [{ title: 'Buổi 2' }, { scheduled_at: '2027-01-05' }, { duration_min: 45 }, { lobby: false }]) {
    expect((await change(body)).status).toBe(200)
    expect(await next(sessionId)).toMatchObject({ status: 'scheduled' })
  }
  await change({ lobby: false })
  expect((await api.delete(`/webrtc/sessions/${sessionId}`)).status).toBe(204)
  expect(await next(sessionId)).toMatchObject({ status: 'ended' })
  await watcher.settled()
  expect(watcher.received('webrtc:session_state')).toHaveLength(6)
})

it('RTC7: everyone enrolled hears that a class is locked, and unlocked', async () => {
  const live = await TestClass.plan(server)
  const [teacher] = await live.enterAll('teacher')
  const watcher = await live.connect('watcher')
  const said = { ...live.target, courseId: live.room.courseId, status: 'live' }
  for (const locked of [true, false]) {
    await teacher.call('webrtc:lock_session', { ...live.target, locked })
    expect(await watcher.next('webrtc:session_state')).toEqual(said)
    await teacher.call('webrtc:lock_session', { ...live.target, locked })
  }
  await watcher.settled()
  expect(watcher.received('webrtc:session_state')).toHaveLength(2)
})

it('RTC9: a deleted class is NOT_FOUND; a live one ends first', async () => {
  const live = await TestClass.plan(server)
  const [teacher, an] = await live.enterAll('teacher', 'an')
  const api = await live.api('teacher')
  const path = `/webrtc/sessions/${live.sessionId}`
  expect(await (await live.api('an')).delete(path)).toMatchObject({ status: 403 })
  expect((await api.delete(path)).status).toBe(204)
  for (const client of [teacher, an]) expect(await client.next('webrtc:session_ended')).toEqual(live.target)
  expect((await api.get(path)).status).toBe(404)
  expect((await api.delete(path)).status).toBe(404)
  expect(await an.emit('webrtc:join_session', live.target)).toMatchObject({ error: { code: 'NOT_FOUND' } })
  expect(await an.emit('webrtc:raise_hand', live.target)).toMatchObject({ error: { code: 'NOT_FOUND' } })
})

it('RTC12: who finds no place waits for the next', async () => {
  const live = await TestClass.plan(server)
  const waiting: TestClient[] = []
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']) waiting.push(await live.enter(name))
  const teacher = await live.enter('teacher')
  expect(await live.participants()).toEqual(['teacher', 'a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => live.id(name)))
  const [first] = waiting
  await first?.call('webrtc:leave_session', live.target)
  expect(await teacher.next('webrtc:user_joined', ({ userId }) => userId === live.id('h'))).toBeDefined()
  await teacher.call('webrtc:lock_session', { ...live.target, locked: true })
  await waiting[1]?.call('webrtc:leave_session', live.target)
  await teacher.settled()
  expect(await live.participants()).toHaveLength(7)
  await teacher.call('webrtc:lock_session', { ...live.target, locked: false })
  expect(await teacher.next('webrtc:user_joined', ({ userId }) => userId === live.id('i'))).toBeDefined()
})
