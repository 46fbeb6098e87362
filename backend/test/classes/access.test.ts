import { type CourseRole, MEMBER_ROUTES, SESSION_ROUTES } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { TestApi } from '../harness/test-api.ts'
import { TestClass } from './test-class.ts'

const KEY = 'a-key-of-the-tests-which-is-long-enough'
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: { LIMIT_EVENTS_PER_SEC: '0', ADMIN_API_KEY: KEY } })
})
afterAll(() => server[Symbol.asyncDispose]())

const offer = { type: 'offer', sdp: 'v=0' }
const answer = { type: 'answer', sdp: 'v=0' }

/** Every event of a class, with what it takes beside the session. */
const EVENTS: Record<string, object> = {
  'webrtc:join_session': {},
  'webrtc:leave_session': {},
  'webrtc:offer': { targetUserId: 'x', offer },
  'webrtc:answer': { targetUserId: 'x', answer },
  'webrtc:ice_candidate': { targetUserId: 'x', candidate: null },
  'webrtc:toggle_audio': { enabled: true },
  'webrtc:toggle_video': { enabled: true },
  'webrtc:screen_share_start': {},
  'webrtc:screen_share_stop': {},
  'webrtc:raise_hand': {},
  'webrtc:lower_hand': {},
  'webrtc:mute_participant': { userId: 'x' },
  'webrtc:remove_participant': { userId: 'x' },
  'webrtc:lock_session': { locked: true },
}

describe.each(Object.entries(EVENTS))('%s', (event, payload) => {
  it('RTC10 GEN24: is NOT_FOUND to a stranger, word for word as for a class that does not exist', async () => {
    const live = await TestClass.plan(server)
    const teacher = await live.enter('teacher')
    const before = teacher.log.length
    const stranger = await server.connect(live.room.stranger())
    const refused = await stranger.emitRaw(event, { ...live.target, ...payload })
    expect(refused).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    expect(await stranger.emitRaw(event, { sessionId: 'no-such-class', ...payload })).toEqual(refused)
    await teacher.settled()
    expect(teacher.log.slice(before).filter(({ event: name }) => name.startsWith('webrtc:'))).toEqual([])
  })
})

/** A route with who may call it, and what they are told: a student, an assistant, a teacher, an administrator. */
const ROUTES: readonly [string, string, unknown, readonly number[]][] = [
  ['GET', '', undefined, [200, 200, 200, 200]],
  ['PATCH', '', { title: 'Khác' }, [403, 200, 200, 200]],
  ['GET', '/participants', undefined, [200, 200, 200, 200]],
  ['GET', '/attendance', undefined, [200, 200, 200, 200]],
  ['PUT', '/attendance/nobody', { status: 'present' }, [403, 404, 404, 404]],
  ['GET', '/bans', undefined, [403, 200, 200, 200]],
  ['DELETE', '/bans/nobody', undefined, [403, 404, 404, 404]],
  ['GET', '/ice-servers', undefined, [403, 403, 403, 403]],
  ['POST', '/end', undefined, [403, 200, 200, 200]],
  ['POST', '/reopen', undefined, [403, 200, 200, 200]],
  ['DELETE', '', undefined, [403, 204, 204, 204]],
]

describe.each(ROUTES)('%s /webrtc/sessions/:sessionId%s', (method, path, body, expected) => {
  it('RTC10 GEN24 GEN25 ID35: is for its people alone', async () => {
    const roles: readonly (CourseRole | 'admin')[] = ['student', 'assistant', 'teacher', 'admin']
    for (const [index, role] of roles.entries()) {
      const live = await TestClass.plan(server)
      const call = (api: TestApi, id = live.sessionId) => api.request(method, `/webrtc/sessions/${id}${path}`, body)
      const stranger = await server.api(live.room.stranger())
      const refused = await call(stranger)
      expect(refused).toMatchObject({ status: 404, error: { code: 'NOT_FOUND' } })
      expect((await call(stranger, 'no-such-class')).error).toEqual(refused.error)
      const local = await server.api({ ...live.room.stranger(), role: 'teacher' })
      expect((await call(local)).status).toBe(404)
      expect((await call(new TestApi(server.url))).status).toBe(401)
      expect((await call(new TestApi(server.url, KEY))).status).toBe(403)
      const caller =
        role === 'admin' ? await server.api({ sub: live.id('admin'), role: 'admin' }) : await live.room.api(role, role)
      expect((await call(caller)).status, role).toBe(expected[index])
    }
  })
})

