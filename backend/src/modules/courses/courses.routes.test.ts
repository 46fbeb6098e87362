import { courseRecord } from '@lectern/protocol'
import { Router } from 'express'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { captureLog } from '../../../test/harness/log-capture.ts'
import { serve } from '../../../test/harness/serve.ts'
import { apiKey, testCourses } from '../../../test/open-test-courses.ts'
import type { Actor } from '../../access/actor.ts'
import { loadConfig } from '../../config/config.ts'
import { createHttpApp } from '../../http/http-app.ts'
import { createMetrics } from '../../http/metrics.ts'
import { createRouteBinder } from '../../http/route-binder.ts'
import { unauthenticated } from '../../shared/errors.ts'
import { courseRoutes } from './courses.routes.ts'

const open = testCourses()

/** `/courses*` over HTTP; a bearer token is a person's id, or `key`. */
async function startApi() {
  const test = await open()
  const callers = new Map<string, Actor>([['key', apiKey]])
  const bind = createRouteBinder({
    authenticate: async (request) => {
      const caller = callers.get(request.headers.authorization?.replace('Bearer ', '') ?? '')
      if (caller === undefined) throw unauthenticated()
      return caller
    },
    limits: { enter: () => () => undefined },
  })
  const router = Router()
  courseRoutes(router, bind, { courses: test.courses, enrolments: test.members })
  const config = loadConfig({}).http
  const { logger } = captureLog()
  const server = await serve(createHttpApp({ config, logger, metrics: createMetrics(), root: [], api: [router] }))
  return {
    async signIn(...person: Parameters<typeof test.person>) {
      callers.set(person[0], await test.person(...person))
    },
    async call(token: string, method: string, path: string, body?: unknown): Promise<[number, unknown]> {
      const response = await fetch(`${server.url}/api/v1/courses${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return [response.status, text === '' ? undefined : JSON.parse(text)]
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

const answer = (data: unknown) => expect.objectContaining({ success: true, data })
const record = (fields: Record<string, unknown>) => answer(expect.objectContaining(fields))
const failure = (code: string) => ({ success: false, error: expect.objectContaining({ code }) })

describe('/courses', () => {
  it('a course lives: made, listed, renamed, archived, restored', async () => {
    await using api = await startApi()
    const made = await api.call('key', 'POST', '', { title: ' Physics ', id: 'phy' })
    expect(made).toEqual([201, record({ id: 'phy', title: 'Physics', role: null, join_code: expect.any(String) })])
    expect(await api.call('key', 'POST', '', { title: 'Physics', id: 'phy' })).toEqual([409, failure('CONFLICT')])
    expect(await api.call('key', 'PATCH', '/phy', { title: 'Optics' })).toEqual([200, record({ title: 'Optics' })])
    const listed = await api.call('key', 'GET', '?limit=1')
    expect(listed).toEqual([200, answer([expect.objectContaining({ title: 'Optics' })])])
    expect(listed[1]).toMatchObject({ meta: { limit: 1, next_cursor: null } })
    expect(await api.call('key', 'DELETE', '/phy')).toEqual([204, undefined])
    expect(await api.call('key', 'GET', '/phy')).toEqual([404, failure('NOT_FOUND')])
    expect(await api.call('key', 'GET', '')).toEqual([200, answer([])])
    expect(await api.call('key', 'POST', '/phy/restore')).toEqual([200, record({ id: 'phy', archived_at: null })])
  })

  it('CO8 a code enrols with 201, and answers 200 to who is in', async () => {
    await using api = await startApi()
    await api.signIn('t', { role: 'teacher' })
    await api.signIn('s')
    const [, made] = await api.call('t', 'POST', '', { title: 'Biology' })
    const { id, join_code: code } = z.object({ data: courseRecord }).parse(made).data
    expect(await api.call('s', 'POST', '/join', { code })).toEqual([
      201,
      record({ id, role: 'student', join_code: null }),
    ])
    expect(await api.call('s', 'POST', '/join', { code })).toEqual([200, record({ id })])
    expect(await api.call('key', 'POST', '/join', { code })).toEqual([403, failure('FORBIDDEN')])
    const [status, renewed] = await api.call('t', 'POST', `/${id}/code`)
    expect([status, renewed]).toEqual([200, record({ id })])
    expect(renewed).not.toEqual(record({ join_code: code }))
  })
})

describe('/courses/:courseId/members', () => {
  it('a member comes, rises and goes', async () => {
    await using api = await startApi()
    await api.call('key', 'PUT', '/phy/members', { members: [{ userId: 't', role: 'teacher', name: 'Tâm' }] })
    const student = { user_id: 's', name: 's', role: 'student' }
    expect(await api.call('key', 'POST', '/phy/members', student)).toEqual([201, record(student)])
    expect(await api.call('key', 'POST', '/phy/members', student)).toEqual([200, record(student)])
    const raised = await api.call('key', 'PATCH', '/phy/members/s', { role: 'assistant', user_id: 't' })
    expect(raised).toEqual([200, record({ user_id: 's', role: 'assistant' })])
    expect(await api.call('key', 'DELETE', '/phy/members/t')).toEqual([409, failure('CONFLICT')])
    expect(await api.call('key', 'DELETE', '/phy/members/s')).toEqual([204, undefined])
    const [, listed] = await api.call('key', 'GET', '/phy/members')
    expect(listed).toEqual(answer([{ user_id: 't', name: 'Tâm', role: 'teacher', joined_at: expect.any(String) }]))
  })

  it('CO18 a roster that names somebody twice, in whichever spelling, is refused whole', async () => {
    await using api = await startApi()
    const members = [
      { user_id: 'a', role: 'student' },
      { userId: 'a', role: 'teacher' },
    ]
    expect(await api.call('key', 'PUT', '/phy/members', { members })).toEqual([400, failure('VALIDATION_FAILED')])
    expect(await api.call('key', 'GET', '/phy')).toEqual([404, failure('NOT_FOUND')])
  })

  it('a roster of ten thousand fits into a request', async () => {
    await using api = await startApi()
    const members = Array.from({ length: 10_000 }, (_, index) => ({
      user_id: `0197aaaa-bbbb-7ccc-8ddd-${String(index).padStart(12, '0')}`,
      name: `Nguyễn Thị Phương Thảo ${index}`,
      email: `nguyen.thi.phuong.thao.${index}@students.example.test`,
      role: 'student',
    }))
    const [status] = await api.call('key', 'PUT', '/phy/members', { members })
    expect(status).toBe(200)
    expect(await api.call('key', 'GET', '/phy')).toEqual([200, record({ member_count: 10_000 })])
  })
})
