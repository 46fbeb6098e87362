import { LIMITS } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import type { TestClient } from '../harness/test-client.ts'
import { Classroom, countOf, dropAndReturn, plain, reconnected, revsOf } from './classroom.ts'
import { SettableClock } from './settable-clock.ts'

const noLimits = { LIMIT_MESSAGES_PER_SEC: '0', LIMIT_EVENTS_PER_SEC: '0', LIMIT_SOCKETS: '0' }
const clock = new SettableClock()
let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ env: noLimits, clock })
})
afterAll(() => server[Symbol.asyncDispose]())

const messagesOf = (client: TestClient): string[] => client.received('chat:new_message').map(({ message }) => message)

describe('a connection that drops', () => {
  it('CH11: hears on its return what it missed and what follows, without a join', async () => {
    const room = new Classroom(server)
    const an = await room.enter('an')
    const binh = await room.enter('binh')
    await room.say(an, 'before')
    await binh.next('chat:new_message')
    await binh.drop()
    const missed = await room.say(an, 'missed', { client_id: 'c' })
    await an.call('chat:react', { message_id: missed.id, emoji: '👍' })
    await binh.connect()
    await room.say(an, 'after')
    await binh.next('chat:new_message', ({ message }) => message === 'after')
    expect(messagesOf(binh)).toEqual(['before', 'missed', 'after'])
    expect(revsOf(binh)).toEqual([1, 3, 4])
    expect(binh.received('chat:new_message')[1]).toMatchObject({ client_id: null, reactions: [{ count: 1 }] })
  })

  it('CH11 CH3: whatever happens while it comes and goes, it misses nothing, in the order of `rev`', async () => {
    const room = new Classroom(server)
    const an = await room.enter('an')
    const binh = await room.enter('binh', 'student', plain)
    for (let round = 0; round < 10; round++) {
      const sent = ['a', 'b', 'c', 'd'].map((text) => room.say(an, text))
      await dropAndReturn(binh)
      await Promise.all(sent)
    }
    await room.say(an, 'last')
    await binh.next('chat:new_message', ({ message }) => message === 'last')
    expect(revsOf(binh)).toEqual(Array.from({ length: 41 }, (_, index) => index + 1))
  })

  it('CH11: what it had and was changed meanwhile comes as an update, what it never had as new', async () => {
    const room = new Classroom(server)
    const an = await room.enter('an')
    const binh = await room.enter('binh')
    const had = await room.say(an, 'had')
    const gone = await room.say(an, 'gone')
    await binh.next('chat:new_message', ({ seq }) => seq === 2)
    await binh.drop()
    await an.call('chat:edit_message', { message_id: had.id, message: 'had, edited' })
    await an.call('chat:delete_message', { message_id: gone.id })
    const fresh = await room.say(an, 'new')
    await an.call('chat:edit_message', { message_id: fresh.id, message: 'new, edited' })
    await binh.connect()
    await binh.next('chat:new_message', ({ message }) => message === 'new, edited')
    expect(binh.log.slice(-3).map(({ event }) => event)).toEqual([
      'chat:message_updated',
      'chat:message_deleted',
      'chat:new_message',
    ])
    expect(binh.received('chat:message_deleted')).toMatchObject([{ id: gone.id, deleted_by: room.id('an') }])
  })

  it('CH11: takes up more than 500 missed changes too', async () => {
    const room = new Classroom(server)
    const an = await room.enter('an')
    const binh = await room.enter('binh')
    await binh.drop()
    await Promise.all(Array.from({ length: 1_050 }, (_, index) => room.say(an, `${index}`)))
    await binh.connect()
    await binh.next('chat:new_message', ({ seq }) => seq === 1_050)
    expect(revsOf(binh)).toEqual(Array.from({ length: 1_050 }, (_, index) => index + 1))
  })

  it('CH11: can still join anew, and is told nothing twice', async () => {
    const room = new Classroom(server)
    const an = await room.enter('an')
    const binh = await room.enter('binh')
    await binh.drop()
    await room.say(an, 'missed')
    await binh.connect()
    const answer = await binh.call('chat:join_room', { courseId: room.courseId, sinceRev: 0 })
    await room.say(an, 'after')
    await binh.next('chat:new_message', ({ message }) => message === 'after')
    expect(answer.changes.map(({ message }) => message)).toEqual(['missed'])
    expect(messagesOf(binh)).toEqual(['after'])
  })

  it('CH11: is another person’s never', async () => {
    const room = new Classroom(server)
    const an = await room.enter('an')
    const binh = await room.enter('binh')
    await binh.drop()
    const chi = await room.connect('chi')
    await room.say(an, 'x')
    await chi.settled()
    expect(countOf(chi, 'chat:new_message')).toBe(0)
  })

  it('CH11: finds its rooms for 2 minutes and no longer', async () => {
    const room = new Classroom(server)
    const an = await room.enter('an')
    const [intime, late] = [await room.enter('binh'), await room.enter('chi')]
    await Promise.all([intime.drop(), late.drop()])
    await room.say(an, 'missed')
    clock.advance(LIMITS.parkedSeconds * 1_000 - 1)
    await intime.connect()
    await intime.next('chat:new_message', ({ message }) => message === 'missed')
    clock.advance(1)
    await late.connect()
    await room.say(an, 'after')
    await intime.next('chat:new_message', ({ message }) => message === 'after')
    await late.settled()
    expect(messagesOf(intime)).toEqual(['missed', 'after'])
    expect(countOf(late, 'chat:new_message')).toBe(0)
  })
})

