import { onlineUsers } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { Classroom, countOf } from './classroom.ts'

let patient: TestServer
let hasty: TestServer

beforeAll(async () => {
  patient = await startTestServer({ env: { PRESENCE_GRACE_MS: '60000' } })
  hasty = await startTestServer({ env: { PRESENCE_GRACE_MS: '20', PRESENCE_BATCH_FROM: '3' } })
})
afterAll(async () => {
  await patient[Symbol.asyncDispose]()
  await hasty[Symbol.asyncDispose]()
})

describe('a person comes and goes', () => {
  it('CH37: once, however many connections; everyone else is told, never oneself', async () => {
    const room = new Classroom(patient)
    const an = await room.enter('an')
    const binh = await room.enter('binh')
    const who = { courseId: room.courseId, userId: room.id('binh'), userName: 'binh', at: expect.any(String) }
    expect(await an.next('chat:user_joined')).toEqual(who)
    const phone = await room.enter('binh')
    await binh.call('chat:leave_room', { courseId: room.courseId })
    await an.settled()
    expect([countOf(an, 'chat:user_joined'), countOf(an, 'chat:user_left')]).toEqual([1, 0])
    await phone.call('chat:leave_room', { courseId: room.courseId })
    expect(await an.next('chat:user_left')).toEqual(who)
    await Promise.all([binh.settled(), phone.settled()])
    expect(countOf(binh, 'chat:user_joined', 'chat:user_left')).toBe(0)
    expect(countOf(phone, 'chat:user_joined', 'chat:user_left')).toBe(0)
  })

  it('CH38: a connection that drops and is back within the grace causes nothing', async () => {
    const room = new Classroom(patient)
    const an = await room.enter('an')
    const binh = await room.enter('binh')
    await binh.drop()
    expect((await an.call('chat:get_online_users', { courseId: room.courseId })).count).toBe(2)
    await binh.connect()
    await binh.settled()
    await an.settled()
    expect([countOf(an, 'chat:user_joined'), countOf(an, 'chat:user_left')]).toEqual([1, 0])
  })

  it('CH37: one that stays away has left when the grace is over', async () => {
    const room = new Classroom(hasty)
    const an = await room.enter('an')
    const binh = await room.enter('binh')
    await binh.drop()
    expect(await an.next('chat:user_left')).toMatchObject({ userId: room.id('binh') })
    await binh.connect()
    await an.next('chat:user_joined')
    expect(await an.next('chat:user_joined')).toMatchObject({ userId: room.id('binh') })
  })

  it('CH37: a disconnect of one’s own accord is told at once', async () => {
    const room = new Classroom(patient)
    const an = await room.enter('an')
    const binh = await room.enter('binh')
    binh.socket.disconnect()
    expect(await an.next('chat:user_left')).toMatchObject({ userId: room.id('binh') })
  })
})

describe('who is online', () => {
  it('CH40: is told to who has just joined, and to who asks, by ack and event', async () => {
    const room = new Classroom(patient)
    const an = await room.enter('an')
    expect(await an.next('chat:online_users')).toMatchObject({ courseId: room.courseId, count: 1 })
    const outside = await room.connect('binh')
    const online = await outside.call('chat:get_online_users', { courseId: room.courseId })
    expect(online).toEqual({
      courseId: room.courseId,
      users: [{ userId: room.id('an'), userName: 'an', role: 'student', since: expect.any(String) }],
      count: 1,
    })
    expect(await outside.next('chat:online_users')).toEqual(online)
    const rest = await (await room.api('binh')).get(`/chat/courses/${room.courseId}/online`)
    expect(rest.data).toEqual(online)
    await an.settled()
    expect(countOf(an, 'chat:online_users')).toBe(1)
  })

  it('CH40: is nobody where nobody is', async () => {
    const room = new Classroom(patient)
    const an = await room.connect('an')
    expect(await an.call('chat:get_online_users', { courseId: room.courseId })).toMatchObject({ users: [], count: 0 })
  })
})

describe('a big room', () => {
  it('CH39: tells differences at most once a second, to everyone, with the right count', async () => {
    const room = new Classroom(hasty)
    const [an] = await room.enterAll('an', 'binh', 'chi')
    const small = countOf(an, 'chat:user_joined')
    const [dung, em] = await room.enterAll('dung', 'em')
    const joins = await an.next('chat:presence')
    const firstAt = performance.now()
    expect(joins).toMatchObject({ courseId: room.courseId, count: 5, left: [] })
    expect(joins.joined.map(({ userName }) => userName)).toEqual(['dung', 'em'])
    expect(await dung.next('chat:presence')).toEqual(joins)
    await em.call('chat:leave_room', { courseId: room.courseId })
    expect(await an.next('chat:presence')).toEqual({
      courseId: room.courseId,
      count: 4,
      joined: [],
      left: [room.id('em')],
    })
    // They leave a second apart; on a busy machine the first may come late.
    expect(performance.now() - firstAt).toBeGreaterThan(500)
    expect([countOf(an, 'chat:user_joined'), countOf(an, 'chat:user_left')]).toEqual([small, 0])
  })

  it('CH41: lists as many as `PRESENCE_BATCH_FROM`, staff first, with the whole count; REST lists all', async () => {
    const room = new Classroom(hasty)
    const [an] = await room.enterAll('an', 'binh', 'chi', 'dung', 'teacher')
    const names = (users: readonly { userName: string }[]) => users.map(({ userName }) => userName)
    const { users, count } = await an.call('chat:get_online_users', { courseId: room.courseId })
    expect([names(users), count]).toEqual([['teacher', 'an', 'binh'], 5])
    const late = await room.connect('em')
    const joined = await late.call('chat:join_room', { courseId: room.courseId })
    expect([names(joined.onlineUsers), joined.onlineCount]).toEqual([['teacher', 'an', 'binh'], 6])
    expect(await late.next('chat:online_users')).toMatchObject({ count: 6 })
    const rest = await (await room.api('an')).get(`/chat/courses/${room.courseId}/online`)
    const all = onlineUsers.parse(rest.data)
    expect([names(all.users).sort(), all.count]).toEqual([['an', 'binh', 'chi', 'dung', 'em', 'teacher'], 6])
  })

  it('CH39: who came and went while it was told to nobody is told to nobody, also when the room became small', async () => {
    const room = new Classroom(hasty)
    const [an, , chi] = await room.enterAll('an', 'binh', 'chi')
    const dung = await room.enter('dung')
    await chi.call('chat:leave_room', { courseId: room.courseId })
    await dung.call('chat:leave_room', { courseId: room.courseId })
    const { count, joined, left } = await an.next('chat:presence')
    expect([count, joined, left]).toEqual([2, [], [room.id('chi')]])
    await an.settled()
    expect(countOf(an, 'chat:user_left')).toBe(0)
  })
})
