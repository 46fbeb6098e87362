import 'fake-indexeddb/auto'
import { type CourseRoom, createClient, type LecternClient, type RoomState } from '@lectern/client'
import { COURSE_CHAT_ROUTES, LIMITS } from '@lectern/protocol'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { startFaultProxy } from '../rig/fault-proxy/fault-proxy.ts'
import type { Rule } from '../rig/fault-proxy/faults.ts'
import { restOf } from '../rig/rest.ts'
import { type ServerProcess, startServerProcess } from '../rig/server-process.ts'
import { signToken } from '../rig/tokens.ts'
import { until } from '../rig/until.ts'
import { goOffline } from './go-offline.ts'

const COURSE = 'algebra'
const tokenOf = (name: string) => signToken({ sub: name, courses: { [COURSE]: 'student' } })
const numbered = (count: number) => Array.from({ length: count }, (_, n) => `message ${n}`)
const isLive = ({ status }: RoomState) => status.kind === 'live'
const isEmpty = ({ length }: { readonly length: number }) => length === 0

/** As a page of the person's browser: its outbox is in the IndexedDB that all pages share. */
function openPage(url: string, name = 'lan'): { client: LecternClient; room: CourseRoom } {
  const client = createClient({ url, token: tokenOf(name), reconnect: { minMs: 5, maxMs: 100 } })
  onTestFinished(() => client.close())
  client.connect()
  return { client, room: client.room(COURSE) }
}

async function textsOf(server: ServerProcess): Promise<string[]> {
  const { data } = await restOf(server.url, tokenOf('reader'))(COURSE_CHAT_ROUTES.listMessages, {
    params: { courseId: COURSE },
    query: { after: 0, limit: 100 },
  })
  return data.map(({ message }) => message)
}

/** Each connection is cut in the middle of what it is told, a little later each time. */
function halving(): Rule {
  const told = new Map<number, number>()
  return ({ connection, direction, chunk }) => {
    if (direction === 'up') return undefined
    const before = told.get(connection) ?? 0
    told.set(connection, before + chunk.length)
    const room = 2000 + 331 * connection - before
    return chunk.length >= room ? { passing: room, cut: 'reset' } : undefined
  }
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

describe('the outbox against a server', () => {
  it('sends what was written offline before a reload, once and in order', async () => {
    await using server = await startServerProcess()
    await using proxy = await startFaultProxy(server.url)
    const page = openPage(proxy.url)
    await until(page.room, isLive)
    await goOffline(proxy, page.client)
    const texts = ['first', 'second', 'third']
    const clientIds = texts.map((text) => page.room.send({ message: text }))
    const pending = await until(page.room, (state) => state.pending.length === 3)
    expect(pending.pending.map(({ content, state }) => [content.message, state.kind])).toEqual(
      texts.map((text) => [text, 'waiting']),
    )
    page.client.close()

    await proxy.accept()
    const reloaded = openPage(proxy.url)
    const { timeline } = await until(reloaded.room, (state) => isLive(state) && state.timeline.lastSeq === 3)
    await until(reloaded.client.outbox, isEmpty)
    expect([1, 2, 3].map((seq) => timeline.at(seq)?.client_id)).toEqual(clientIds)
    await expect(textsOf(server)).resolves.toEqual(texts)
  })

  it('loses nothing and repeats nothing when the server is killed in the middle of a conversation', async () => {
    await using server = await startServerProcess({ environment: { LIMIT_MESSAGES_PER_SEC: '0' } })
    const [lan, minh] = [openPage(server.url, 'lan'), openPage(server.url, 'minh')]
    await Promise.all([until(lan.room, isLive), until(minh.room, isLive)])
    for (const text of numbered(60)) lan.room.send({ message: text })
    await until(minh.room, ({ timeline }) => timeline.lastSeq >= 20)
    await server.kill('SIGKILL')
    await until(lan.room, ({ status }) => status.kind === 'stale')
    lan.room.send({ message: 'written while it was down' })
    await server.restart()
    await until(lan.client.outbox, isEmpty)

    const texts = [...numbered(60), 'written while it was down']
    await expect(textsOf(server)).resolves.toEqual(texts)
    for (const { room } of [lan, minh]) {
      const { timeline } = await until(room, (state) => isLive(state) && state.timeline.lastSeq === texts.length)
      expect(texts.map((_, index) => timeline.at(index + 1)?.message)).toEqual(texts)
    }
  })

  it('gets everything through a network that halves what is said', async () => {
    await using server = await startServerProcess({ environment: { LIMIT_MESSAGES_PER_SEC: '0' } })
    await using proxy = await startFaultProxy(server.url, { rule: halving() })
    const page = openPage(proxy.url)
    for (const text of numbered(40)) page.room.send({ message: text })
    await until(page.client.outbox, isEmpty)
    await expect(textsOf(server)).resolves.toEqual(numbered(40))
    expect(proxy.made.getSnapshot()).toBeGreaterThan(5)
  })

  it('waits where the server limits it, and keeps the order', async () => {
    await using server = await startServerProcess({
      environment: { LIMIT_MESSAGES_PER_SEC: '20', LIMIT_MESSAGES_BURST: '5' },
    })
    const page = openPage(server.url)
    for (const text of numbered(30)) page.room.send({ message: text })
    await until(page.client.outbox, isEmpty)
    await expect(textsOf(server)).resolves.toEqual(numbered(30))
  })

  it('tells what the server refuses, and goes on with the rest', async () => {
    await using server = await startServerProcess()
    const page = openPage(server.url)
    await until(page.room, isLive)
    page.client.room('nowhere').send({ message: 'to nobody' })
    page.room.send({ message: 'for staff', messageType: 'announcement' })
    page.room.send({ message: 'for all' })
    const left = await until(
      page.client.outbox,
      (entries) => entries.length === 2 && entries.every(({ state }) => state.kind === 'failed'),
    )
    expect(left).toMatchObject([
      { courseId: 'nowhere', state: { kind: 'failed', code: 'NOT_FOUND' } },
      { courseId: COURSE, state: { kind: 'failed', code: 'FORBIDDEN' } },
    ])
    await expect(textsOf(server)).resolves.toEqual(['for all'])
  })

  it('refuses what no event can bear, rather than having every connection ended by it', async () => {
    await using server = await startServerProcess()
    const page = openPage(server.url)
    await until(page.room, isLive)
    page.room.send({ message: 'a'.repeat(2 * LIMITS.frameBytes) })
    page.room.send({ message: 'after it' })
    const [left] = await until(
      page.client.outbox,
      ([first, ...rest]) => first?.state.kind === 'failed' && rest.length === 0,
    )
    expect(left).toMatchObject({ state: { code: 'PAYLOAD_TOO_LARGE' } })
    await expect(textsOf(server)).resolves.toEqual(['after it'])
  })

  it('is shared by pages: what one cannot send, the other does', async () => {
    await using server = await startServerProcess()
    await using proxy = await startFaultProxy(server.url)
    const [cut, well] = [openPage(proxy.url), openPage(server.url)]
    await Promise.all([until(cut.room, isLive), until(well.room, isLive)])
    await goOffline(proxy, cut.client)
    for (const text of numbered(5)) cut.room.send({ message: text })
    await until(well.room, ({ timeline }) => timeline.lastSeq === 5)
    await until(cut.client.outbox, isEmpty)
    await expect(textsOf(server)).resolves.toEqual(numbered(5))
    expect(cut.client.connection.getSnapshot().status).not.toBe('online')
  })
})