it('CH11: a connection in several rooms that drops misses nothing in any of them', async () => {
  const rooms = [new Classroom(server), new Classroom(server)] as const
  const courses = Object.fromEntries(rooms.map(({ courseId }) => [courseId, 'student' as const]))
  const reader = await server.connect({ sub: rooms[0].id('reader'), courses }, plain)
  for (const { courseId } of rooms) await reader.call('chat:join_room', { courseId })
  const writers = [await rooms[0].connect('an'), await rooms[1].connect('an')] as const
  const rounds = 6
  for (let round = 0; round < rounds; round++) {
    const sent = ['a', 'b', 'c'].flatMap((text) => [rooms[0].say(writers[0], text), rooms[1].say(writers[1], text)])
    await dropAndReturn(reader)
    await Promise.all(sent)
  }
  for (const [index, room] of rooms.entries()) {
    const { id } = await room.say(writers[index] ?? writers[0], 'last')
    await reader.next('chat:new_message', (message) => message.id === id)
    const heard = reader.received('chat:new_message').filter(({ course_id }) => course_id === room.courseId)
    expect(new Set(heard.map(({ seq }) => seq)).size).toBe(rounds * 3 + 1)
  }
})

describe('a connection that ends of its own accord', () => {
  it('CH10: has left its rooms', async () => {
    const room = new Classroom(server)
    const an = await room.enter('an')
    const binh = await room.enter('binh')
    binh.socket.disconnect()
    await an.next('chat:user_left')
    await binh.connect()
    await room.say(an, 'unheard')
    await binh.settled()
    expect(countOf(binh, 'chat:new_message')).toBe(0)
  })

  it('CH10: has left a room that it left before it dropped', async () => {
    const room = new Classroom(server)
    const an = await room.enter('an')
    const binh = await room.enter('binh')
    await binh.call('chat:leave_room', { courseId: room.courseId })
    await binh.drop()
    await binh.connect()
    await room.say(an, 'unheard')
    await binh.settled()
    expect(countOf(binh, 'chat:new_message')).toBe(0)
  })
})

describe('two tabs of one person', () => {
  it('CH11: each finds its own rooms', async () => {
    const [first, second] = [new Classroom(server), new Classroom(server)]
    const courses = { [first.courseId]: 'student', [second.courseId]: 'student' } as const
    const tabs = [
      await server.connect({ sub: 'tabs', courses }),
      await server.connect({ sub: 'tabs', courses }),
    ] as const
    await tabs[0].call('chat:join_room', { courseId: first.courseId })
    await tabs[1].call('chat:join_room', { courseId: second.courseId })
    const [an, binh] = [await first.enter('an'), await second.enter('binh')]
    await Promise.all(tabs.map((tab) => tab.drop()))
    await first.say(an, 'to the first')
    await second.say(binh, 'to the second')
    for (const tab of tabs) await tab.connect()
    await tabs[0].next('chat:new_message')
    await tabs[1].next('chat:new_message')
    await Promise.all(tabs.map((tab) => tab.settled()))
    expect(tabs.map(messagesOf)).toEqual([['to the first'], ['to the second']])
  })

  it('CH10: one that closes leaves the other where it is', async () => {
    const room = new Classroom(server)
    const an = await room.enter('an')
    const tabs = [await room.enter('binh'), await room.enter('binh')] as const
    tabs[0].socket.disconnect()
    await room.say(an, 'heard')
    expect(await tabs[1].next('chat:new_message')).toMatchObject({ message: 'heard' })
    expect(countOf(an, 'chat:user_left')).toBe(0)
  })
})

describe('a restart', () => {
  it('CH11: is bridged by plain clients, in order and without a duplicate', async () => {
    const room = new Classroom(server)
    const [an, binh] = [await room.enter('an', 'student', plain), await room.enter('binh', 'student', plain)]
    await Promise.all(['1', '2', '3'].map((text) => room.say(an, text)))
    const back = [reconnected(an), reconnected(binh)]
    const mid = room.say(an, '4').catch(() => undefined)
    await server.restart()
    await Promise.all([mid, ...back])
    const last = await room.say(an, 'last')
    for (const client of [an, binh]) {
      await client.next('chat:new_message', ({ message }) => message === 'last')
      expect(revsOf(client)).toEqual(Array.from({ length: last.rev }, (_, index) => index + 1))
    }
    expect(countOf(an, 'chat:user_left')).toBe(0)
  })
})
