import { createClient, LecternError } from '@lectern/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFaultProxy } from '../rig/fault-proxy/fault-proxy.ts'
import { type ServerProcess, startServerProcess } from '../rig/server-process.ts'
import { signToken, type TokenOptions } from '../rig/tokens.ts'
import { until } from '../rig/until.ts'

const SOON = { minMs: 20, maxMs: 200 }
const tokenOf = (sub: string, options?: TokenOptions): string =>
  signToken({ sub, courses: { toan: 'student', van: 'student', su: 'student' } }, options)

/** For what leaves it as it was. */
let server: ServerProcess
beforeAll(async () => {
  server = await startServerProcess()
})
afterAll(() => server[Symbol.asyncDispose]())

describe('a connection', () => {
  it('comes back whenever it is cut, and its room with it', async () => {
    await using proxy = await startFaultProxy(server.url)
    using an = createClient({ url: proxy.url, token: tokenOf('an'), reconnect: SOON })
    using binh = createClient({ url: server.url, token: tokenOf('binh'), reconnect: SOON })
    an.connect()
    binh.connect()
    using room = an.room('toan')
    await until(room, ({ status }) => status.kind === 'live')
    await until(binh.connection, ({ status }) => status === 'online')
    for (let seq = 1; seq <= 6; seq++) {
      proxy.cutAll(seq % 2 === 0 ? 'end' : 'reset')
      await until(an.connection, ({ status }) => status !== 'online')
      await binh.emit('chat:send_message', { course_id: 'toan', message: `while away ${seq}` })
      const state = await until(room, ({ status, timeline }) => status.kind === 'live' && timeline.lastSeq === seq)
      expect(state.timeline.at(seq)?.message).toBe(`while away ${seq}`)
    }
  })

  it('waits while nobody takes it, and says so', async () => {
    await using proxy = await startFaultProxy(server.url)
    using client = createClient({ url: proxy.url, token: tokenOf('an'), reconnect: SOON })
    client.connect()
    await until(client.connection, ({ status }) => status === 'online')
    proxy.refuse()
    proxy.cutAll()
    const waiting = await until(client.connection, (state) => state.status === 'waiting' && state.attempt === 3)
    expect(waiting).toMatchObject({ offline: false, error: { code: 'NETWORK' } })
    await proxy.accept()
    await until(client.connection, ({ status }) => status === 'online')
  })

  it('takes a network that swallows everything for lost when an answer is missing, and sends again', async () => {
    await using proxy = await startFaultProxy(server.url)
    using client = createClient({ url: proxy.url, token: tokenOf('an'), reconnect: SOON })
    client.connect()
    using room = client.room('su')
    await until(room, ({ status }) => status.kind === 'live')
    proxy.setNetwork({ silent: true })
    room.send({ message: 'into the void' })
    await until(client.connection, ({ status }) => status === 'waiting')
    proxy.setNetwork({})
    const state = await until(room, ({ pending, timeline }) => pending.length === 0 && timeline.lastSeq > 0)
    expect(state.timeline.at(state.timeline.lastSeq)?.message).toBe('into the void')
    expect(state.timeline.lastSeq).toBe(1)
  })

  it('comes back after the server was killed', async () => {
    await using server = await startServerProcess()
    using client = createClient({ url: server.url, token: tokenOf('an'), reconnect: SOON })
    client.connect()
    using room = client.room('toan')
    await until(room, ({ status }) => status.kind === 'live')
    await server.kill('SIGKILL')
    await until(room, ({ status }) => status.kind === 'stale')
    await server.restart()
    await until(room, ({ status }) => status.kind === 'live')
  })

  it('says at once what became of an event whose answer it cannot get', async () => {
    await using proxy = await startFaultProxy(server.url)
    using client = createClient({ url: proxy.url, token: tokenOf('an'), reconnect: SOON })
    const send = () => client.emit('chat:send_message', { course_id: 'toan', message: 'hello' })
    await expect(send()).rejects.toMatchObject({ code: 'NETWORK' })
    client.connect()
    await until(client.connection, ({ status }) => status === 'online')
    proxy.setNetwork({ silent: true })
    const sent = send()
    proxy.setNetwork({})
    proxy.cutAll()
    await expect(sent).rejects.toBeInstanceOf(LecternError)
    await expect(sent).rejects.toMatchObject({ code: 'NETWORK' })
    await until(client.connection, ({ status }) => status === 'online')
    client.close()
    await expect(send()).rejects.toMatchObject({ code: 'CLOSED' })
    expect(client.connection.getSnapshot()).toEqual({ status: 'closed' })
  })

  it('answers an event with its data, or the server’s refusal', async () => {
    using client = createClient({ url: server.url, token: tokenOf('an') })
    client.connect()
    await until(client.connection, ({ status }) => status === 'online')
    await expect(client.emit('chat:get_online_users', { courseId: 'van' })).resolves.toMatchObject({ count: 0 })
    await expect(client.emit('chat:typing_start', { courseId: 'van' })).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(client.emit('chat:join_room', { courseId: 'hoa' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('tells of events until one stops listening', async () => {
    using client = createClient({ url: server.url, token: tokenOf('events') })
    client.connect()
    await until(client.connection, ({ status }) => status === 'online')
    const heard: string[] = []
    const stop = client.on('chat:new_message', ({ message }) => heard.push(message))
    await client.emit('chat:join_room', { courseId: 'van' })
    const second = Promise.withResolvers<void>()
    client.on('chat:new_message', ({ seq }) => {
      if (seq === 1) stop()
      if (seq === 2) second.resolve()
    })
    await client.emit('chat:send_message', { course_id: 'van', message: 'one' })
    await client.emit('chat:send_message', { course_id: 'van', message: 'two' })
    await second.promise
    expect(heard).toEqual(['one'])
  })

  it('gets through by polling where no WebSocket does', async () => {
    // As a proxy of old does it: whoever asks for an upgrade is cut off.
    await using proxy = await startFaultProxy(server.url, {
      rule: ({ direction, chunk }) =>
        direction === 'up' && chunk.includes('transport=websocket') ? { passing: 0, cut: 'reset' } : undefined,
    })
    using client = createClient({
      url: proxy.url,
      token: signToken({ sub: 'polling', courses: { ly: 'student' } }),
      reconnect: SOON,
    })
    client.connect()
    using room = client.room('ly')
    await until(room, ({ status }) => status.kind === 'live')
    room.send({ message: 'by polling' })
    await until(room, ({ timeline, pending }) => timeline.lastSeq === 1 && pending.length === 0)
  })
})

describe('a token', () => {
  it('that ends is renewed on the open connection', async () => {
    const tokens: string[] = []
    using client = createClient({
      url: server.url,
      token: async () => {
        const token = tokenOf('an', { expiresIn: 6 + tokens.length })
        tokens.push(token)
        return token
      },
      reconnect: SOON,
      random: () => 0,
    })
    const states: string[] = []
    client.connection.subscribe(() => states.push(client.connection.getSnapshot().status))
    const renewed = Promise.withResolvers<void>()
    let warnings = 0
    client.on('auth:expiring', () => {
      // The server warns anew of each token that it took, and of none that it did not.
      if (++warnings === 3) renewed.resolve()
    })
    client.connect()
    await renewed.promise
    expect([states, tokens.length]).toEqual([['connecting', 'online'], 3])
  })

  it('that has ended is fetched anew, once, for the next connection', async () => {
    let fetched = 0
    using client = createClient({
      url: server.url,
      token: async () => tokenOf('an', { expiresIn: fetched++ === 0 ? -10 : 3_600 }),
      reconnect: SOON,
    })
    client.connect()
    await until(client.connection, ({ status }) => status === 'online')
    expect(fetched).toBe(2)
  })

  it('that is refused ends the trying, until one is told to try again', async () => {
    let secret: string | undefined = 'the key of somebody else, who is not us'
    using client = createClient({
      url: server.url,
      token: async () => tokenOf('an', secret === undefined ? {} : { secret }),
      reconnect: SOON,
    })
    client.connect()
    const refused = await until(client.connection, ({ status }) => status === 'refused')
    expect(refused).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
    secret = undefined
    client.reconnect()
    await until(client.connection, ({ status }) => status === 'online')
  })

  it('that cannot be renewed is used to its end, and then refused', async () => {
    using client = createClient({ url: server.url, token: tokenOf('an', { expiresIn: 5 }), reconnect: SOON })
    client.connect()
    await until(client.connection, ({ status }) => status === 'online')
    await until(client.connection, ({ status }) => status === 'refused')
  })
})

describe('a person’s twenty-first connection', () => {
  it('waits for a place, as long as the server says', async () => {
    await using server = await startServerProcess({ environment: { LIMIT_SOCKETS: '1' } })
    using first = createClient({ url: server.url, token: tokenOf('an') })
    first.connect()
    await until(first.connection, ({ status }) => status === 'online')
    using second = createClient({ url: server.url, token: tokenOf('an'), reconnect: SOON })
    second.connect()
    const state = await until(second.connection, ({ status }) => status === 'waiting')
    expect(state).toMatchObject({ error: { code: 'RATE_LIMITED', details: { retry_after_ms: 1_000 } } })
    first.close()
    await until(second.connection, ({ status }) => status === 'online')
  })
})
