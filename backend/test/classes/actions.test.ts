import { SESSION_ROUTES } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import type { TestClient } from '../harness/test-client.ts'
import { TestClass } from './test-class.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: { LIMIT_EVENTS_PER_SEC: '0' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const refused = (code: string, details?: object) => ({
  ok: false,
  error: details === undefined ? { code } : { code, details },
})

/** What was sent since `from`, by name. */
const since = (client: TestClient, from: number) =>
  client.log
    .slice(from)
    .filter(({ event }) => event.startsWith('webrtc:'))
    .map(({ event }) => event)

describe('microphone and camera', () => {
  it('RTC25: are told to everybody else, also where nothing changes', async () => {
    const live = await TestClass.plan(server)
    const [teacher, an, binh] = await live.enterAll('teacher', 'an', 'binh')
    const from = an.log.length
    await an.call('webrtc:toggle_audio', { ...live.target, enabled: true })
    await an.call('webrtc:toggle_video', { ...live.target, enabled: true })
    await an.call('webrtc:toggle_video', { ...live.target, enabled: true })
    const said = { sessionId: live.sessionId, userId: live.id('an'), enabled: true, by: live.id('an') }
    for (const other of [teacher, binh]) {
      expect(await other.next('webrtc:user_audio_toggled')).toEqual(said)
      await other.settled()
      expect(other.received('webrtc:user_video_toggled')).toEqual([said, said])
    }
    await an.settled()
    expect(since(an, from)).toEqual([])
  })

  it('RTC33: a fifth camera is CONFLICT, by switching and by joining; from the lobby it enters switched off', async () => {
    const live = await TestClass.plan(server)
    const waiting = await live.connect('waiting')
    expect(await live.join(waiting, { video: true })).toMatchObject({ state: 'lobby', you: { video: true } })
    const [teacher, ...others] = await live.enterAll('teacher', 'a', 'b', 'c')
    const entered = await waiting.next('webrtc:participants_list', ({ state }) => state === 'joined')
    expect(entered.participants[1]).toMatchObject({ userId: live.id('waiting'), video: true })
    for (const client of others) await client.call('webrtc:toggle_video', { ...live.target, enabled: true })
    const fifth = refused('CONFLICT', { limit: 4 })
    expect(await teacher.emit('webrtc:toggle_video', { ...live.target, enabled: true })).toMatchObject(fifth)
    const late = await live.connect('late')
    expect(await late.emit('webrtc:join_session', { ...live.target, video: true })).toMatchObject(fifth)
    await waiting.call('webrtc:toggle_video', { ...live.target, enabled: false })
    expect(await live.join(late, { video: true })).toMatchObject({ you: { video: true } })
  })
})

describe('the screen', () => {
  it('RTC26: is one at a time; staff takes over, and who shared before is told too', async () => {
    const live = await TestClass.plan(server)
    const [teacher, an, binh] = await live.enterAll('teacher', 'an', 'binh')
    await an.call('webrtc:screen_share_start', live.target)
    expect(await binh.next('webrtc:screen_share_started')).toEqual({ sessionId: live.sessionId, userId: live.id('an') })
    expect(await binh.emit('webrtc:screen_share_start', live.target)).toMatchObject(refused('CONFLICT'))
    await teacher.call('webrtc:screen_share_start', live.target)
    for (const client of [teacher, an, binh])
      expect(await client.next('webrtc:screen_share_stopped')).toMatchObject({ userId: live.id('an') })
    expect(await an.next('webrtc:screen_share_started')).toMatchObject({ userId: live.id('teacher') })
    await teacher.call('webrtc:screen_share_stop', live.target)
    expect(await binh.next('webrtc:screen_share_stopped')).toMatchObject({ userId: live.id('teacher') })
    expect(await an.emit('webrtc:screen_share_stop', live.target)).toMatchObject({ ok: true })
    await binh.settled()
    expect(binh.received('webrtc:screen_share_stopped')).toHaveLength(2)
  })
})

