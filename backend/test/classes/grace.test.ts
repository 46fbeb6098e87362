import type { JoinSessionAnswer } from '@lectern/protocol'
import { expect, it } from 'vitest'
import { startServerProcess } from '../harness/server-process.ts'
import { startTestServer, type TestServerOptions } from '../harness/start-test-server.ts'
import { TestClient } from '../harness/test-client.ts'
import { signTestToken } from '../harness/test-token.ts'
import { ManualTime } from './manual-time.ts'
import { TestClass } from './test-class.ts'

const env = { LIMIT_EVENTS_PER_SEC: '0' }

async function startAt(options: TestServerOptions = {}) {
  const time = new ManualTime()
  return { time, server: await startTestServer({ env, time, ...options }) }
}

it('RTC18: who drops is kept for the grace, and nobody sees a leave; place, hand and state stay', async () => {
  const { time, server } = await startAt()
  await using _ = server
  const live = await TestClass.plan(server)
  const [teacher, an] = await live.enterAll('teacher', 'an', 'binh')
  await an.call('webrtc:toggle_audio', { ...live.target, enabled: true })
  const { raisedAt } = await an.call('webrtc:raise_hand', live.target)
  await an.drop()
  await teacher.settled()
  time.advance(9_999)
  await an.connect()
  const back = await live.join(an, { audio: false })
  expect(back.you).toMatchObject({ audio: true, handRaisedAt: raisedAt })
  expect(back.participants.map(({ userId }) => userId)).toEqual(['teacher', 'an', 'binh'].map((name) => live.id(name)))
  time.advance(60_000)
  await teacher.settled()
  expect(teacher.received('webrtc:user_left')).toEqual([])
})

it('RTC18: who does not come back within it has left with `disconnected`', async () => {
  const { time, server } = await startAt()
  await using _ = server
  const live = await TestClass.plan(server)
  const [teacher, an] = await live.enterAll('teacher', 'an')
  await an.drop()
  await server.connect(live.room.claims('watcher'))
  await teacher.settled()
  time.advance(10_000)
  expect(await teacher.next('webrtc:user_left')).toEqual({
    sessionId: live.sessionId,
    userId: live.id('an'),
    reason: 'disconnected',
  })
  await an.connect()
  expect((await live.join(an)).participants.at(-1)).toMatchObject({ userId: live.id('an'), handRaisedAt: null })
})

it('RTC19: who comes back with another page is told to the others, with the same one nobody is told anything', async () => {
  await using server = await startTestServer({ env })
  const live = await TestClass.plan(server)
  const teacher = await live.enter('teacher')
  const an = await live.enter('an', { instanceId: 'page 1' })
  await an.drop()
  await an.connect()
  await live.join(an, { instanceId: 'page 1' })
  await teacher.settled()
  expect(teacher.received('webrtc:participant_reset')).toEqual([])
  await an.drop()
  await an.connect()
  await live.join(an, { instanceId: 'page 2' })
  expect(await teacher.next('webrtc:participant_reset')).toEqual({ ...live.target, userId: live.id('an') })
})

it('RTC20: a leave, and a disconnect that the client itself sends, is a leave at once', async () => {
  const { server } = await startAt()
  await using _ = server
  const live = await TestClass.plan(server)
  const [teacher, an, binh] = await live.enterAll('teacher', 'an', 'binh')
  await an.call('webrtc:leave_session', live.target)
  expect(await teacher.next('webrtc:user_left')).toMatchObject({ userId: live.id('an'), reason: 'left' })
  expect(await an.emit('webrtc:leave_session', live.target)).toMatchObject({ ok: true })
  binh.socket.disconnect()
  expect(await teacher.next('webrtc:user_left')).toMatchObject({ userId: live.id('binh'), reason: 'left' })
})

it('RTC5: ends 15 minutes after the last one left, and not while somebody is there', async () => {
  const { time, server } = await startAt()
  await using _ = server
  const live = await TestClass.plan(server)
  const [teacher] = await live.enterAll('teacher')
  time.advance(20 * 60_000)
  await teacher.call('webrtc:leave_session', live.target)
  time.advance(15 * 60_000 - 1)
  expect(await live.session()).toMatchObject({ status: 'live' })
  time.advance(1)
  expect(await teacher.next('webrtc:session_state', ({ status }) => status === 'ended')).toMatchObject(live.target)
  expect(await live.session()).toMatchObject({ status: 'ended', ended_at: new Date(time.now()).toISOString() })
})

