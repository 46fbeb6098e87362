import { describe, expect, it } from 'vitest'
import { RoomServer } from '../../test/room-server.ts'
import { until } from '../../test/until.ts'
import { LecternError } from '../errors.ts'
import { createRooms } from './rooms.ts'

const COURSE = 'course'

function serverWith(count: number): RoomServer {
  const server = new RoomServer()
  for (let sent = 0; sent < count; sent++) server.log.send({ by: 'ann' })
  return server
}

describe('unread', () => {
  it('is loaded on every connection, and follows activity elsewhere', async () => {
    const server = serverWith(2)
    const { unread } = createRooms(server.ports)
    server.goOnline()
    await until(unread, (courses) => courses.get(COURSE)?.unread === 2)
    server.log.send({ by: 'ann' })
    server.tell('chat:activity', { courseId: COURSE, lastSeq: 3, unread: 3, mentioned: false })
    expect(unread.getSnapshot().get(COURSE)).toEqual({ unread: 3, mentions: 0, lastReadSeq: 0 })
    server.log.send({ by: 'ann', mentions: ['me'] })
    server.log.send({ by: 'ann', mentions: ['all'] })
    server.tell('chat:activity', { courseId: COURSE, lastSeq: 5, unread: 5, mentioned: true })
    expect(unread.getSnapshot().get(COURSE)).toMatchObject({ unread: 5, mentions: 1 })
    server.clock.advance(3_000)
    await until(unread, (courses) => courses.get(COURSE)?.mentions === 2)
    server.goOffline()
    server.mark = 5
    server.goOnline()
    server.clock.advance(0)
    await until(unread, (courses) => courses.get(COURSE)?.unread === 0)
  })

  it('is asked for at once on the first connection, and at a moment of one’s own after each other', async () => {
    const server = serverWith(2)
    const asked: number[] = []
    const { api, ...ports } = server.ports
    const listUnread: typeof api.listUnread = (input) => {
      asked.push(server.clock.now() - start)
      return api.listUnread(input)
    }
    const start = server.clock.now()
    const { unread } = createRooms({ ...ports, api: { ...api, listUnread }, random: () => 0.5 })
    server.goOnline()
    await until(unread, (courses) => courses.has(COURSE))
    server.mark = 2
    server.goOffline()
    server.goOnline()
    server.goOffline()
    server.goOnline()
    expect(asked).toEqual([0])
    server.clock.advance(1_500)
    await until(unread, (courses) => courses.get(COURSE)?.unread === 0)
    expect(asked).toEqual([0, 1_500])
  })

  it.each(['listUnread', 'getUnread'] as const)(
    'of a course that is no longer one’s own does not come back with an answer of %s that was under way',
    async (call) => {
      const server = serverWith(2)
      const answer = Promise.withResolvers<void>()
      const asked = Promise.withResolvers<void>()
      const { api, ...ports } = server.ports
      let isMember = true
      const getUnread: typeof api.getUnread = async (input) => {
        if (!isMember) throw new LecternError('NOT_FOUND', 'There is no such course.')
        const found = await api.getUnread(input)
        if (call === 'getUnread') await held()
        return found
      }
      const listUnread: typeof api.listUnread = async (input) => {
        const found = await api.listUnread(input)
        if (call === 'listUnread') await held()
        return found
      }
      const held = () => {
        asked.resolve()
        return answer.promise
      }
      const { unread } = createRooms({ ...ports, api: { ...api, getUnread, listUnread } })
      server.goOnline()
      if (call === 'getUnread') {
        await until(unread, (courses) => courses.has(COURSE))
        server.tell('chat:read', { courseId: COURSE, seq: 1 })
      }
      await asked.promise
      isMember = false
      const details = { course_id: COURSE, reason: 'removed' }
      server.tell('chat:error', { event: 'chat:join_room', code: 'NOT_FOUND', message: '', details })
      const seen: boolean[] = []
      unread.subscribe(() => seen.push(unread.getSnapshot().has(COURSE)))
      answer.resolve()
      await new Promise((resolve) => setImmediate(resolve))
      server.clock.advance(1_000)
      await new Promise((resolve) => setImmediate(resolve))
      expect(seen).not.toContain(true)
      expect(unread.getSnapshot().has(COURSE)).toBe(false)
    },
  )

  it('is not asked for by all at once when all are named, nor at every message after', async () => {
    const server = serverWith(1)
    const asked: string[] = []
    const { api, ...ports } = server.ports
    const getUnread: typeof api.getUnread = (input) => {
      asked.push(input.params.courseId)
      return api.getUnread(input)
    }
    const { unread } = createRooms({ ...ports, api: { ...api, getUnread }, random: () => 0.5 })
    server.goOnline()
    await until(unread, (courses) => courses.has(COURSE))
    server.log.send({ by: 'ann', mentions: ['all'] })
    for (let lastSeq = 2; lastSeq <= 9; lastSeq++) {
      server.tell('chat:activity', { courseId: COURSE, lastSeq, unread: lastSeq, mentioned: true })
      await new Promise((resolve) => setImmediate(resolve))
      server.clock.advance(1_000)
    }
    expect([asked, unread.getSnapshot().get(COURSE)?.mentions]).toEqual([[], 1])
    server.clock.advance(1_000)
    await expect.poll(() => asked).toEqual([COURSE])
  })

  it('hears of a mark that moved elsewhere, and of a course that is no longer one’s own', async () => {
    const server = serverWith(2)
    const { unread } = createRooms(server.ports)
    server.goOnline()
    await until(unread, (courses) => courses.has(COURSE))
    server.mark = 1
    server.tell('chat:read', { courseId: COURSE, seq: 1 })
    await until(unread, (courses) => courses.get(COURSE)?.lastReadSeq === 1)
    server.tell('chat:error', {
      event: 'chat:join_room',
      code: 'NOT_FOUND',
      message: '',
      details: { course_id: COURSE, reason: 'removed' },
    })
    expect(unread.getSnapshot().has(COURSE)).toBe(false)
  })

  it('is what a live room counts, and the server’s again once it is left', async () => {
    const server = serverWith(2)
    const rooms = createRooms(server.ports)
    server.goOnline()
    const room = rooms.room(COURSE)
    await until(room, ({ unread }) => unread === 2)
    server.log.send({ by: 'ann' })
    server.tellOf(3)
    await until(rooms.unread, (courses) => courses.get(COURSE)?.unread === 3)
    room.markRead(3)
    await until(rooms.unread, (courses) => courses.get(COURSE)?.unread === 0)
    room[Symbol.dispose]()
    server.log.send({ by: 'ann' })
    server.clock.advance(0)
    await until(rooms.unread, (courses) => courses.get(COURSE)?.unread === 1)
  })
})
