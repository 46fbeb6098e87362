import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { Classroom, countOf } from './classroom.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ env: { PRESENCE_GRACE_MS: '50' } })
})
afterAll(() => server[Symbol.asyncDispose]())

describe('typing', () => {
  it('CH35: needs the join, and reaches everyone else in the room, once as long as it goes on', async () => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    const { courseId } = room
    const outside = await room.connect('chi')
    for (const event of ['chat:typing_start', 'chat:typing_stop'] as const) {
      expect(await outside.emit(event, { courseId })).toMatchObject({ error: { code: 'CONFLICT' } })
    }
    expect(await an.call('chat:typing_start', { courseId })).toEqual({})
    await an.call('chat:typing_start', { courseId })
    expect(await binh.next('chat:user_typing')).toEqual({
      courseId,
      userId: room.id('an'),
      userName: 'an',
      isTyping: true,
    })
    expect(await an.call('chat:typing_stop', { courseId })).toEqual({})
    await an.call('chat:typing_stop', { courseId })
    expect(await binh.next('chat:user_typing')).toMatchObject({ isTyping: false })
    await Promise.all([an, binh, outside].map((client) => client.settled()))
    expect([an, binh, outside].map((client) => countOf(client, 'chat:user_typing'))).toEqual([0, 2, 0])
  })

  it('CH36: ends on sending', async () => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    await an.call('chat:typing_start', { courseId: room.courseId })
    await room.say(an, 'done')
    await binh.next('chat:new_message')
    expect(binh.received('chat:user_typing').map(({ isTyping }) => isTyping)).toEqual([true, false])
  })

  it('CH36: ends on leaving, by one’s word or a drop', async () => {
    const room = new Classroom(server)
    const [an, binh, chi] = await room.enterAll('an', 'binh', 'chi')
    await an.call('chat:typing_start', { courseId: room.courseId })
    await an.call('chat:leave_room', { courseId: room.courseId })
    await binh.next('chat:user_typing', ({ isTyping }) => !isTyping)
    await chi.call('chat:typing_start', { courseId: room.courseId })
    await chi.drop()
    expect(await binh.next('chat:user_typing', (typing) => !typing.isTyping)).toMatchObject({ userId: room.id('chi') })
  })

  it('CH36: ends by itself 5 s after the last start', async () => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    await an.call('chat:typing_start', { courseId: room.courseId })
    await binh.next('chat:user_typing')
    const startedAt = performance.now()
    await binh.next('chat:user_typing', ({ isTyping }) => !isTyping)
    const tookMs = performance.now() - startedAt
    // On a busy machine the first of the two may come late, or the second.
    expect(tookMs).toBeGreaterThan(4_000)
    expect(tookMs).toBeLessThan(15_000)
  })
})

describe('activity', () => {
  it('CH42 CH45: reaches the enrolled who are not in the room, with what each has not read', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    const binh = await room.connect('binh')
    const chi = await room.connect('chi')
    const stranger = await server.connect(room.stranger())
    const { courseId } = room
    await room.say(an, 'for you', { mentions: [room.id('binh')] })
    expect(await binh.next('chat:activity')).toEqual({ courseId, lastSeq: 1, unread: 1, mentioned: true })
    expect(await chi.next('chat:activity')).toEqual({ courseId, lastSeq: 1, unread: 1, mentioned: false })
    await Promise.all([an.settled(), stranger.settled()])
    expect([countOf(an, 'chat:activity'), countOf(stranger, 'chat:activity')]).toEqual([0, 0])
  })

  it('CH42: comes at most once a second for a course, and the last one is right', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    const binh = await room.connect('binh')
    for (const text of ['1', '2', '3', '4', '5']) await room.say(an, text)
    await binh.next('chat:activity')
    const firstAt = performance.now()
    const last = await binh.next('chat:activity')
    // They leave a second apart; on a busy machine the first may come late.
    expect(performance.now() - firstAt).toBeGreaterThan(500)
    expect(last).toMatchObject({ lastSeq: 5, unread: 5 })
    await binh.settled()
    expect(countOf(binh, 'chat:activity')).toBe(2)
  })

  it('CH42: a deletion is activity too, and what is deleted is not unread', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    const { id } = await room.say(an, 'oops', { mentions: [] })
    const binh = await room.connect('binh')
    await an.call('chat:delete_message', { message_id: id })
    expect(await binh.next('chat:activity')).toMatchObject({ lastSeq: 1, unread: 0, mentioned: false })
  })
})

describe('reading', () => {
  it('CH43 CH44: moves the mark on, and tells the person’s other connections alone', async () => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    const phone = await room.connect('binh')
    const { courseId } = room
    for (const text of ['1', '2', '3']) await room.say(an, text, { mentions: [room.id('binh')] })
    await room.say(binh, 'mine')
    const read = await binh.call('chat:mark_read', { courseId, seq: 2 })
    expect(read).toEqual({ course_id: courseId, unread: 1, mentions: 1, last_read_seq: 2 })
    expect(await phone.next('chat:read')).toEqual({ courseId, seq: 2 })
    await Promise.all([an.settled(), binh.settled()])
    expect([countOf(an, 'chat:read'), countOf(binh, 'chat:read')]).toEqual([0, 0])
  })

  it('CH43: the mark never goes back and never passes `lastSeq`', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    const binh = await room.connect('binh')
    const phone = await room.connect('binh')
    const { courseId } = room
    await room.say(an, '1')
    await room.say(an, '2')
    expect(await binh.call('chat:mark_read', { courseId, seq: 999 })).toMatchObject({ last_read_seq: 2, unread: 0 })
    expect(await binh.call('chat:mark_read', { courseId, seq: 1 })).toMatchObject({ last_read_seq: 2, unread: 0 })
    await phone.settled()
    expect(phone.received('chat:read')).toEqual([{ courseId, seq: 2 }])
    await room.say(an, '3')
    expect(await binh.call('chat:mark_read', { courseId, seq: 0 })).toMatchObject({ last_read_seq: 2, unread: 1 })
  })
})