it('RTC34: a restart loses no hand, order, flag, lock and ban of who is back within the grace', async () => {
  const { time, server } = await startAt()
  await using _ = server
  const live = await TestClass.plan(server)
  const [teacher, an, binh] = await live.enterAll('teacher', 'an', 'binh', 'chi')
  await binh.call('webrtc:raise_hand', live.target)
  await an.call('webrtc:raise_hand', live.target)
  await an.call('webrtc:screen_share_start', live.target)
  await binh.call('webrtc:toggle_video', { ...live.target, enabled: true })
  await teacher.call('webrtc:remove_participant', { ...live.target, userId: live.id('chi'), ban: true })
  await teacher.call('webrtc:lock_session', { ...live.target, locked: true })
  const api = await live.api('teacher')
  const before = (await api.get(`/webrtc/sessions/${live.sessionId}/participants`)).data
  await server.restart()
  for (const name of ['binh', 'an', 'teacher']) await live.enter(name)
  expect((await api.get(`/webrtc/sessions/${live.sessionId}/participants`)).data).toEqual(before)
  expect(await live.session()).toMatchObject({ status: 'live', locked: true })
  const chi = await live.connect('chi')
  expect(await chi.emit('webrtc:join_session', live.target)).toMatchObject({ error: { details: { reason: 'banned' } } })
  time.advance(60_000)
  expect(await live.participants()).toHaveLength(3)
})

it('RTC34: who is not back within the grace after a restart has left, and an empty class ends in its time', async () => {
  const { time, server } = await startAt()
  await using _ = server
  const live = await TestClass.plan(server)
  await live.enterAll('teacher', 'an')
  await server.restart()
  const [teacher] = await live.enterAll('teacher')
  expect(await live.participants()).toHaveLength(2)
  time.advance(10_000)
  expect(await teacher.next('webrtc:user_left')).toMatchObject({ userId: live.id('an'), reason: 'disconnected' })
  await teacher.call('webrtc:leave_session', live.target)
  await server.restart()
  time.advance(15 * 60_000)
  const watcher = await live.connect('watcher')
  if ((await live.session()).status === 'live')
    await watcher.next('webrtc:session_state', ({ status }) => status === 'ended')
  expect(await live.session()).toMatchObject({ status: 'ended' })
})

it('RTC34 RTC36: what was acked is there after `kill -9`', async () => {
  await using server = await startServerProcess(env)
  const connect = async (claims: Parameters<typeof signTestToken>[0]) =>
    TestClient.connect(server.url, { auth: { token: await signTestToken(claims, Date.now()) } })
  const claims = (sub: string, role: 'teacher' | 'student') => ({
    sub,
    courses: { c: role },
    sessions: { 'class-1': 'c' },
  })
  const people = [claims('teacher', 'teacher'), claims('an', 'student'), claims('binh', 'student')]
  const target = { sessionId: 'class-1' }
  const enter = async () => {
    const clients: TestClient[] = []
    for (const each of people) clients.push(await connect(each))
    const answers: JoinSessionAnswer[] = []
    for (const client of clients) answers.push(await client.call('webrtc:join_session', target))
    return { clients, list: answers.at(-1)?.participants }
  }
  const { clients } = await enter()
  const hands = await Promise.all([clients[2], clients[1]].map((client) => client?.call('webrtc:raise_hand', target)))
  await clients[0]?.call('webrtc:toggle_audio', { ...target, enabled: true })
  await server.kill('SIGKILL')
  await server.restart()
  const { clients: after, list } = await enter()
  expect(list?.map(({ userId, audio, handRaisedAt }) => [userId, audio, handRaisedAt])).toEqual([
    ['teacher', true, null],
    ['an', false, hands[1]?.raisedAt],
    ['binh', false, hands[0]?.raisedAt],
  ])
  for (const client of [...clients, ...after]) await client[Symbol.asyncDispose]()
}, 60_000)
