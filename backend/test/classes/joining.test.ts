import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { TestClass } from './test-class.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: { LIMIT_EVENTS_PER_SEC: '0' } })
})
afterAll(() => server[Symbol.asyncDispose]())

describe('joining', () => {
  it('RTC13: answers with oneself and all participants in order, and tells the others and the joiner', async () => {
    const live = await TestClass.plan(server)
    const teacher = await live.enter('teacher')
    const an = await live.connect('an')
    const answer = await live.join(an, { audio: true, displayName: 'An của lớp' })
    expect(answer).toMatchObject({
      sessionId: live.sessionId,
      state: 'joined',
      topology: 'mesh',
      iceServers: [],
      you: {
        userId: live.id('an'),
        userName: 'an',
        displayName: 'An của lớp',
        role: 'student',
        audio: true,
        video: false,
      },
      session: { id: live.sessionId, status: 'live', locked: false },
    })
    expect(answer.participants.map(({ userId }) => userId)).toEqual([live.id('teacher'), live.id('an')])
    expect(await teacher.next('webrtc:user_joined')).toEqual(answer.you)
    const list = await an.next('webrtc:participants_list')
    expect(list).toEqual({ sessionId: live.sessionId, state: 'joined', participants: answer.participants })
    await an.settled()
    expect(an.received('webrtc:user_joined')).toEqual([])
  })

  it('RTC4 RTC11 RTC12: who comes before staff waits, and enters behind them in the order of arrival', async () => {
    const live = await TestClass.plan(server)
    const [an, binh] = [await live.connect('an'), await live.connect('binh')]
    expect(await live.join(an)).toMatchObject({ state: 'lobby', participants: [], you: { role: 'student' } })
    expect(await live.join(binh)).toMatchObject({ state: 'lobby', participants: [] })
    expect(await an.next('webrtc:participants_list')).toMatchObject({ state: 'lobby', participants: [] })
    expect(await an.emit('webrtc:toggle_audio', { ...live.target, enabled: true })).toMatchObject({
      error: { code: 'CONFLICT' },
    })
    const teacher = await live.connect('teacher')
    expect((await live.join(teacher)).participants).toHaveLength(1)
    const first = await an.next('webrtc:participants_list', ({ state }) => state === 'joined')
    expect(first.participants.map(({ userId }) => userId)).toEqual([live.id('teacher'), live.id('an')])
    expect(await an.next('webrtc:user_joined')).toMatchObject({ userId: live.id('binh') })
    expect((await binh.next('webrtc:participants_list', ({ state }) => state === 'joined')).participants).toHaveLength(
      3,
    )
    expect(await live.participants()).toEqual(['teacher', 'an', 'binh'].map((name) => live.id(name)))
  })

  it('RTC17 RTC16: another connection replaces the first, which alone is told; once more from the same changes nothing', async () => {
    const live = await TestClass.plan(server)
    const [teacher, an] = await live.enterAll('teacher', 'an')
    const second = await live.connect('an')
    const again = await live.join(second, { instanceId: 'another page' })
    expect(again.participants).toHaveLength(2)
    expect(await an.next('webrtc:user_left')).toMatchObject({ userId: live.id('an'), reason: 'replaced' })
    expect(await teacher.next('webrtc:participant_reset')).toMatchObject({ userId: live.id('an') })
    expect(await live.join(second, { instanceId: 'another page' })).toEqual(again)
    await teacher.settled()
    expect(teacher.received('webrtc:user_left')).toEqual([])
    expect(await an.emit('webrtc:raise_hand', live.target)).toMatchObject({ error: { code: 'CONFLICT' } })
  })

  it('RTC33: a mesh has 8 participants and 4 cameras', async () => {
    const live = await TestClass.plan(server)
    await live.enterAll('teacher', 'a', 'b', 'c', 'd', 'e', 'f', 'g')
    const ninth = await live.connect('h')
    expect(await ninth.emit('webrtc:join_session', live.target)).toMatchObject({
      error: { code: 'CONFLICT', details: { limit: 8 } },
    })
  })
})
