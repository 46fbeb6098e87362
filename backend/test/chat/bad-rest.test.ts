import { classSession, LIMITS, ROUTE_SECTIONS, type Route } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import type { ApiAnswer, TestApi } from '../harness/test-api.ts'
import type { TestClient } from '../harness/test-client.ts'
import { NO_PAYLOADS } from './bad-values.ts'
import { Classroom } from './classroom.ts'

const routes = ROUTE_SECTIONS.flatMap((section): Route[] => Object.values(section.routes)).filter(
  (route) => route.body !== undefined,
)

/** Fields that are true or false. */
const SWITCHES: ReadonlySet<string> = new Set(['disabled', 'lobby'])

const objectSchema = z.object({ shape: z.record(z.string(), z.unknown()) })

/** The fields of a body: the schema's output side is an object. */
function fieldsOf(route: Route): string[] {
  const json = z.toJSONSchema(route.body ?? z.never(), { io: 'output', unrepresentable: 'any' })
  return Object.keys(objectSchema.parse({ shape: json.properties ?? {} }).shape)
}

let server: TestServer
let room: Classroom
let witness: TestClient
let messageId: string
let sessionId: string
let api: TestApi

beforeAll(async () => {
  server = await startTestServer({ env: { LIMIT_MESSAGES_PER_SEC: '0', LIMIT_EVENTS_PER_SEC: '0' } })
  room = new Classroom(server)
  api = await server.api({ ...room.claims('teacher', 'teacher'), role: 'admin' })
  const planned = await api.post(`/courses/${room.courseId}/sessions`, { title: 'planned' })
  sessionId = classSession.parse(planned.data).id
  const [an] = await room.enterAll('teacher')
  witness = an
  messageId = (await room.say(an, 'stands')).id
})
afterAll(() => server[Symbol.asyncDispose]())

const ask = ({ method, path }: Route, body: unknown): Promise<ApiAnswer> => {
  const ids = { courseId: room.courseId, messageId, sessionId, userId: room.id('teacher') }
  const params: Record<string, string> = { ...ids, folder: 'none' }
  return api.request(
    method.toUpperCase(),
    path.replaceAll(/:(\w+)/g, (_match, name: string) => params[name] ?? ''),
    body,
  )
}

async function unnoticed(attack: () => Promise<void>): Promise<void> {
  const before = witness.log.length
  await attack()
  await witness.settled()
  expect(witness.log.slice(before)).toEqual([])
  expect(await witness.call('chat:join_room', { courseId: room.courseId })).toMatchObject({ lastRev: 1 })
  // What a join of one's own tells.
  await witness.next('chat:online_users')
}

describe.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_name, route) => {
  it('GEN28 GEN1: takes no body but an object', async () => {
    await unnoticed(async () => {
      for (const [what, body] of NO_PAYLOADS) {
        const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
        const answer = await ask(route, body)
        if (isObject) expect(answer.status, what).toBeLessThan(500)
        else expect([answer.status, answer.error?.code], what).toEqual([400, 'VALIDATION_FAILED'])
        expect(answer.text.length, what).toBeLessThan(8_000)
      }
    })
  })

  it('GEN28 GEN19 GEN22: each field refuses what it is not, and is named', async () => {
    const fields = fieldsOf(route)
    expect(fields.length).toBeGreaterThan(0)
    await unnoticed(async () => {
      for (const field of fields) {
        for (const wrong of [{ length: 1 }, true, [[]], 'x'.repeat(900_000)]) {
          if (wrong === true && SWITCHES.has(field)) continue
          const { status, error } = await ask(route, { [field]: wrong })
          expect([status, error?.code], `${field} ${typeof wrong}`).toEqual([400, 'VALIDATION_FAILED'])
          expect(JSON.stringify(error?.details), field).toMatch(new RegExp(`"path":"${field}["\\.]`))
        }
      }
    })
  })

  it('GEN31: a body that is malformed, or too large', async () => {
    const url = `${server.url}/api/v1${route.path.replaceAll(/:\w+/g, room.courseId)}`
    const token = await server.token({ ...room.claims('teacher', 'teacher'), role: 'admin' })
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
    const method = route.method.toUpperCase()
    for (const body of ['{"a":', '{]', 'x', '\u0000', '{"a":1}}']) {
      expect((await fetch(url, { method, headers, body })).status, body).toBe(400)
    }
    const body = JSON.stringify({ padding: 'x'.repeat(route.maxBodyBytes ?? LIMITS.bodyBytes) })
    expect((await fetch(url, { method, headers, body })).status).toBe(413)
  })
})

it('GEN28 GEN19: what a message may not be is refused over REST as over a socket', async () => {
  const path = `/chat/courses/${room.courseId}/messages`
  await unnoticed(async () => {
    for (const message of ['\ud800', 'a\u0000', '\u0007', '', '  ', 'x'.repeat(4_001), 7, null, ['x']]) {
      expect((await api.post(path, { message })).error?.code, String(message)).toBe('VALIDATION_FAILED')
      expect((await api.put(`/chat/messages/${messageId}`, { message })).error?.code).toBe('VALIDATION_FAILED')
    }
  })
})

it('GEN24 ID23: a forged author, role or course in the body is as if it were not there', async () => {
  const stranger = await server.api(room.stranger())
  const own = new Classroom(server)
  const an = await own.api('an')
  const forged = {
    message: 'x',
    course_id: room.courseId,
    user_id: room.id('teacher'),
    user_role: 'teacher',
    role: 'admin',
  }
  expect((await stranger.post(`/chat/courses/${room.courseId}/messages`, forged)).status).toBe(404)
  const sent = await an.post(`/chat/courses/${own.courseId}/messages`, forged)
  expect(sent.data).toMatchObject({ course_id: own.courseId, user_id: own.id('an'), user_role: 'student' })
})