describe('enrolments that change', () => {
  it('RTC35: who is removed from the course is out of its classes at once, and told with the others', async () => {
    const live = await TestClass.plan(server)
    const [teacher, an] = await live.enterAll('teacher', 'an')
    const params = { courseId: live.room.courseId, userId: live.id('an') }
    await (await live.api('teacher')).call(MEMBER_ROUTES.removeMember, { params })
    for (const client of [teacher, an]) {
      expect(await client.next('webrtc:user_left')).toMatchObject({ userId: live.id('an'), reason: 'removed' })
    }
    expect(await an.emit('webrtc:raise_hand', live.target)).toMatchObject({ error: { code: 'NOT_FOUND' } })
    expect(await an.emit('webrtc:join_session', live.target)).toMatchObject({ error: { code: 'NOT_FOUND' } })
  })

  it('RTC14: a role follows the enrolment, and everybody hears of it', async () => {
    const live = await TestClass.plan(server)
    const teacher = await live.enter('teacher')
    const plain = await server.connect({ sub: live.id('an'), name: 'an' })
    const key = new TestApi(server.url, KEY)
    const member = { user_id: live.id('an'), role: 'student' as const }
    const params = { courseId: live.room.courseId }
    await key.call(MEMBER_ROUTES.addMember, { params, body: member })
    expect(await live.join(plain)).toMatchObject({ you: { role: 'student' } })
    expect(await plain.emit('webrtc:lock_session', { ...live.target, locked: true })).toMatchObject({ ok: false })
    const whom = { ...params, userId: live.id('an') }
    await key.call(MEMBER_ROUTES.updateMember, { params: whom, body: { role: 'assistant' } })
    const told = await teacher.next('webrtc:participants_list', ({ participants }) =>
      participants.some(({ role }) => role === 'assistant'),
    )
    expect(told.participants).toHaveLength(2)
    await plain.call('webrtc:lock_session', { ...live.target, locked: true })
  })

  it('RTC14: by REST the token that asks says what its bearer is, whatever the one says by which they are in the class', async () => {
    const live = await TestClass.plan(server)
    await live.enterAll('teacher', 'an')
    const path = `/webrtc/sessions/${live.sessionId}`
    const demoted = await server.api(live.room.claims('teacher', 'student'))
    expect(await demoted.post(`${path}/end`, {})).toMatchObject({ status: 403 })
    const promoted = await server.api(live.room.claims('an', 'teacher'))
    expect(await promoted.patch(path, { title: 'Khác' })).toMatchObject({ status: 200 })
  })

  it('RTC14: who is a teacher no more has the powers of one no more, and goes on sharing', async () => {
    const live = await TestClass.plan(server)
    const [teacher, other, an] = await live.enterAll('teacher', 'teacher-two', 'an')
    await other.call('webrtc:screen_share_start', live.target)
    await other.call('auth:refresh', { token: await server.token(live.room.claims('teacher-two', 'student')) })
    const isDemoted = ({ participants }: { participants: { role: string; screen: boolean }[] }) =>
      participants.some(({ role, screen }) => role === 'student' && screen)
    for (const client of [teacher, other, an]) await client.next('webrtc:participants_list', isDemoted)
    for (const [event, payload] of [
      ['webrtc:mute_participant', { userId: live.id('an') }],
      ['webrtc:remove_participant', { userId: live.id('an') }],
      ['webrtc:lock_session', { locked: true }],
      ['webrtc:raise_hand', { userId: live.id('an') }],
    ] as const)
      expect(await other.emitRaw(event, { ...live.target, ...payload })).toMatchObject({ error: { code: 'FORBIDDEN' } })
    expect(await an.emit('webrtc:screen_share_start', live.target)).toMatchObject({ error: { code: 'CONFLICT' } })
    await teacher.call('webrtc:screen_share_start', live.target)
    expect(await other.next('webrtc:screen_share_stopped')).toMatchObject({ userId: live.id('teacher-two') })
    await teacher.call('webrtc:screen_share_stop', live.target)
    await an.call('webrtc:screen_share_start', live.target)
    expect(await other.emit('webrtc:screen_share_start', live.target)).toMatchObject({ error: { code: 'CONFLICT' } })
  })

  it('RTC35: a token that no longer names the course puts its bearer out', async () => {
    const live = await TestClass.plan(server)
    const [teacher, an] = await live.enterAll('teacher', 'an')
    const token = await server.token({ ...live.room.claims('an'), courses: {} })
    await an.call('auth:refresh', { token })
    expect(await teacher.next('webrtc:user_left')).toMatchObject({ userId: live.id('an'), reason: 'removed' })
  })

  it('RTC35: a token of a connection that was replaced says nothing of who is there by another', async () => {
    const live = await TestClass.plan(server)
    const [teacher, an] = await live.enterAll('teacher', 'an')
    await live.enter('an')
    await an.next('webrtc:user_left', ({ reason }) => reason === 'replaced')
    await an.call('auth:refresh', { token: await server.token({ ...live.room.claims('an'), courses: {} }) })
    await teacher.settled()
    expect(teacher.received('webrtc:user_left')).toEqual([])
    expect(await live.participants()).toEqual([live.id('teacher'), live.id('an')])
  })

  it('RTC35: an archived course’s classes end', async () => {
    const live = await TestClass.plan(server)
    const [teacher, an] = await live.enterAll('teacher', 'an')
    expect((await (await live.api('teacher')).delete(`/courses/${live.room.courseId}`)).status).toBe(204)
    for (const client of [teacher, an]) expect(await client.next('webrtc:session_ended')).toEqual(live.target)
    expect(await an.next('webrtc:session_state', ({ status }) => status === 'ended')).toBeDefined()
  })
})