describe('hands', () => {
  it('RTC27: are in one order for all, and a raised one that is raised keeps its place', async () => {
    const live = await TestClass.plan(server)
    const [teacher, an, binh] = await live.enterAll('teacher', 'an', 'binh')
    const [first, second] = await Promise.all([an, binh].map((client) => client.call('webrtc:raise_hand', live.target)))
    expect(new Set([first?.raisedAt, second?.raisedAt]).size).toBe(2)
    expect(await an.call('webrtc:raise_hand', live.target)).toEqual(first)
    await teacher.settled()
    expect(
      teacher
        .received('webrtc:hand_raised')
        .map(({ raisedAt }) => raisedAt)
        .sort(),
    ).toEqual([first?.raisedAt, second?.raisedAt].sort())
    await an.call('webrtc:lower_hand', live.target)
    const again = await an.call('webrtc:raise_hand', live.target)
    expect(again.raisedAt > String(second?.raisedAt)).toBe(true)
  })

  it('RTC27: of others are raised and lowered by staff alone', async () => {
    const live = await TestClass.plan(server)
    const [teacher, an] = await live.enterAll('teacher', 'an', 'binh')
    const theirs = { ...live.target, userId: live.id('binh') }
    expect(await an.emit('webrtc:raise_hand', theirs)).toMatchObject(refused('FORBIDDEN'))
    const { raisedAt } = await teacher.call('webrtc:raise_hand', theirs)
    const raised = { sessionId: live.sessionId, userId: live.id('binh'), raisedAt }
    expect(await an.next('webrtc:hand_raised')).toEqual(raised)
    expect(await an.emit('webrtc:lower_hand', theirs)).toMatchObject(refused('FORBIDDEN'))
    await teacher.call('webrtc:lower_hand', theirs)
    expect(await an.next('webrtc:hand_lowered')).toMatchObject({ userId: live.id('binh'), by: live.id('teacher') })
    const nobody = { ...live.target, userId: live.id('nobody') }
    expect(await teacher.emit('webrtc:lower_hand', nobody)).toMatchObject(refused('NOT_FOUND'))
  })
})

