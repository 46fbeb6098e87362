import { describe, expect, it } from 'vitest'
import { RoomServer } from '../../test/room-server.ts'
import { until } from '../../test/until.ts'
import { createRooms } from './rooms.ts'

const COURSE = 'course'

const namesOf = (server: RoomServer): string[] => server.emitted.map(({ name }) => name)

function start() {
  const server = new RoomServer()
  server.log.send({ by: 'ann' })
  return { server, rooms: createRooms(server.ports) }
}

describe('a room that nobody looks at', () => {
  it('is left as soon as something is heard from it, and counted by the server again', async () => {
    const { server, rooms } = start()
    server.goOnline()
    await until(rooms.unread, (courses) => courses.get(COURSE)?.unread === 1)
    server.log.send({ by: 'ann' })
    server.tellOf(2)
    server.tell('chat:user_typing', { courseId: COURSE, userId: 'ann', userName: 'Ann', isTyping: true })
    await until(rooms.unread, (courses) => courses.get(COURSE)?.unread === 2)
    expect(namesOf(server)).toEqual(['chat:leave_room'])
  })

  it('is left on the next connection where it was given up without one', async () => {
    const { server, rooms } = start()
    const room = rooms.room(COURSE)
    server.goOnline()
    await until(room, ({ status }) => status.kind === 'live')
    server.goOffline()
    room[Symbol.dispose]()
    server.clock.advance(0)
    await new Promise((resolve) => setImmediate(resolve))
    server.emitted.length = 0
    server.goOnline()
    expect(namesOf(server)).toEqual(['chat:leave_room'])
  })

  it('is left where the answer to the join had not come', async () => {
    const { server, rooms } = start()
    server.answering = () => Promise.withResolvers<void>().promise
    const room = rooms.room(COURSE)
    server.goOnline()
    room[Symbol.dispose]()
    server.clock.advance(0)
    expect(namesOf(server)).toEqual(['chat:join_room', 'chat:leave_room'])
  })

  it('is the program’s own where it has joined it by itself', () => {
    const { server, rooms } = start()
    rooms.leaveAlone(COURSE)
    server.goOnline()
    server.tellOf(1)
    expect(namesOf(server)).toEqual([])
  })
})
