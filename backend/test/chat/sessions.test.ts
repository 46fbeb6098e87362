import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { TestClient } from '../harness/test-client.ts'
import { Classroom, refusal } from './classroom.ts'
import { SettableClock } from './settable-clock.ts'

/** 100 ms before a whole second, at which tokens end. What has to be done before one does has a second more. */
const clock = new SettableClock(900)
let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ clock, env: { LIMIT_TYPING_PER_10S: '5', LIMIT_EVENTS_PER_SEC: '10' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const expiresAt = (seconds: number) => new Date((Math.floor(clock.now() / 1000) + seconds) * 1000).toISOString()

describe('a handshake', () => {
  it('ID1 ID2 ID3: without a valid token is UNAUTHENTICATED, whatever stands in its place', async () => {
    const valid = await server.token({ sub: 'an' })
    const forged = `${valid.slice(0, -4)}AAAA`
    for (const auth of [
      {},
      { token: null },
      { token: 1 },
      { token: [valid] },
      { token: { a: 1 } },
      { token: forged },
    ]) {
      expect(await refusal(server.url, auth), JSON.stringify(auth)).toBe('UNAUTHENTICATED')
    }
    const inQuery = TestClient.connect(server.url, { query: { token: valid } })
    await expect(inQuery).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(await refusal(server.url, { token: valid })).toBe('connected')
  })

  it('ID1 ID12: rides on the cookie, from a page of the server’s own', async () => {
    const Cookie = `lectern_access=${await server.token({ sub: 'cookie' })}`
    const from = (extraHeaders: Record<string, string>) => TestClient.connect(server.url, { extraHeaders })
    await using own = await from({ Cookie, Origin: server.url })
    expect(own.socket.connected).toBe(true)
    await expect(from({ Cookie, Origin: 'https://elsewhere.example' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(from({ Cookie })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('CH47: a person’s 21st socket is RATE_LIMITED, also of 30 at once; one that closes makes room', async () => {
    const token = await server.token({ sub: 'many' })
    const tries = await Promise.allSettled(Array.from({ length: 30 }, () => server.connect(token)))
    const clients = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    expect(clients).toHaveLength(20)
    expect(await refusal(server.url, { token })).toBe('RATE_LIMITED')
    const watcher = await server.connect({ sub: 'other' })
    clients[0]?.socket.disconnect()
    await watcher.settled()
    expect(await refusal(server.url, { token })).toBe('connected')
  })
})

describe('a token that ends', () => {
  it('ID8: is told of 60 s ahead', async () => {
    const an = await server.connect({ sub: 'warned', expiresIn: 61 })
    expect(await an.next('auth:expiring')).toEqual({ expiresAt: expiresAt(61) })
    expect(an.socket.connected).toBe(true)
  })

  it('ID8: closes its socket, whose rooms wait for a newer token', async () => {
    const room = new Classroom(server)
    const binh = await room.enter('binh')
    const an = await server.connect(room.claims('an', 'student', { expiresIn: 2 }))
    await an.call('chat:join_room', { courseId: room.courseId })
    await an.disconnected()
    await room.say(binh, 'meanwhile')
    an.socket.auth = { token: await server.token(room.claims('an')) }
    await an.connect()
    expect(await an.next('chat:new_message')).toMatchObject({ message: 'meanwhile' })
  })

  it('ID9: is outlived by its socket after `auth:refresh`', async () => {
    const an = await server.connect({ sub: 'refreshing', expiresIn: 2 })
    await an.next('auth:expiring')
    const token = await server.token({ sub: 'refreshing', expiresIn: 62 })
    expect(await an.call('auth:refresh', { token })).toEqual({ expiresAt: expiresAt(62) })
    // Told anew of the newer token's end, after the older one's has passed.
    expect(await an.next('auth:expiring')).toEqual({ expiresAt: expiresAt(62) })
    expect(an.socket.connected).toBe(true)
  })

  it('ID9: another’s token, or an invalid one, is UNAUTHENTICATED and changes nothing', async () => {
    const room = new Classroom(server)
    const an = await room.enter('an')
    const others = await server.token(room.claims('binh'))
    const expired = await server.token({ ...room.claims('an'), expiresIn: -60 })
    for (const token of [others, expired, 'none', `${others}x`]) {
      expect(await an.emit('auth:refresh', { token })).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
    }
    expect(await room.say(an, 'as before')).toMatchObject({ user_id: room.id('an') })
    expect(await an.next('chat:new_message')).toMatchObject({ message: 'as before' })
  })
})

describe('one person’s limits', () => {
  it('CH46 GEN23: are one bucket of changes over connections and REST: 20 at once, then 10 a second', async () => {
    const room = new Classroom(server)
    const clients = [await room.enter('an'), await room.enter('an')] as const
    const rest = await room.api('an')
    const path = `/chat/courses/${room.courseId}/messages`
    for (let sent = 0; sent < 6; sent++) {
      for (const client of clients) await room.say(client, 'x')
      expect((await rest.post(path, { message: 'x' })).status).toBe(201)
    }
    await room.say(clients[0], 'x')
    await room.say(clients[1], 'x')
    const details = { retry_after_ms: 100 }
    for (const client of clients) {
      const answer = await client.emit('chat:send_message', { course_id: room.courseId, message: 'x' })
      expect(answer).toMatchObject({ error: { code: 'RATE_LIMITED', details } })
    }
    const refused = await rest.post(path, { message: 'x' })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
    expect(refused.error).toMatchObject({ code: 'RATE_LIMITED', details })
    clock.advance(100)
    expect((await rest.post(path, { message: 'x' })).status).toBe(201)
    expect(await clients[0].emit('chat:react', { message_id: 'x', emoji: '👍' })).toMatchObject({ ok: false })
    const others = await room.enter('binh')
    await room.say(others, 'mine')
    clock.advance(900)
  })

  it('CH46: count typing and other events for themselves', async () => {
    const room = new Classroom(server)
    const { courseId } = room
    const [an, phone] = [await room.enter('an'), await room.enter('an')]
    for (let start = 0; start < 5; start++) await an.call('chat:typing_start', { courseId })
    expect(await phone.emit('chat:typing_stop', { courseId })).toMatchObject({ error: { code: 'RATE_LIMITED' } })
    const answers = await Promise.all(Array.from({ length: 12 }, () => an.emitRaw('no:such_event')))
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.error.code))
    expect(codes).toEqual([...Array(8).fill('NOT_FOUND'), ...Array(4).fill('RATE_LIMITED')])
    expect(await room.say(phone, 'changes go on')).toMatchObject({ seq: 1 })
  })
})
