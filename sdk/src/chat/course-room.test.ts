import { LIMITS } from '@lectern/protocol'
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

async function enter(server: RoomServer) {
  const rooms = createRooms(server.ports)
  const room = rooms.room(COURSE)
  server.goOnline()
  await until(room, ({ status, timeline, lastReadSeq }) => {
    const isLoaded = timeline.lastSeq === 0 || timeline.at(timeline.lastSeq) !== undefined
    return status.kind === 'live' && isLoaded && lastReadSeq !== undefined
  })
  return { room, rooms }
}

const joinsOf = (server: RoomServer) =>
  server.emitted.filter(({ name }) => name === 'chat:join_room').map(({ payload }) => payload)

describe('joining', () => {
  it('loads the latest page, and joins every later connection in the turn in which it is up, from where it was', async () => {
    const server = serverWith(60)
    const { room } = await enter(server)
    expect(room.getSnapshot().timeline.at(11)?.id).toBe('m11')
    expect(room.getSnapshot().timeline.at(10)).toBeUndefined()
    server.goOffline()
    expect(room.getSnapshot().status).toEqual({ kind: 'stale' })
    server.log.send({ by: 'bao' })
    server.goOnline()
    expect(joinsOf(server)).toEqual([{ courseId: COURSE }, { courseId: COURSE, sinceRev: 60, epoch: 'epoch-1' }])
    await until(room, ({ status, timeline }) => status.kind === 'live' && timeline.at(61) !== undefined)
  })

  it('is tried once more on each new connection where the room is gone', async () => {
    const server = serverWith(3)
    const { room } = await enter(server)
    const details = { course_id: COURSE, reason: 'removed' }
    const gone = { kind: 'gone', reason: 'removed' }
    server.tell('chat:error', { event: 'chat:join_room', code: 'NOT_FOUND', message: '', details })
    expect(room.getSnapshot().status).toEqual(gone)
    server.answering = async () => {
      throw new LecternError('NOT_FOUND', 'There is no such course.')
    }
    server.goOffline()
    server.goOnline()
    await new Promise((resolve) => setImmediate(resolve))
    expect(joinsOf(server)).toHaveLength(2)
    expect(room.getSnapshot().status).toEqual(gone)
    server.answering = (emitted) => server.answer(emitted)
    server.goOffline()
    server.log.send({ by: 'bao' })
    server.goOnline()
    await until(room, ({ status, lastRev }) => status.kind === 'live' && lastRev === 4)
    expect(joinsOf(server)).toHaveLength(3)
  })

  it('folds what comes right behind the ack after it, also where the ack drops everything', async () => {
    const server = serverWith(3)
    const { room } = await enter(server)
    server.goOffline()
    server.answering = (emitted) => {
      if (emitted.name !== 'chat:join_room') return server.answer(emitted)
      const answer = { ...server.log.join(undefined), epoch: 'epoch-1', reset: true }
      server.log.send({ by: 'bao' })
      // In the turn of the ack, before its continuation has run.
      server.tellOf(4)
      return answer
    }
    server.goOnline()
    const { timeline } = await until(room, ({ lastRev }) => lastRev === 4)
    expect(timeline.at(4)?.user_id).toBe('bao')
  })

  it('asks again after what may pass, and says what does not', async () => {
    const server = serverWith(1)
    const refusals = ['RATE_LIMITED', 'UNAVAILABLE', 'FORBIDDEN'] as const
    let tries = 0
    server.answering = (emitted) => {
      const code = refusals[tries]
      if (emitted.name !== 'chat:join_room' || code === undefined) return server.answer(emitted)
      tries++
      throw new LecternError(code, 'No.')
    }
    const room = createRooms(server.ports).room(COURSE)
    server.goOnline()
    for (const attempt of [1, 2]) {
      await expect.poll(() => server.clock.pending.length).toBe(1)
      expect(joinsOf(server)).toHaveLength(attempt)
      server.clock.advance(1_000)
    }
    const { status } = await until(room, (state) => state.status.kind === 'failed')
    expect(status).toMatchObject({ error: { code: 'FORBIDDEN' } })
    room.retryJoin()
    await until(room, (state) => state.status.kind === 'live')
  })
})

