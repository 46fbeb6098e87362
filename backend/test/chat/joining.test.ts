import { joinAnswer } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import type { TestClient } from '../harness/test-client.ts'
import { CHAT_CHANGES, Classroom, countOf, revsOf } from './classroom.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ env: { LIMIT_MESSAGES_PER_SEC: '0', LIMIT_EVENTS_PER_SEC: '0' } })
})
afterAll(() => server[Symbol.asyncDispose]())

describe('joining', () => {
  it('CH5: answers who one is, where the log stands and who is here', async () => {
    const room = new Classroom(server)
    const [teacher] = await room.enterAll('teacher')
    await room.say(teacher, 'one')
    await room.say(teacher, 'two')
    const an = await room.connect('an')
    const answer = await an.call('chat:join_room', { courseId: room.courseId })
    expect(answer).toEqual({
      courseId: room.courseId,
      role: 'student',
      epoch: expect.any(String),
      lastSeq: 2,
      lastRev: 2,
      onlineUsers: [
        { userId: room.id('teacher'), userName: 'teacher', role: 'teacher', since: expect.any(String) },
        { userId: room.id('an'), userName: 'an', role: 'student', since: expect.any(String) },
      ],
      onlineCount: 2,
      changes: [],
      more: false,
      reset: false,
    })
  })

  it('CH5 ID22: an administrator who is not enrolled joins as `admin`', async () => {
    const room = new Classroom(server)
    await room.enterAll('an')
    const admin = await server.connect({ sub: room.id('root'), role: 'admin' })
    expect(await admin.call('chat:join_room', { courseId: room.courseId })).toMatchObject({ role: 'admin' })
  })

  it('ID21 ID23: a global teacher, and a role or user id in the payload, open no course', async () => {
    const room = new Classroom(server)
    await room.enterAll('an')
    const other = await server.connect({ sub: room.id('other'), role: 'teacher', courses: {} })
    const forged = { courseId: room.courseId, role: 'teacher', userId: room.id('an'), user_id: room.id('an') }
    expect(await other.emitRaw('chat:join_room', forged)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  })

  it('CH6: with `sinceRev` the messages changed after it come by `rev`, as they are now; without it none', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    const first = await room.say(an, 'first', { client_id: 'mine' })
    await room.say(an, 'second')
    const { rev } = await room.say(an, 'third')
    await an.call('chat:edit_message', { message_id: first.id, message: 'first, edited' })
    await an.call('chat:react', { message_id: first.id, emoji: '👍' })
    const binh = await room.connect('binh')
    const { changes, more } = await binh.call('chat:join_room', { courseId: room.courseId, sinceRev: 1 })
    expect(more).toBe(false)
    expect(changes.map(({ message, rev }) => [message, rev])).toEqual([
      ['second', 2],
      ['third', rev],
      ['first, edited', 5],
    ])
    expect(changes.at(-1)).toMatchObject({ client_id: null, reactions: [{ emoji: '👍', count: 1 }] })
    expect((await binh.call('chat:join_room', { courseId: room.courseId })).changes).toEqual([])
    expect((await binh.call('chat:join_room', { courseId: room.courseId, sinceRev: 5 })).changes).toEqual([])
  })

  it('CH6: at most 500 changes come, and `more` tells of others', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    await Promise.all(Array.from({ length: 501 }, (_, index) => room.say(an, `message ${index}`)))
    const before = await an.call('chat:join_room', { courseId: room.courseId, sinceRev: 0 })
    expect([before.changes.length, before.changes.at(-1)?.rev, before.more]).toEqual([500, 500, true])
    const rest = await an.call('chat:join_room', { courseId: room.courseId, sinceRev: 500 })
    expect([rest.changes.length, rest.more, rest.lastRev]).toEqual([1, false, 501])
  })

  it('CH8: another `epoch`, or a `sinceRev` above `lastRev`, resets', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    await room.say(an, 'one')
    const { courseId } = room
    const { epoch } = await an.call('chat:join_room', { courseId })
    const reset = { reset: true, changes: [], more: false, lastRev: 1 }
    expect(await an.call('chat:join_room', { courseId, sinceRev: 2, epoch })).toMatchObject(reset)
    expect(await an.call('chat:join_room', { courseId, sinceRev: 0, epoch: 'another' })).toMatchObject(reset)
    expect(await an.call('chat:join_room', { courseId, sinceRev: 0, epoch })).toMatchObject({
      reset: false,
      changes: [{ message: 'one' }],
    })
  })

  it('CH7 CH3: while others write, nothing falls between a join and its ack, and `lastRev` + 1 comes next', async () => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    const joiner = await room.connect('chi')
    {
      await using _flood = new Flood(room, [an, binh])
      for (let round = 0; round < 25; round++) await cutOver(room, joiner)
    }
    await joiner.settled()
    const { lastRev } = await an.call('chat:join_room', { courseId: room.courseId })
    expect(revsOf(joiner).at(-1)).toBe(lastRev)
  })

  it('CH9: joining again on the same connection answers as the first time, announces nobody and doubles nothing', async () => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    const joins = countOf(an, 'chat:user_joined')
    for (let time = 0; time < 3; time++) {
      expect(await binh.call('chat:join_room', { courseId: room.courseId })).toMatchObject({ onlineCount: 2 })
    }
    await room.say(an, 'once')
    await Promise.all([an.settled(), binh.settled()])
    expect(countOf(an, 'chat:user_joined', 'chat:user_left')).toBe(joins)
    expect(binh.received('chat:new_message')).toHaveLength(1)
  })
})