describe('staff', () => {
  it('RTC28: asks somebody to mute, and all see the microphone off, by whom', async () => {
    const live = await TestClass.plan(server)
    const [teacher, an, binh] = await live.enterAll('teacher', 'an', 'binh')
    await an.call('webrtc:toggle_audio', { ...live.target, enabled: true })
    const muting = { ...live.target, userId: live.id('an') }
    expect(await binh.emit('webrtc:mute_participant', muting)).toMatchObject(refused('FORBIDDEN'))
    await teacher.call('webrtc:mute_participant', muting)
    expect(await an.next('webrtc:mute_requested')).toEqual({ sessionId: live.sessionId, by: live.id('teacher') })
    const off = ({ enabled }: { enabled: boolean }) => !enabled
    expect(await binh.next('webrtc:user_audio_toggled', off)).toEqual({
      ...muting,
      enabled: false,
      by: live.id('teacher'),
    })
    const [, seen] = await (await live.api('teacher')).call(SESSION_ROUTES.listParticipants, { params: live.target })
    expect(seen).toMatchObject({ userId: live.id('an'), audio: false })
  })

  it('RTC29: puts somebody out, who is told with the others; with ban they stay out until it is lifted', async () => {
    const live = await TestClass.plan(server)
    const [teacher, an, binh] = await live.enterAll('teacher', 'an', 'binh')
    const removing = { ...live.target, userId: live.id('an') }
    expect(await binh.emit('webrtc:remove_participant', removing)).toMatchObject(refused('FORBIDDEN'))
    await teacher.call('webrtc:remove_participant', removing)
    for (const client of [teacher, an, binh])
      expect(await client.next('webrtc:user_left')).toEqual({ ...removing, reason: 'removed' })
    await live.join(an)
    await teacher.call('webrtc:remove_participant', { ...removing, ban: true })
    expect(await an.emit('webrtc:join_session', live.target)).toMatchObject(refused('FORBIDDEN', { reason: 'banned' }))
    const api = await live.api('teacher')
    expect(await api.call(SESSION_ROUTES.listBans, { params: live.target })).toMatchObject([
      { user_id: live.id('an'), user_name: 'an', banned_by: live.id('teacher') },
    ])
    await api.call(SESSION_ROUTES.liftBan, { params: { ...live.target, userId: live.id('an') } })
    expect(await live.join(an)).toMatchObject({ state: 'joined' })
  })

  it('RTC29: is written down with whom they put out, keep out and let in again, and who leaves is not', async () => {
    const live = await TestClass.plan(server)
    const [teacher] = await live.enterAll('teacher', 'an')
    const target = { ...live.target, userId: live.id('an') }
    await teacher.call('webrtc:remove_participant', target)
    await teacher.call('webrtc:remove_participant', { ...target, ban: true })
    const api = await live.api('teacher')
    await api.call(SESSION_ROUTES.liftBan, { params: target })
    expect(await api.delete(`/webrtc/sessions/${live.sessionId}/bans/${live.id('an')}`)).toMatchObject({ status: 404 })
    expect(await teacher.emit('webrtc:remove_participant', target)).toMatchObject(refused('NOT_FOUND'))
    await teacher.call('webrtc:remove_participant', { ...live.target, userId: live.id('teacher') })
    const written = server.logLines.filter(({ session_id }) => session_id === live.sessionId)
    const who = { by: live.id('teacher'), course_id: live.room.courseId, user_ids: [live.id('an')] }
    expect(written).toMatchObject(
      ['class.remove', 'class.ban', 'class.lift_ban'].map((audit) => ({ audit, msg: 'audit', ...who })),
    )
  })

  it('RTC29: keeps out who is enrolled and not there, puts out who waits, and finds nobody else', async () => {
    const live = await TestClass.plan(server)
    const [teacher] = await live.enterAll('teacher', 'a', 'b', 'c', 'd', 'e', 'f', 'g')
    const away = await live.connect('away')
    await teacher.call('webrtc:remove_participant', { ...live.target, userId: live.id('away'), ban: true })
    expect(await away.emit('webrtc:join_session', live.target)).toMatchObject(
      refused('FORBIDDEN', { reason: 'banned' }),
    )
    for (const ban of [false, true]) {
      const nobody = { ...live.target, userId: live.id('nobody'), ban }
      expect(await teacher.emit('webrtc:remove_participant', nobody)).toMatchObject(refused('NOT_FOUND'))
    }
  })

  it('RTC30: as an assistant neither mutes nor removes a teacher, also one who came as less', async () => {
    const live = await TestClass.plan(server)
    const [teacher, assistant] = await live.enterAll('teacher', 'assistant', 'an')
    await live.enter('teacher-two', { role: 'student' })
    for (const name of ['teacher', 'teacher-two']) {
      const target = { ...live.target, userId: live.id(name) }
      expect(await assistant.emit('webrtc:mute_participant', target)).toMatchObject(refused('FORBIDDEN'))
      expect(await assistant.emit('webrtc:remove_participant', target)).toMatchObject(refused('FORBIDDEN'))
    }
    await assistant.call('webrtc:mute_participant', { ...live.target, userId: live.id('an') })
    await teacher.call('webrtc:remove_participant', { ...live.target, userId: live.id('assistant') })
  })

  it('RTC30: bans no teacher who is not there, and lifts no ban of their own', async () => {
    const live = await TestClass.plan(server)
    const [teacher, assistant] = await live.enterAll('teacher', 'assistant')
    const banned = (name: string) => ({ ...live.target, userId: live.id(name), ban: true })
    for (const name of ['teacher-two', 'assistant-two', 'an']) await live.connect(name)
    expect(await assistant.emit('webrtc:remove_participant', banned('teacher-two'))).toMatchObject(refused('FORBIDDEN'))
    await assistant.call('webrtc:remove_participant', banned('an'))
    await assistant.call('webrtc:remove_participant', banned('assistant-two'))
    await teacher.call('webrtc:remove_participant', banned('assistant'))
    const path = (name: string) => `/webrtc/sessions/${live.sessionId}/bans/${live.id(name)}`
    const api = await live.api('assistant')
    expect(await api.delete(path('assistant'))).toMatchObject({ status: 403 })
    expect((await api.delete(path('an'))).status).toBe(204)
    expect((await (await live.api('teacher')).delete(path('assistant'))).status).toBe(204)
  })

  it('RTC31: locks the class: staff enter, others are FORBIDDEN, who is in it stays', async () => {
    const live = await TestClass.plan(server)
    const [teacher, an] = await live.enterAll('teacher', 'an')
    expect(await an.emit('webrtc:lock_session', { ...live.target, locked: true })).toMatchObject(refused('FORBIDDEN'))
    await teacher.call('webrtc:lock_session', { ...live.target, locked: true })
    expect(await an.next('webrtc:session_locked')).toEqual({ ...live.target, locked: true, by: live.id('teacher') })
    const binh = await live.connect('binh')
    expect(await binh.emit('webrtc:join_session', live.target)).toMatchObject(
      refused('FORBIDDEN', { reason: 'locked' }),
    )
    const lowered = await live.connect('assistant')
    const asStudent = { ...live.target, role: 'student' } as const
    expect(await lowered.emit('webrtc:join_session', asStudent)).toMatchObject(refused('FORBIDDEN'))
    await live.join(lowered)
    await an.drop()
    await an.connect()
    expect(await live.join(an)).toMatchObject({ state: 'joined', session: { locked: true } })
  })

  it('RTC14: loses its powers with a role that it lowers, and never gains one', async () => {
    const live = await TestClass.plan(server)
    const lowered = await live.connect('teacher-two')
    expect(await live.join(lowered, { role: 'student' })).toMatchObject({ state: 'lobby', you: { role: 'student' } })
    await live.enterAll('teacher')
    expect(await lowered.emit('webrtc:lock_session', { ...live.target, locked: true })).toMatchObject(
      refused('FORBIDDEN'),
    )
    const an = await live.connect('an')
    expect(await live.join(an, { role: 'teacher' })).toMatchObject({ you: { role: 'student' } })
    expect(await an.emitRaw('webrtc:join_session', { ...live.target, role: 'owner' })).toMatchObject(
      refused('VALIDATION_FAILED'),
    )
    const params = live.target
    await expect((await live.api('teacher-two')).call(SESSION_ROUTES.endSession, { params })).rejects.toThrow('403')
  })
})