describe('changes', () => {
  it('that are missing for a second are fetched', async () => {
    const server = serverWith(2)
    const { room } = await enter(server)
    for (let sent = 0; sent < 3; sent++) server.log.send({ by: 'ann' })
    server.tellOf(3)
    server.tellOf(5)
    expect(room.getSnapshot()).toMatchObject({ lastRev: 3 })
    expect(server.queries).toHaveLength(1)
    server.clock.advance(1_000)
    await until(room, ({ lastRev, timeline }) => lastRev === 5 && timeline.at(4) !== undefined)
    expect(server.queries.slice(1)).toEqual([{ since_rev: 3 }])
  })

  it('that are missing are asked for until they come, however long the server fails', async () => {
    const server = serverWith(2)
    const { room } = await enter(server)
    server.goOffline()
    for (let sent = 0; sent < 3; sent++) server.log.send({ by: 'ann' })
    let failures = 20
    server.hold = async () => {
      if (failures-- > 0) throw new LecternError('UNAVAILABLE', 'Not now.')
    }
    server.answering = (emitted) =>
      emitted.name === 'chat:join_room'
        ? { ...server.log.join(2), changes: [], lastRev: 5, more: true }
        : server.answer(emitted)
    server.goOnline()
    await expect
      .poll(
        () => {
          server.clock.advance(20_000)
          return room.getSnapshot().status.kind
        },
        { interval: 1, timeout: 30_000 },
      )
      .toBe('live')
    expect(room.getSnapshot()).toMatchObject({ lastRev: 5, timeline: { lastSeq: 5 } })
  })

  it('that come by REST when the connection has gone do not make the room live', async () => {
    const server = serverWith(2)
    const { room } = await enter(server)
    server.goOffline()
    server.log.send({ by: 'ann' })
    const gate = Promise.withResolvers<void>()
    server.hold = () => gate.promise
    server.answering = (emitted) =>
      emitted.name === 'chat:join_room' ? { ...server.log.join(2), changes: [], more: true } : server.answer(emitted)
    server.goOnline()
    await expect.poll(() => server.queries.at(-1)).toEqual({ since_rev: 2 })
    server.goOffline()
    gate.resolve()
    await until(room, ({ lastRev }) => lastRev === 3)
    expect(room.getSnapshot().status).toEqual({ kind: 'stale' })
  })

  it('of one turn are told of once', async () => {
    const server = serverWith(1)
    const { room } = await enter(server)
    let told = 0
    room.subscribe(() => told++)
    for (let rev = 2; rev <= 6; rev++) {
      server.log.send({ by: 'ann' })
      server.tellOf(rev)
    }
    expect([room.getSnapshot().timeline.lastSeq, told]).toEqual([6, 0])
    await until(room, () => told > 0)
    expect(told).toBe(1)
  })

  it('are folded when they are acked', async () => {
    const server = serverWith(2)
    const { room } = await enter(server)
    server.answering = (emitted) =>
      emitted.name === 'chat:edit_message' ? server.log.change('m1', 'edit') : server.answer(emitted)
    await room.edit('m1', 'edited')
    expect(room.getSnapshot().timeline.at(1)?.message).toBe('edited at 3')
    server.answering = () => {
      throw new LecternError('FORBIDDEN', 'Not yours.')
    }
    await expect(room.remove('m2')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('loading', () => {
  it('asks for each block once, three at a time, the last wanted first', async () => {
    const server = serverWith(1_000)
    const { room } = await enter(server)
    server.queries.length = 0
    const gate = Promise.withResolvers<void>()
    server.hold = () => gate.promise
    const loads = [room.load(1, 250), room.load(150, 650)]
    await expect.poll(() => server.queries.length).toBe(3)
    gate.resolve()
    await Promise.all(loads)
    const asked = server.queries.map(({ after }) => Number(after))
    expect(asked.toSorted((a, b) => a - b)).toEqual([0, 100, 200, 300, 400, 500, 600])
    expect(asked.slice(3)).toEqual([600, 500, 400, 300])
    const { timeline } = room.getSnapshot()
    expect([1, 650, 700].map((seq) => timeline.at(seq)?.seq)).toEqual([1, 650, 700])
    await room.load(1, 650)
    expect(server.queries).toHaveLength(7)
    expect(server.queries.every(({ limit }) => limit === LIMITS.pageMax)).toBe(true)
  })

  it('forgets an answer of before all was dropped, and asks again', async () => {
    const server = serverWith(300)
    const { room } = await enter(server)
    const gate = Promise.withResolvers<void>()
    server.hold = () => gate.promise
    const load = room.load(1, 100)
    await expect.poll(() => server.queries.length).toBe(2)
    server.goOffline()
    server.answering = () => ({ ...server.log.join(undefined), reset: true })
    server.goOnline()
    await until(room, ({ status }) => status.kind === 'live')
    expect(room.getSnapshot().timeline.at(1)).toBeUndefined()
    gate.resolve()
    await expect.poll(() => server.clock.pending.length).toBeGreaterThan(0)
    server.clock.advance(1_000)
    await load
    expect(room.getSnapshot().timeline.at(1)?.id).toBe('m1')
  })

  it('fails where nobody is let in, and works once one is', async () => {
    const server = serverWith(3)
    const refusal = new LecternError('NOT_FOUND', 'No such course.')
    server.answering = () => Promise.reject(refusal)
    const room = createRooms(server.ports).room(COURSE)
    const waiting = room.load(1, 3)
    const located = room.locate('m1')
    server.goOnline()
    await expect(waiting).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(located).rejects.toMatchObject({ code: 'NOT_FOUND' })
    server.answering = (emitted) => server.answer(emitted)
    room.retryJoin()
    await room.load(1, 3)
    expect(room.getSnapshot().timeline.at(1)?.id).toBe('m1')
  })

  it('ends with the room', async () => {
    const server = serverWith(300)
    const { room } = await enter(server)
    server.hold = () => Promise.withResolvers<void>().promise
    server.goOffline()
    const load = room.load(1, 100)
    room[Symbol.dispose]()
    server.clock.advance(0)
    await expect(load).rejects.toMatchObject({ code: 'CLOSED' })
  })
})

describe('what one says of oneself', () => {
  const marksOf = (server: RoomServer) =>
    server.emitted.filter(({ name }) => name === 'chat:mark_read').map(({ payload }) => payload['seq'])

  it('moves the mark at once, then once a second, and on leaving', async () => {
    const server = serverWith(20)
    const { room } = await enter(server)
    for (const seq of [3, 5, 4, 7]) room.markRead(seq)
    expect(room.getSnapshot()).toMatchObject({ lastReadSeq: 7, unread: 13 })
    expect(marksOf(server)).toEqual([3])
    await expect.poll(() => server.mark).toBe(3)
    server.clock.advance(1_000)
    await expect.poll(() => marksOf(server)).toEqual([3, 7])
    room.markRead(99)
    room[Symbol.dispose]()
    server.clock.advance(0)
    expect(server.emitted.slice(-2).map(({ name }) => name)).toEqual(['chat:mark_read', 'chat:leave_room'])
    expect(marksOf(server)).toEqual([3, 7, 20])
  })

  it('keeps a mark that could not be said until it can be', async () => {
    const server = serverWith(5)
    const { room } = await enter(server)
    server.goOffline()
    room.markRead(4)
    expect(marksOf(server)).toEqual([])
    server.goOnline()
    await until(room, ({ status }) => status.kind === 'live')
    await expect.poll(() => marksOf(server)).toEqual([4])
  })

  it('leaves nothing behind to be done when the client is closed', async () => {
    const server = serverWith(20)
    const { room, rooms } = await enter(server)
    room.markRead(3)
    room.markRead(5)
    room.typing()
    rooms.close()
    await new Promise((resolve) => setImmediate(resolve))
    expect(server.clock.pending).toEqual([])
  })

  it('asks how much is unread at a moment of its own where many are here', async () => {
    const server = serverWith(200)
    const { api, ...ports } = server.ports
    let asked = 0
    const getUnread: typeof api.getUnread = (input) => {
      asked++
      return api.getUnread(input)
    }
    const room = createRooms({ ...ports, api: { ...api, getUnread }, random: () => 0.5 }).room(COURSE)
    server.answering = (emitted) =>
      emitted.name === 'chat:join_room' ? { ...server.log.join(undefined), onlineCount: 2_000 } : server.answer(emitted)
    server.goOnline()
    await until(room, ({ unread, timeline }) => unread === 200 && timeline.at(200) !== undefined)
    server.clock.advance(3_000)
    await new Promise((resolve) => setImmediate(resolve))
    const before = asked
    server.log.send({ by: 'ann' })
    server.tellOf(201)
    await until(room, ({ unread }) => unread === 201)
    server.clock.advance(9_000)
    expect(asked).toBe(before)
    server.clock.advance(1_000)
    await expect.poll(() => asked).toBe(before + 1)
  })

  it('says a mark again that was moved offline, when the room that was left is entered again', async () => {
    const server = serverWith(5)
    const { room, rooms } = await enter(server)
    server.goOffline()
    server.answering = () => Promise.reject(new LecternError('NETWORK', 'Cut.'))
    room.markRead(4)
    room[Symbol.dispose]()
    server.clock.advance(0)
    server.answering = (emitted) => server.answer(emitted)
    server.goOnline()
    const again = rooms.room(COURSE)
    await until(again, ({ status }) => status.kind === 'live')
    await expect.poll(() => server.mark).toBe(4)
  })

  it('tells of typing once in three seconds, and of its end where the server does not know it', async () => {
    const server = serverWith(0)
    const { room } = await enter(server)
    const told = () => server.emitted.flatMap(({ name }) => (name.startsWith('chat:typing') ? [name] : []))
    for (const ms of [0, 1_000, 1_000, 1_000]) {
      server.clock.advance(ms)
      room.typing()
    }
    expect(told()).toEqual(['chat:typing_start', 'chat:typing_start'])
    room.stopTyping()
    room.stopTyping()
    expect(told().slice(2)).toEqual(['chat:typing_stop'])
    room.typing()
    room.send({ message: 'sent' })
    room.stopTyping()
    expect(told().slice(3)).toEqual(['chat:typing_start'])
  })
})

describe('messages on their way', () => {
  it('are there at once, and once', async () => {
    const server = serverWith(1)
    const { room } = await enter(server)
    const clientId = room.send({ message: 'mine' })
    expect(room.getSnapshot().pending.map((entry) => entry.clientId)).toEqual([clientId])
    server.sent.tell(server.log.send({ by: 'me', clientId }))
    expect(room.getSnapshot().pending).toEqual([])
    expect(room.getSnapshot().timeline.at(2)?.client_id).toBe(clientId)
    server.entries.set([])
    expect(room.getSnapshot().pending).toEqual([])
  })

  it('sent by another tab stay until they come, but not for ever', async () => {
    const server = serverWith(1)
    const { room } = await enter(server)
    room.send({ message: 'mine' })
    server.entries.set([])
    expect(room.getSnapshot().pending).toHaveLength(1)
    server.clock.advance(10_000)
    expect(room.getSnapshot().pending).toEqual([])
  })
})
