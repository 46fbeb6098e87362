import { LIMITS } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { Classroom } from './classroom.ts'
import { RawSocket } from './raw-socket.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const placeholder = JSON.stringify(['chat:send_message', { file: { _placeholder: true, num: 0 } }])

describe('ends its own connection, and no other', () => {
  it.each<[string, (courseId: string) => string | Uint8Array<ArrayBuffer>]>([
    ['what is not Engine.IO', () => 'garbage'],
    ['an Engine.IO type that is none', () => '9'],
    ['what is not Socket.IO', () => '4garbage'],
    ['JSON that ends too soon', () => '42["chat:send_message",{'],
    ['an event that is no array', () => '42{"a":1}'],
    ['an event whose name is null', () => '42[null]'],
    ['an event of a reserved name', () => '42["disconnect"]'],
    ['an announced attachment', () => `451-${placeholder}`],
    ['an announced attachment of an ack', () => `461-1${placeholder}`],
    ['a million announced attachments', () => `451000000-${placeholder}`],
    ['a binary frame', () => new Uint8Array([4, 1, 2, 3])],
    [
      'a frame over 1 MiB',
      (courseId) => `42["chat:send_message",{"courseId":"${courseId}","message":"${'x'.repeat(LIMITS.frameBytes)}"}]`,
    ],
  ])('GEN29: %s', async (_what, frame) => {
    const room = new Classroom(server)
    const [witness, tab] = await room.enterAll('witness', 'an')
    await using raw = await RawSocket.connect(server.url, await server.token(room.claims('an')))
    const before = witness.log.length
    raw.send(frame(room.courseId))
    await raw.closed
    await Promise.all([witness.settled(), tab.settled()])
    expect(witness.log.length).toBe(before)
    expect(await room.say(tab, 'unharmed')).toMatchObject({ seq: 1 })
  })

  it('GEN29: whatever comes before the handshake of Socket.IO', async () => {
    for (const frame of ['42["chat:join_room",{}]', '41', '4garbage', '43[]', '40{', 'garbage']) {
      await using raw = await RawSocket.open(server.url)
      raw.send(frame)
      await raw.closed
    }
    expect(server.logLines.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([])
  })
})

describe('ends nothing', () => {
  it.each([
    ['an event without a name', '42', '42["chat:error",{"event":"","code":"NOT_FOUND"'],
    ['an event whose name is a number', '42[1,{}]', '42["chat:error",{"event":"1","code":"NOT_FOUND"'],
    ['an event whose name is a number, with an ack', '427[1]', '437[{"ok":false,"error":{"code":"NOT_FOUND"'],
    [
      'an event with nothing but an ack',
      '427["chat:join_room"]',
      '437[{"ok":false,"error":{"code":"VALIDATION_FAILED"',
    ],
    ['a namespace that does not exist', '40/admin,{}', '44/admin,'],
  ])('GEN28: %s', async (_what, frame, answer) => {
    const room = new Classroom(server)
    await using raw = await RawSocket.connect(server.url, await server.token(room.claims('an')))
    raw.send(frame)
    await raw.next((received) => received.startsWith(answer))
    await expectAlive(raw)
  })

  it.each([
    ['an ack that nobody asked for', '439999["x"]'],
    ['an ack without a number', '43["x"]'],
    ['a pong that nobody asked for', '3'],
  ])('GEN28: %s', async (_what, frame) => {
    const room = new Classroom(server)
    await using raw = await RawSocket.connect(server.url, await server.token(room.claims('an')))
    raw.send(frame)
    await expectAlive(raw)
  })

  it('GEN28: arguments beyond the payload', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    const join = { courseId: room.courseId }
    expect(await an.emitRaw('chat:join_room', join, { courseId: 'x' }, 'x', null)).toMatchObject({ ok: true })
    expect(await an.emitRaw('chat:join_room', null, join)).toMatchObject({ error: { code: 'VALIDATION_FAILED' } })
  })
})

it('GEN29: a binary attachment of a Socket.IO client ends its connection', async () => {
  const room = new Classroom(server)
  const [an, witness] = await room.enterAll('an', 'witness')
  const gone = an.disconnected()
  an.socket.emit('chat:send_message', { course_id: room.courseId, message: Buffer.from('x') })
  expect(await gone).toBe('transport close')
  await room.say(witness, 'unharmed')
})

async function expectAlive(raw: RawSocket): Promise<void> {
  raw.send('4299["no:such_event"]')
  await raw.next((frame) => frame.startsWith('4399[{"ok":false'))
}
