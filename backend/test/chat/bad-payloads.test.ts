import { CLIENT_EVENTS, COURSE_SESSION_ROUTES } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import type { ClientEventName, TestClient } from '../harness/test-client.ts'
import { type FieldKind, NO_PAYLOADS, WRONG } from './bad-values.ts'
import { Classroom } from './classroom.ts'

const noLimits = { LIMIT_MESSAGES_PER_SEC: '0', LIMIT_EVENTS_PER_SEC: '0', LIMIT_TYPING_PER_10S: '0' }

/** Every field of every event. */
const FIELDS: Record<ClientEventName, Record<string, FieldKind>> = {
  'auth:refresh': { token: 'token' },
  'chat:join_room': { courseId: 'id', sinceRev: 'position', epoch: 'token' },
  'chat:leave_room': { courseId: 'id' },
  'chat:send_message': {
    course_id: 'id',
    message: 'text',
    message_type: 'type',
    reply_to_id: 'id',
    file_id: 'id',
    client_id: 'clientId',
    mentions: 'list',
  },
  'chat:edit_message': { message_id: 'id', message: 'text' },
  'chat:delete_message': { message_id: 'id' },
  'chat:typing_start': { courseId: 'id' },
  'chat:typing_stop': { courseId: 'id' },
  'chat:get_online_users': { courseId: 'id' },
  'chat:mark_read': { courseId: 'id', seq: 'position' },
  'chat:react': { message_id: 'id', emoji: 'emoji' },
  'chat:unreact': { message_id: 'id', emoji: 'emoji' },
  'webrtc:join_session': {
    sessionId: 'id',
    displayName: 'displayName',
    role: 'role',
    audio: 'flag',
    video: 'flag',
    instanceId: 'instance',
  },
  'webrtc:leave_session': { sessionId: 'id' },
  'webrtc:offer': { sessionId: 'id', targetUserId: 'peer', offer: 'offer' },
  'webrtc:answer': { sessionId: 'id', targetUserId: 'peer', answer: 'answer' },
  'webrtc:ice_candidate': { sessionId: 'id', targetUserId: 'peer', candidate: 'candidate' },
  'webrtc:toggle_audio': { sessionId: 'id', enabled: 'flag' },
  'webrtc:toggle_video': { sessionId: 'id', enabled: 'flag' },
  'webrtc:screen_share_start': { sessionId: 'id' },
  'webrtc:screen_share_stop': { sessionId: 'id' },
  'webrtc:raise_hand': { sessionId: 'id', userId: 'id' },
  'webrtc:lower_hand': { sessionId: 'id', userId: 'id' },
  'webrtc:mute_participant': { sessionId: 'id', userId: 'id' },
  'webrtc:remove_participant': { sessionId: 'id', userId: 'id', ban: 'flag' },
  'webrtc:lock_session': { sessionId: 'id', locked: 'flag' },
}
const EVENTS = Object.keys(CLIENT_EVENTS) as ClientEventName[]

let server: TestServer
let room: Classroom
let an: TestClient
let witness: TestClient
let messageId: string

beforeAll(async () => {
  server = await startTestServer({ env: noLimits })
  room = new Classroom(server)
  const [first, second] = await room.enterAll('an', 'witness')
  ;[an, witness] = [first, second]
  messageId = (await room.say(an, 'stands')).id
  await witness.next('chat:new_message')
  const teacher = await room.api('teacher', 'teacher')
  const plan = { params: { courseId: room.courseId }, body: { title: 'Live', id: 'class', lobby: false } }
  await teacher.call(COURSE_SESSION_ROUTES.createSession, plan)
  for (const client of [an, witness]) await client.call('webrtc:join_session', { sessionId: 'class' })
  for (const client of [an, witness]) await client.settled()
  await witness.next('chat:new_message')
})
afterAll(() => server[Symbol.asyncDispose]())

/** What the event would take. */
const valid = (event: ClientEventName): Record<string, unknown> => {
  const good: Partial<Record<string, unknown>> = {
    courseId: room.courseId,
    course_id: room.courseId,
    message: 'x',
    message_id: messageId,
    emoji: '👍',
    seq: 1,
    sinceRev: 0,
    sessionId: 'class',
    targetUserId: room.id('witness'),
    userId: room.id('witness'),
    offer: { type: 'offer', sdp: 'v=0' },
    answer: { type: 'answer', sdp: 'v=0' },
    candidate: null,
    enabled: true,
    locked: true,
  }
  return Object.fromEntries(Object.keys(FIELDS[event]).flatMap((name) => (name in good ? [[name, good[name]]] : [])))
}

/** Runs `attack` and shows that nobody but its sender has noticed, and that nothing was stored. */
async function unnoticed(attack: () => Promise<void>): Promise<void> {
  const before = witness.log.length
  await attack()
  await witness.settled()
  expect(witness.log.slice(before)).toEqual([])
  expect(await an.call('chat:join_room', { courseId: room.courseId })).toMatchObject({ lastRev: 2, onlineCount: 2 })
}

const short = (value: unknown): string => JSON.stringify(value).slice(0, 60)

describe.each(EVENTS)('%s', (event) => {
  it('GEN28 GEN26: takes no payload but an object: VALIDATION_FAILED to the sender, by its ack', async () => {
    await unnoticed(async () => {
      for (const [what, payload] of NO_PAYLOADS) {
        const answer = await an.emitRaw(event, payload)
        expect(answer, what).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED' } })
        expect(JSON.stringify(answer).length, what).toBeLessThan(8_000)
      }
      expect(await an.emitRaw(event)).toMatchObject({ error: { code: 'VALIDATION_FAILED' } })
    })
  })

  it('GEN28 GEN27: without an ack it is a `chat:error`, or a `webrtc:error`', async () => {
    await unnoticed(async () => {
      an.socket.emit(event, null)
      const told = event.startsWith('webrtc:') ? 'webrtc:error' : 'chat:error'
      expect(await an.next(told)).toMatchObject({ event, code: 'VALIDATION_FAILED' })
    })
  })

  it.each(Object.entries(FIELDS[event]))('GEN28 GEN19: `%s` takes nothing but what it is (%s)', async (field, kind) => {
    await unnoticed(async () => {
      for (const wrong of WRONG[kind]) {
        const answer = await an.emitRaw(event, { ...valid(event), [field]: wrong })
        expect(answer, short(wrong)).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED' } })
        expect(JSON.stringify(answer).length, short(wrong)).toBeLessThan(8_000)
      }
    })
  })
})

it('GEN28: every field of every event is tried', () => {
  expect(Object.keys(FIELDS).sort()).toEqual([...EVENTS].sort())
})

it('GEN13: `__proto__` and `constructor` beside what is right change nothing', async () => {
  const payload = JSON.parse('{"__proto__":{"message":"x"},"constructor":{"prototype":{"message":"x"}}}')
  const answer = await an.emitRaw('chat:mark_read', { ...payload, courseId: room.courseId, seq: 1 })
  expect(answer).toMatchObject({ ok: true })
  expect(Reflect.get({}, 'message')).toBe(undefined)
})
