import { type CourseRoom, createClient, type LecternClient } from '@lectern/client'
import { COURSE_CHAT_ROUTES, type CourseRole, MESSAGE_ROUTES } from '@lectern/protocol'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type FaultProxy, startFaultProxy } from '../rig/fault-proxy/fault-proxy.ts'
import { seededRandom } from '../rig/fault-proxy/random.ts'
import { backUp, restore } from '../rig/operator.ts'
import { restOf } from '../rig/rest.ts'
import { type ServerProcess, startServerProcess } from '../rig/server-process.ts'
import { signToken } from '../rig/tokens.ts'
import { until } from '../rig/until.ts'
import { goOffline } from './go-offline.ts'
import { seenIn, storedIn } from './room-contents.ts'

const COURSE = 'toan'
const UNLIMITED = { LIMIT_MESSAGES_PER_SEC: '0', LIMIT_EVENTS_PER_SEC: '0' }

const tokenOf = (sub: string, role: CourseRole = 'student') => signToken({ sub, courses: { [COURSE]: role } })

function connected(url: string, name: string, role?: CourseRole): LecternClient {
  const client = createClient({ url, token: tokenOf(name, role), reconnect: { minMs: 20, maxMs: 200 } })
  onTestFinished(() => client.close())
  client.connect()
  return client
}

const live = (room: CourseRoom) => until(room, ({ status }) => status.kind === 'live')

async function entered(url: string, name: string, role?: CourseRole) {
  const client = connected(url, name, role)
  const room = client.room(COURSE)
  await live(room)
  return { name, client, room }
}

/** Written by somebody who is not there, one after the other. */
async function write(server: ServerProcess, texts: readonly string[], name = 'an'): Promise<void> {
  const rest = restOf(server.url, tokenOf(name))
  for (const message of texts) {
    await rest(COURSE_CHAT_ROUTES.sendMessage, { params: { courseId: COURSE }, body: { message } })
  }
}

const numbered = (count: number, word = 'message') => Array.from({ length: count }, (_, n) => `${word} ${n + 1}`)

async function unreadByServer(server: ServerProcess, name: string) {
  const { data } = await restOf(server.url, tokenOf(name))(MESSAGE_ROUTES.listUnread)
  return data.map(({ unread, mentions, last_read_seq }) => ({ unread, mentions, lastReadSeq: last_read_seq }))
}

/** A room that the network is gone from, and how others go on writing in it. */
async function leftBehind(server: ServerProcess, proxy: FaultProxy) {
  const { client, room } = await entered(proxy.url, 'binh')
  const { client: writer } = await entered(server.url, 'an')
  await goOffline(proxy, client)
  const send = (message: string) => writer.emit('chat:send_message', { course_id: COURSE, message })
  return { room, send }
}