it('RTC15: a name that looks like somebody else’s of staff is refused, one’s own is not', async () => {
  const live = await TestClass.plan(server)
  await live.enter('teacher')
  await server.connect({ ...live.room.claims('teacher-ha', 'teacher'), name: 'Đỗ Thị Hà' })
  const an = await live.connect('an')
  const as = (displayName: string) => an.emit('webrtc:join_session', { ...live.target, displayName })
  for (const name of [
    'Đỗ Thị Hà',
    'do thi ha',
    'ＤＯ ＴＨＩ ＨＡ',
    'dothiha',
    'D0 Thị Hà',
    'Đỗ Thị Hа',
    'T.e.a.c.h.e.r',
  ])
    expect(await as(name), name).toMatchObject({ error: { code: 'VALIDATION_FAILED' } })
  expect(await as('An lớp 10A')).toMatchObject({ ok: true })
  const other = await live.connect('teacher-two')
  expect(await live.join(other, { displayName: 'Teacher-Two' })).toMatchObject({ you: { displayName: 'Teacher-Two' } })
})

it('RTC37: TURN credentials are for participants of a live class alone', async () => {
  await using turning = await startTestServer({
    env: { STUN_URLS: 'stun:stun.example.org', TURN_URLS: 'turn:turn.example.org', TURN_SECRET: 'hunter2' },
  })
  const live = await TestClass.plan(turning)
  const an = await live.connect('an')
  const stun = { urls: ['stun:stun.example.org'] }
  expect((await live.join(an)).iceServers).toEqual([stun])
  const api = await live.api('an')
  const params = live.target
  await expect(api.call(SESSION_ROUTES.getIceServers, { params })).rejects.toThrow('403')
  const { iceServers } = await live.join(await live.connect('teacher'))
  expect(iceServers[1]?.username).toMatch(new RegExp(`^\\d+:${live.id('teacher')}$`))
  const mine = await api.call(SESSION_ROUTES.getIceServers, { params })
  expect(mine.iceServers[0]).toEqual(stun)
  const [expires = '', userId] = mine.iceServers[1]?.username?.split(':') ?? []
  expect(userId).toBe(live.id('an'))
  expect(new Date(Number(expires) * 1000).toISOString()).toBe(mine.expiresAt)
  expect(Number(expires) * 1000 - Date.now()).toBeGreaterThan(3_590_000)
})