describe('leaving', () => {
  it('CH10 CH12: who has left hears nothing more, and may still send', async () => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    expect(await binh.call('chat:leave_room', { courseId: room.courseId })).toEqual({ courseId: room.courseId })
    await room.say(an, 'after')
    await room.say(binh, 'from outside')
    await an.next('chat:new_message', ({ message }) => message === 'from outside')
    await binh.settled()
    expect(countOf(binh, ...CHAT_CHANGES)).toBe(0)
  })

  it('CH10: leaving a room that one is not in succeeds', async () => {
    const room = new Classroom(server)
    const an = await room.connect('an')
    expect(await an.call('chat:leave_room', { courseId: room.courseId })).toEqual({ courseId: room.courseId })
  })
})

describe('order on one connection', () => {
  it('GEN30: a message sent right after a join, unawaited, reaches the joiner; after a leave it does not', async () => {
    const room = new Classroom(server)
    const an = await room.connect('an')
    const { courseId } = room
    await Promise.all([an.call('chat:join_room', { courseId }), room.say(an, 'heard')])
    await Promise.all([an.call('chat:leave_room', { courseId }), room.say(an, 'unheard')])
    await an.settled()
    expect(an.received('chat:new_message').map(({ message }) => message)).toEqual(['heard'])
  })

  it('GEN30 CH1: one sender’s `seq` follows its sends, by connection', async () => {
    const room = new Classroom(server)
    const clients = await room.enterAll('an', 'binh')
    const sent = await Promise.all(
      clients.flatMap((client) => Array.from({ length: 50 }, (_, index) => room.say(client, String(index)))),
    )
    const seqs = sent.map(({ seq }) => seq)
    for (const mine of [seqs.slice(0, 50), seqs.slice(50)]) expect(mine).toEqual([...mine].sort((a, b) => a - b))
    expect([...seqs].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
  })
})

describe('strangers', () => {
  it('GEN24 CH64: a stranger’s, an archived and a never existing course are answered byte by byte alike', async () => {
    const room = new Classroom(server)
    const archived = new Classroom(server)
    await room.enterAll('an')
    await archived.enterAll('an')
    const root = await server.api({ sub: room.id('root'), role: 'admin' })
    expect((await root.delete(`/courses/${archived.courseId}`)).status).toBe(204)
    const stranger = await server.connect({ sub: room.id('binh'), courses: { [archived.courseId]: 'student' } })
    for (const event of COURSE_EVENTS) {
      const answers = await Promise.all(
        [room.courseId, archived.courseId, 'never-was', '__proto__', 'constructor'].map((courseId) =>
          stranger.emitRaw(event, { courseId, message: 'x', seq: 1 }),
        ),
      )
      expect(answers[0], event).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
      for (const answer of answers) expect(JSON.stringify(answer), event).toBe(JSON.stringify(answers[0]))
    }
  })

  it('GEN24 CH64: a stranger’s message and none are answered byte by byte alike', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    const { id } = await room.say(an, 'secret')
    const stranger = await server.connect(room.stranger())
    for (const event of MESSAGE_EVENTS) {
      const [theirs, none] = await Promise.all(
        [id, 'never-was'].map((message_id) => stranger.emitRaw(event, { message_id, message: 'x', emoji: '👍' })),
      )
      expect(theirs, event).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
      expect(JSON.stringify(theirs), event).toBe(JSON.stringify(none))
    }
    await an.settled()
    expect(countOf(an, 'chat:message_updated', 'chat:message_deleted')).toBe(0)
  })
})

const COURSE_EVENTS = [
  'chat:join_room',
  'chat:leave_room',
  'chat:send_message',
  'chat:typing_start',
  'chat:typing_stop',
  'chat:get_online_users',
  'chat:mark_read',
]
const MESSAGE_EVENTS = ['chat:edit_message', 'chat:delete_message', 'chat:react', 'chat:unreact']

async function cutOver(room: Classroom, joiner: TestClient): Promise<void> {
  await joiner.call('chat:leave_room', { courseId: room.courseId })
  const before = revsOf(joiner).length
  const { promise, resolve } = Promise.withResolvers<{ lastRev: number; heard: number }>()
  // A callback runs in the turn of the ack, before what came after it is looked at.
  joiner.socket.emit('chat:join_room', { courseId: room.courseId }, (answer: unknown) => {
    resolve({ lastRev: joinAck.parse(answer).data.lastRev, heard: revsOf(joiner).length })
  })
  const { lastRev, heard } = await promise
  expect(heard).toBe(before)
  await joiner.next('chat:new_message', ({ rev }) => rev > lastRev + 2)
  expect(revsOf(joiner).slice(before, before + 3)).toEqual([lastRev + 1, lastRev + 2, lastRev + 3])
}

const joinAck = z.object({ ok: z.literal(true), data: joinAnswer })

/** People who write without a pause until the scope ends. */
class Flood implements AsyncDisposable {
  #over = false
  readonly #writers: Promise<void>[]

  constructor(room: Classroom, clients: readonly TestClient[]) {
    this.#writers = clients.map(async (client) => {
      while (!this.#over) await Promise.all(['a', 'b', 'c'].map((text) => room.say(client, text)))
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true
    await Promise.all(this.#writers)
  }
}