describe('a room', () => {
  it('has what changed while its connection was away: new, edited, reacted to, pinned, deleted', async () => {
    await using server = await startServerProcess()
    await using proxy = await startFaultProxy(server.url)
    const { room: co, client: teacher } = await entered(server.url, 'co', 'teacher')
    await write(server, ['one', 'two', 'three', 'four'], 'co')
    const { client, room } = await entered(proxy.url, 'an')
    await until(room, ({ timeline }) => timeline.at(4) !== undefined)
    await until(co, ({ timeline }) => timeline.at(4) !== undefined)
    const idOf = (seq: number) => co.getSnapshot().timeline.at(seq)?.id ?? ''

    await goOffline(proxy, client)
    expect(room.getSnapshot().status).toEqual({ kind: 'stale' })
    await co.edit(idOf(1), 'one, edited')
    await co.react(idOf(2), '👍')
    await co.pin(idOf(3))
    await teacher.emit('chat:send_message', { course_id: COURSE, message: 'five', reply_to_id: idOf(4) })
    await co.remove(idOf(4))
    expect(room.getSnapshot().timeline.at(1)?.message).toBe('one')
    await proxy.accept()
    await live(room)
    expect(await seenIn(room)).toEqual(await storedIn(server, tokenOf('an'), COURSE))
    expect(room.getSnapshot().timeline.at(5)?.reply_to).toMatchObject({ message: '', deleted_at: expect.any(String) })
    await co.unpin(idOf(3))
    await until(room, ({ timeline }) => timeline.at(3)?.pinned_at === null)
  })

  it('fetches more changes than a join bears, while others come', async () => {
    await using server = await startServerProcess({ environment: UNLIMITED })
    await using proxy = await startFaultProxy(server.url)
    const { room, send } = await leftBehind(server, proxy)
    await Promise.all(numbered(1_200).map(send))
    await proxy.accept()
    await Promise.all([...numbered(50, 'meanwhile').map(send), live(room)])
    const { timeline, lastRev } = await until(room, ({ timeline: { lastSeq } }) => lastSeq === 1_250)
    expect(lastRev).toBe(1_250)
    const texts = Array.from({ length: 1_250 }, (_, index) => timeline.at(index + 1)?.message)
    expect(texts).toEqual([...numbered(1_200), ...numbered(50, 'meanwhile')])
  })

  it('loads anew when it is too far behind to catch up', async () => {
    await using server = await startServerProcess({ environment: UNLIMITED })
    await using proxy = await startFaultProxy(server.url)
    const { room, send } = await leftBehind(server, proxy)
    for (let sent = 0; sent < 5_001; sent += 1_667) await Promise.all(numbered(1_667).map(send))
    await proxy.accept()
    const { timeline } = await until(room, (state) => state.timeline.at(5_001) !== undefined)
    expect(timeline.at(4_000)).toBeUndefined()
    await room.load(1, 10)
    expect(room.getSnapshot().timeline.at(1)?.message).toBe('message 1')
  })

  it('goes on after the server was killed and started again', async () => {
    await using server = await startServerProcess()
    const { room } = await entered(server.url, 'an')
    await until(room, ({ lastReadSeq }) => lastReadSeq !== undefined)
    room.send({ message: 'before' })
    await until(room, ({ timeline, pending }) => timeline.lastSeq === 1 && pending.length === 0)
    await server.kill('SIGKILL')
    room.send({ message: 'meanwhile' })
    expect(room.getSnapshot().pending).toHaveLength(1)
    await server.restart()
    await until(room, ({ timeline, pending }) => timeline.at(2) !== undefined && pending.length === 0)
    expect(await seenIn(room)).toEqual(await storedIn(server, tokenOf('an'), COURSE))
  })

  it('drops what it has when the database was restored', async () => {
    await using server = await startServerProcess()
    await write(server, ['one', 'two'])
    const copy = await backUp(server)
    const { room } = await entered(server.url, 'an')
    await write(server, ['lost 3', 'lost 4', 'lost 5'])
    await until(room, ({ timeline }) => timeline.at(5) !== undefined)
    const before = room.getSnapshot().epoch
    await server.kill('SIGTERM')
    await restore(server, copy)
    await server.restart()
    await until(room, ({ epoch, timeline }) => epoch !== before && timeline.at(2) !== undefined)
    await write(server, ['another 3'])
    await until(room, ({ timeline }) => timeline.at(3)?.message === 'another 3')
    expect(await seenIn(room)).toEqual(await storedIn(server, tokenOf('an'), COURSE))
    expect(room.getSnapshot().timeline.lastSeq).toBe(3)
  })

  it('is gone for who was removed, and for a stranger', async () => {
    await using server = await startServerProcess()
    const { client: teacher } = await entered(server.url, 'co', 'teacher')
    const { room, client } = await entered(server.url, 'an')
    await until(client.unread, (courses) => courses.has(COURSE))
    await teacher.api.removeMember({ params: { courseId: COURSE, userId: 'an' } })
    const gone = await until(room, ({ status }) => status.kind === 'gone')
    expect(gone.status).toEqual({ kind: 'gone', reason: 'removed' })
    await until(client.unread, (courses) => !courses.has(COURSE))
    const { status } = await until(client.room('elsewhere'), (state) => state.status.kind !== 'joining')
    expect(status).toEqual({ kind: 'gone', reason: 'not_found' })
  })

  it('is left with the last who holds it, and taken up again as it was', async () => {
    await using server = await startServerProcess()
    const { room: watching } = await entered(server.url, 'co', 'teacher')
    const client = connected(server.url, 'an')
    const first = client.room(COURSE)
    const second = client.room(COURSE)
    expect(second).toBe(first)
    await until(watching, ({ online }) => online.has('an'))
    await write(server, ['hello'], 'co')
    await until(first, ({ timeline }) => timeline.at(1) !== undefined)
    first[Symbol.dispose]()
    second[Symbol.dispose]()
    await until(watching, ({ online }) => !online.has('an'))
    await write(server, ['while away'], 'co')
    await until(client.unread, (courses) => courses.get(COURSE)?.unread === 2)
    const again = client.room(COURSE)
    expect(again.getSnapshot()).toMatchObject({ status: { kind: 'stale' } })
    expect(again.getSnapshot().timeline.at(1)?.message).toBe('hello')
    await until(again, ({ timeline }) => timeline.at(2)?.message === 'while away')
  })

  it('that another page of the person had does not keep this one from hearing what is new there', async () => {
    await using server = await startServerProcess()
    await using proxy = await startFaultProxy(server.url)
    const { room: watching, client: teacher } = await entered(server.url, 'co', 'teacher')
    await entered(proxy.url, 'an')
    await until(watching, ({ online }) => online.has('an'))
    proxy.refuse()
    proxy.cutAll()
    const say = (message: string) => teacher.emit('chat:send_message', { course_id: COURSE, message })
    await say('while away')
    const client = connected(server.url, 'an')
    const { promise: takenUp, resolve } = Promise.withResolvers<void>()
    client.on('chat:new_message', () => resolve())
    await takenUp
    await until(watching, ({ online }) => !online.has('an'))
    await say('still there?')
    await until(client.unread, (courses) => courses.get(COURSE)?.unread === 2)
  })

  it('shows who is here and who types', async () => {
    await using server = await startServerProcess()
    const { room: co } = await entered(server.url, 'co', 'teacher')
    const { room: an } = await entered(server.url, 'an')
    await until(co, ({ online, onlineCount }) => online.has('an') && onlineCount === 2)
    await until(an, ({ online }) => online.get('co')?.role === 'teacher')
    an.typing()
    await until(co, ({ typing }) => typing.some(({ userId }) => userId === 'an'))
    an.send({ message: 'typed' })
    await until(co, ({ typing, timeline }) => typing.length === 0 && timeline.lastSeq === 1)
    an.typing()
    await until(co, ({ typing }) => typing.length === 1)
    an.stopTyping()
    await until(co, ({ typing }) => typing.length === 0)
    expect(an.getSnapshot().typing).toEqual([])
  })

  it('counts what is unread as the server does, beyond what is loaded too', async () => {
    await using server = await startServerProcess({ environment: UNLIMITED })
    await write(server, ['first'], 'co')
    const rest = restOf(server.url, tokenOf('co', 'teacher'))
    const params = { courseId: COURSE }
    const agree = async (name: string, room: CourseRoom, client: LecternClient) => {
      const [told] = await unreadByServer(server, name)
      await until(
        room,
        ({ unread, mentions, lastReadSeq }) =>
          unread === told?.unread && mentions === told.mentions && lastReadSeq === told.lastReadSeq,
      )
      await until(client.unread, (courses) => JSON.stringify(courses.get(COURSE)) === JSON.stringify(told))
      return told
    }
    const { room, client } = await entered(server.url, 'an')
    const { client: phone } = await entered(server.url, 'an')
    const outside = connected(server.url, 'an')
    await write(server, numbered(150), 'co')
    await rest(COURSE_CHAT_ROUTES.sendMessage, { params, body: { message: 'all!', mentions: ['all'] } })
    await rest(COURSE_CHAT_ROUTES.sendMessage, { params, body: { message: 'An!', mentions: ['an'] } })
    await write(server, ['mine'], 'an')
    await until(room, ({ timeline }) => timeline.lastSeq === 154)
    expect(await agree('an', room, client)).toEqual({ unread: 152, mentions: 2, lastReadSeq: 1 })

    const { room: late, client: lateClient } = await entered(server.url, 'an')
    await agree('an', late, lateClient)
    const { data } = await rest(COURSE_CHAT_ROUTES.listMessages, { params, query: { after: 3, limit: 1 } })
    await rest(MESSAGE_ROUTES.deleteMessage, { params: { messageId: data[0]?.id ?? '' } })
    expect(await agree('an', late, lateClient)).toEqual({ unread: 151, mentions: 2, lastReadSeq: 1 })

    room.markRead(100)
    room.markRead(152)
    await until(room, ({ lastReadSeq }) => lastReadSeq === 152)
    await until(late, ({ lastReadSeq }) => lastReadSeq === 152)
    expect(await agree('an', late, lateClient)).toEqual({ unread: 1, mentions: 1, lastReadSeq: 152 })
    await agree('an', room, client)
    await until(phone.unread, (courses) => courses.get(COURSE)?.unread === 1)
    await until(
      outside.unread,
      (courses) => JSON.stringify(courses.get(COURSE)) === JSON.stringify({ unread: 1, mentions: 1, lastReadSeq: 152 }),
    )
  })

  it('agrees with every other and with the server when all is quiet, however often connections were cut', async () => {
    await using server = await startServerProcess({ environment: UNLIMITED })
    await using proxy = await startFaultProxy(server.url, { seed: 7 })
    const random = seededRandom(7)
    const people = await Promise.all([
      entered(proxy.url, 'co', 'teacher'),
      entered(proxy.url, 'an'),
      entered(proxy.url, 'binh'),
    ])
    const act = async ({ room, name }: (typeof people)[number], step: number): Promise<void> => {
      const { timeline } = room.getSnapshot()
      const target = timeline.at(Math.ceil(random() * timeline.lastSeq))
      const lot = random()
      if (target === undefined || lot < 0.4) {
        const clientId = room.send({ message: `${name} ${step}` })
        await until(room, ({ pending }) => pending.every((entry) => entry.clientId !== clientId))
        return
      }
      // A cut fails what was under way; and what is another's, or is deleted, is not to be changed.
      const refused = () => undefined
      if (lot < 0.6) await room.react(target.id, '👍').catch(refused)
      else if (lot < 0.8) await room.edit(target.id, `${name} edited at ${step}`).catch(refused)
      else await room.remove(target.id).catch(refused)
    }
    let acts = 0
    const talk = async (person: (typeof people)[number]): Promise<void> => {
      for (let step = 0; step < 100; step++) {
        await until(person.client.connection, ({ status }) => status === 'online')
        const acted = act(person, step)
        if (++acts % 6 === 0) proxy.cutOne(random() < 0.5 ? 'reset' : 'end')
        await acted
      }
    }
    await Promise.all(people.map(talk))
    expect(proxy.made.getSnapshot()).toBeGreaterThan(25)
    for (const { client } of people) await until(client.outbox, ({ length }) => length === 0)
    const { meta } = await restOf(server.url, tokenOf('an'))(COURSE_CHAT_ROUTES.listMessages, {
      params: { courseId: COURSE },
    })
    for (const { name, client, room } of people) {
      await until(room, ({ lastRev, status }) => status.kind === 'live' && lastRev === meta.last_rev)
      expect(await seenIn(room)).toEqual(await storedIn(server, tokenOf(name), COURSE))
      expect(room.getSnapshot().pending).toEqual([])
      const [told] = await unreadByServer(server, name)
      await until(client.unread, (courses) => JSON.stringify(courses.get(COURSE)) === JSON.stringify(told))
    }
  }, 120_000)
})
