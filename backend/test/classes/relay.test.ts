import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import type { TestClient } from '../harness/test-client.ts'
import { TestClass } from './test-class.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: { LIMIT_EVENTS_PER_SEC: '0' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const offer = { type: 'offer', sdp: 'v=0\r\n', more_of_it: { kept: ['as', 'sent'] } } as const
const candidate = {
  candidate: 'candidate:1 1 udp 1 192.0.2.1 1 typ host',
  sdpMid: '0',
  sdp_mid: null,
  usernameFragment: 'x',
}

const code = async (answer: Promise<{ ok: boolean; error?: { code: string } }>) => (await answer).error?.code ?? 'ok'

/** What a client was sent of offers, answers and candidates, in order. */
const signals = (client: TestClient) => client.log.filter(({ event }) => /offer|answer|ice/.test(event))

describe('relay', () => {
  it('RTC21: goes unchanged, in order, to the one named, and to nobody else', async () => {
    const live = await TestClass.plan(server)
    const [teacher, an, binh] = await live.enterAll('teacher', 'an', 'binh')
    const to = { ...live.target, targetUserId: live.id('an') }
    const answer = { type: 'answer', sdp: 'v=0\r\nü' } as const
    await Promise.all([
      teacher.call('webrtc:offer', { ...to, offer }),
      teacher.call('webrtc:ice_candidate', { ...to, candidate }),
      teacher.call('webrtc:answer', { ...to, answer }),
      teacher.call('webrtc:ice_candidate', { ...to, candidate: null }),
    ])
    await an.settled()
    const from = { sessionId: live.sessionId, fromUserId: live.id('teacher') }
    expect(signals(an)).toEqual([
      { event: 'webrtc:offer_received', payload: { ...from, offer } },
      { event: 'webrtc:ice_candidate_received', payload: { ...from, candidate } },
      { event: 'webrtc:answer_received', payload: { ...from, answer } },
      { event: 'webrtc:ice_candidate_received', payload: { ...from, candidate: null } },
    ])
    for (const other of [teacher, binh]) {
      await other.settled()
      expect(signals(other)).toEqual([])
    }
  })

  it('RTC22: needs two participants: a sender who is none is CONFLICT, a target who is none NOT_FOUND', async () => {
    const live = await TestClass.plan(server)
    const [, an] = await live.enterAll('teacher', 'an')
    const outside = await live.connect('outside')
    const send = (client: TestClient, targetUserId: string) =>
      code(client.emit('webrtc:offer', { ...live.target, targetUserId, offer }))
    expect(await send(outside, live.id('an'))).toBe('CONFLICT')
    for (const nobody of [live.id('outside'), 'sfu', 'nobody', live.id('an')])
      expect(await send(an, nobody)).toBe('NOT_FOUND')
    const stranger = await server.connect(live.room.stranger())
    expect(await send(stranger, live.id('an'))).toBe('NOT_FOUND')
    await an.settled()
    expect(signals(an)).toEqual([])
  })

  it('RTC22: who has dropped out is sent nothing, which the sender is told; who is back is reached again', async () => {
    const live = await TestClass.plan(server)
    const [teacher, an] = await live.enterAll('teacher', 'an')
    const to = { ...live.target, targetUserId: live.id('an') }
    const send = (sdp: string) => code(teacher.emit('webrtc:offer', { ...to, offer: { type: 'offer', sdp } }))
    await an.drop()
    await expect.poll(() => send('lost')).toBe('UNAVAILABLE')
    await an.connect()
    await live.join(an)
    expect(await send('found')).toBe('ok')
    await an.settled()
    expect(signals(an)).toMatchObject([{ payload: { offer: { sdp: 'found' } } }])
  })

  it('RTC22 RTC11: who waits in the lobby sends and gets nothing', async () => {
    const live = await TestClass.plan(server)
    const [an, binh] = [await live.enter('an'), await live.enter('binh')]
    const sent = an.emit('webrtc:offer', { ...live.target, targetUserId: live.id('binh'), offer })
    expect(await code(sent)).toBe('CONFLICT')
    await binh.settled()
    expect(signals(binh)).toEqual([])
  })

  it('RTC23: takes an SDP of 262,144 bytes and a candidate of 8,192, and no more', async () => {
    const live = await TestClass.plan(server)
    const [teacher, an] = await live.enterAll('teacher', 'an')
    const to = { ...live.target, targetUserId: live.id('an') }
    const offerOf = (sdp: string) => code(teacher.emit('webrtc:offer', { ...to, offer: { type: 'offer', sdp } }))
    expect(await offerOf('x'.repeat(262_144))).toBe('ok')
    expect(await offerOf('x'.repeat(262_145))).toBe('PAYLOAD_TOO_LARGE')
    expect(await offerOf('ü'.repeat(131_073))).toBe('PAYLOAD_TOO_LARGE')
    expect(await offerOf('x'.repeat(300_000))).toBe('PAYLOAD_TOO_LARGE')
    const padded = { ...offer, padding: 'x'.repeat(9_000) }
    expect(await code(teacher.emit('webrtc:offer', { ...to, offer: padded }))).toBe('PAYLOAD_TOO_LARGE')
    const large = { candidate: 'x'.repeat(8_200) }
    expect(await code(teacher.emit('webrtc:ice_candidate', { ...to, candidate: large }))).toBe('PAYLOAD_TOO_LARGE')
    await an.settled()
    expect(signals(an)).toHaveLength(1)
  })
})

it('RTC24: a flood of candidates is RATE_LIMITED, beside a person’s other events, and hurts nobody else', async () => {
  await using strict = await startTestServer({ env: { LIMIT_EVENTS_PER_SEC: '20' } })
  const live = await TestClass.plan(strict)
  const [teacher, an, binh] = await live.enterAll('teacher', 'an', 'binh')
  const flood = Array.from({ length: 200 }, () =>
    an.emit('webrtc:ice_candidate', { ...live.target, targetUserId: live.id('binh'), candidate }),
  )
  const answers = await Promise.all(flood)
  const passed = answers.filter(({ ok }) => ok).length
  expect(passed).toBeGreaterThanOrEqual(20)
  expect(passed).toBeLessThan(100)
  const refused = answers.find(({ ok }) => !ok)
  expect(refused).toMatchObject({ error: { code: 'RATE_LIMITED', details: { retry_after_ms: expect.any(Number) } } })
  expect(await an.emit('webrtc:raise_hand', live.target)).toMatchObject({ ok: true })
  const target = { ...live.target, targetUserId: live.id('teacher') }
  expect(await binh.emit('webrtc:ice_candidate', { ...target, candidate })).toMatchObject({ ok: true })
  await Promise.all([teacher, binh].map((client) => client.settled()))
  expect(signals(binh)).toHaveLength(passed)
  expect(signals(teacher)).toHaveLength(1)
})
