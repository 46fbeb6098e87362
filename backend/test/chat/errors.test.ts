import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { Classroom, countOf } from './classroom.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

it('GEN27: the failure of an event sent without an ack is emitted to the sender alone as `chat:error`', async () => {
  const room = new Classroom(server)
  const [an, binh] = await room.enterAll('an', 'binh')
  const secondTab = await room.enter('an')
  an.socket.emit('chat:edit_message', { message_id: 'none', message: 'x' })
  expect(await an.next('chat:error')).toEqual({
    event: 'chat:edit_message',
    code: 'NOT_FOUND',
    message: expect.any(String),
  })
  an.socket.emit('chat:send_message', { course_id: room.courseId, message: 7 })
  expect(await an.next('chat:error')).toMatchObject({
    event: 'chat:send_message',
    code: 'VALIDATION_FAILED',
    details: { issues: [{ path: 'message' }] },
  })
  await Promise.all([binh.settled(), secondTab.settled()])
  expect([countOf(binh, 'chat:error'), countOf(secondTab, 'chat:error')]).toEqual([0, 0])
})

it('GEN27: an event that succeeds without an ack is answered by nothing but its effect', async () => {
  const room = new Classroom(server)
  const [an] = await room.enterAll('an')
  const before = an.log.length
  an.socket.emit('chat:send_message', { course_id: room.courseId, message: 'no ack' })
  await an.next('chat:new_message')
  await an.settled()
  expect(an.log.slice(before).map(({ event }) => event)).toEqual(['chat:new_message'])
})

it('GEN21 GEN27: an event that does not exist is `NOT_FOUND`, under its name, no more of it than a name can have', async () => {
  const room = new Classroom(server)
  const an = await room.connect('an')
  an.socket.emit('x'.repeat(900_000), null)
  expect(await an.next('chat:error')).toMatchObject({ event: 'x'.repeat(64), code: 'NOT_FOUND' })
  for (const event of ['toString', '__proto__', 'constructor', 'hasOwnProperty', '']) {
    expect(await an.emitRaw(event, {}), event).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  }
})

it('GEN27: the failure of a `webrtc:` event sent without an ack is a `webrtc:error`', async () => {
  const room = new Classroom(server)
  const an = await room.connect('an')
  an.socket.emit('webrtc:none', {})
  expect(await an.next('webrtc:error')).toMatchObject({ event: 'webrtc:none', code: 'NOT_FOUND' })
  expect(countOf(an, 'chat:error')).toBe(0)
})

it('GEN22: `VALIDATION_FAILED` names fields and echoes no value', async () => {
  const room = new Classroom(server)
  const an = await room.connect('an')
  const answer = await an.emitRaw('chat:send_message', { course_id: room.courseId, message: { secret: 'value' } })
  expect(answer).toMatchObject({ error: { code: 'VALIDATION_FAILED', details: { issues: [{ path: 'message' }] } } })
  expect(JSON.stringify(answer)).not.toMatch(/secret|value"/)
})
