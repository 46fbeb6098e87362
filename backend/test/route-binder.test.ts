import { defineRoutes, type RouteLimit, wireInput } from '@lectern/protocol'
import { Router } from 'express'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Actor } from '../src/access/actor.ts'
import { loadConfig } from '../src/config/config.ts'
import { createHttpApp } from '../src/http/http-app.ts'
import { createMetrics } from '../src/http/metrics.ts'
import { createRouteBinder } from '../src/http/route-binder.ts'
import { rateLimited, unauthenticated } from '../src/shared/errors.ts'
import { captureLog } from './harness/log-capture.ts'
import { serve } from './harness/serve.ts'

const things = wireInput({ courseId: z.string().max(10) })
const base = { summary: '', who: '', limit: 'event', errors: [], auth: 'user' } as const

const ROUTES = defineRoutes({
  read: {
    ...base,
    method: 'get',
    path: '/things/:courseId',
    params: things,
    query: wireInput({ since_rev: z.coerce.number().int().exactOptional() }),
    response: z.unknown(),
    meta: z.object({ more: z.boolean() }),
    status: 200,
  },
  create: {
    ...base,
    method: 'post',
    path: '/things/:courseId',
    limit: 'change',
    params: things,
    body: wireInput({ display_name: z.string().min(1), course_id: z.string().exactOptional() }),
    response: z.unknown(),
    status: 201,
    also: { status: 200, when: 'It is there already.' },
  },
  remove: {
    ...base,
    method: 'delete',
    path: '/things/:courseId',
    auth: 'user_or_api_key',
    params: things,
    status: 204,
  },
  large: {
    ...base,
    method: 'put',
    path: '/things',
    auth: 'none',
    limit: 'none',
    body: wireInput({ text: z.string() }),
    maxBodyBytes: 2_097_152,
    response: z.number(),
    status: 200,
  },
  slow: { ...base, method: 'get', path: '/slow', limit: 'report', status: 200, produces: ['text/plain'] },
  download: { ...base, method: 'get', path: '/download', limit: 'report', status: 200, produces: ['text/plain'] },
  broken: { ...base, method: 'get', path: '/broken', response: z.unknown(), status: 200 },
})

const person = {
  kind: 'user',
  userId: 'u1',
  realm: 'external',
  name: 'An',
  role: 'student',
  issuedAt: 0,
  expiresAt: 0,
  courses: undefined,
} as const

async function startApi() {
  const entered: RouteLimit[] = []
  let left = 0
  let limited = false
  const begun = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  const bind = createRouteBinder({
    authenticate: async (request): Promise<Actor> => {
      const token = request.headers.authorization
      if (token === 'Bearer key') return { kind: 'api_key', realm: 'external' }
      if (token === 'Bearer person') return person
      throw unauthenticated()
    },
    limits: {
      enter: (_actor, limit) => {
        if (limited) throw rateLimited(1000)
        entered.push(limit)
        return () => left++
      },
    },
  })
  const router = Router()
  bind(router, ROUTES, {
    read: async ({ params, query, actor }) => ({
      data: { params, query, caller: actor.userId },
      meta: { more: false },
    }),
    create: async ({ params, body }) => {
      const data = { params, body }
      return body.display_name === 'again' ? { data, status: 200 } : { data }
    },
    remove: async () => undefined,
    large: async ({ body }) => ({ data: body.text.length }),
    slow: async () => {
      begun.resolve()
      await ended.promise
    },
    download: async ({ response }) => {
      response.type('text').send('text')
    },
    broken: () => Promise.reject(new Error('broken')),
  })
  const { logger, lines } = captureLog()
  const config = loadConfig({}).http
  const server = await serve(createHttpApp({ config, logger, metrics: createMetrics(), root: [], api: [router] }))
  const send = (method: string, path: string, init: RequestInit = {}) =>
    fetch(`${server.url}/api/v1${path}`, {
      method,
      ...init,
      headers: { Authorization: 'Bearer person', ...init.headers },
    })
  const sendJson = (method: string, path: string, body: unknown) =>
    send(method, path, { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } })
  return {
    send,
    sendJson,
    entered,
    lines,
    leftCount: () => left,
    slow: { begun: begun.promise, end: ended.resolve },
    limit: () => {
      limited = true
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

const failing = (code: string) => ({ success: false, error: expect.objectContaining({ code }) })

describe('an answer', () => {
  it('is data and meta in the envelope', async () => {
    await using api = await startApi()
    const response = await api.send('GET', '/things/c1?since_rev=4')
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      success: true,
      data: { params: { courseId: 'c1' }, query: { since_rev: 4 }, caller: 'u1' },
      meta: { more: false },
    })
  })

  it('has the status of the definition, or the one that it may also have', async () => {
    await using api = await startApi()
    expect((await api.sendJson('POST', '/things/c1', { display_name: 'An' })).status).toBe(201)
    expect((await api.sendJson('POST', '/things/c1', { display_name: 'again' })).status).toBe(200)
  })

  it('of 204 has no body', async () => {
    await using api = await startApi()
    const response = await api.send('DELETE', '/things/c1')
    expect(response.status).toBe(204)
    expect(await response.text()).toBe('')
  })

  it('that the handler writes itself is left alone', async () => {
    await using api = await startApi()
    expect(await (await api.send('GET', '/download')).text()).toBe('text')
  })

  it('of a handler that rejects is INTERNAL', async () => {
    await using api = await startApi()
    const response = await api.send('GET', '/broken')
    expect(response.status).toBe(500)
    expect(await response.json()).toEqual(failing('INTERNAL'))
  })
})

describe('an input', () => {
  it('comes in either spelling, and the path wins over the body', async () => {
    await using api = await startApi()
    const response = await api.sendJson('POST', '/things/c1', { displayName: 'An', course_id: 'c2', unknown: 1 })
    expect(await response.json()).toMatchObject({
      data: { params: { courseId: 'c1' }, body: { display_name: 'An', course_id: 'c2' } },
    })
  })

  it.each([
    ['two spellings that differ', '{"display_name":"a","displayName":"b"}', 'application/json'],
    ['not JSON', '{"display_name":', 'application/json'],
    ['JSON that is no object', '"text"', 'application/json'],
    ['an array', '[]', 'application/json'],
    ['null', 'null', 'application/json'],
    ['nothing', '', 'application/json'],
    ['a wrong type', '{"display_name":{"__proto__":1}}', 'application/json'],
    ['a prototype', '{"__proto__":{"display_name":"a"}}', 'application/json'],
    ['a form', 'display_name=a', 'application/x-www-form-urlencoded'],
    ['text', '{"display_name":"a"}', 'text/plain'],
    ['an unknown charset', '{"display_name":"a"}', 'application/json; charset=klingon'],
    ['deep JSON', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'application/json'],
  ])('of %s is VALIDATION_FAILED', async (_what, body, type) => {
    await using api = await startApi()
    const response = await api.send('POST', '/things/c1', { body, headers: { 'Content-Type': type } })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual(failing('VALIDATION_FAILED'))
    // A change that was none counts as any other call.
    expect(api.entered).toEqual(['change', 'event'])
  })

  it.each([
    '/things/12345678901',
    '/things/c1?since_rev=x',
    '/things/c1?since_rev=1&since_rev=2',
    '/things/c1?since_rev=1&sinceRev=2',
  ])('that is wrong in the path or the query is VALIDATION_FAILED with its field: %s', async (path) => {
    await using api = await startApi()
    const response = await api.send('GET', path)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { details: { issues: [{ path: expect.stringMatching(/courseId|since_rev/) }] } },
    })
  })

  it('of more than 1 MiB is PAYLOAD_TOO_LARGE, unless the route takes more', async () => {
    await using api = await startApi()
    const mebibyte = 'x'.repeat(1_048_576)
    const refused = await api.sendJson('POST', '/things/c1', { display_name: mebibyte })
    expect(refused.status).toBe(413)
    expect(await refused.json()).toEqual(failing('PAYLOAD_TOO_LARGE'))
    expect((await api.sendJson('PUT', '/things', { text: mebibyte })).status).toBe(200)
    expect((await api.sendJson('PUT', '/things', { text: mebibyte + mebibyte })).status).toBe(413)
  })
})

describe('a caller', () => {
  it('who is unknown is UNAUTHENTICATED, before anything of the request is read', async () => {
    await using api = await startApi()
    const response = await api.send('POST', '/things/c1', { body: '{', headers: { Authorization: 'Bearer x' } })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
    expect(await response.json()).toEqual(failing('UNAUTHENTICATED'))
    expect(api.entered).toEqual([])
  })

  it('is not asked for where anybody may', async () => {
    await using api = await startApi()
    const response = await api.send('PUT', '/things', {
      body: '{"text":"a"}',
      headers: { Authorization: 'Bearer x', 'Content-Type': 'application/json' },
    })
    expect(response.status).toBe(200)
  })

  it('who bears the API key reaches only what is open to it', async () => {
    await using api = await startApi()
    const headers = { Authorization: 'Bearer key' }
    expect((await api.send('DELETE', '/things/c1', { headers })).status).toBe(204)
    const refused = await api.send('GET', '/things/c1', { headers })
    expect(refused.status).toBe(403)
    expect(await refused.json()).toEqual(failing('FORBIDDEN'))
  })

  it('stands in the log line with the route’s pattern', async () => {
    await using api = await startApi()
    await (await api.send('GET', '/things/c1')).text()
    expect(api.lines.at(-1)).toMatchObject({ user_id: 'u1', route: '/api/v1/things/:courseId' })
  })

  it('who is over the limit is RATE_LIMITED', async () => {
    await using api = await startApi()
    api.limit()
    expect((await api.send('GET', '/things/c1')).status).toBe(429)
  })

  it('holds its place until its work is done, also when nobody waits for the answer any more', async () => {
    await using api = await startApi()
    const caller = new AbortController()
    const given = api.send('GET', '/slow', { signal: caller.signal }).catch(() => 'given up')
    await api.slow.begun
    caller.abort()
    expect(await given).toBe('given up')
    // The server has seen the end of that connection once it has logged it.
    await expect.poll(() => api.lines.some(({ status }) => status === 'aborted')).toBe(true)
    expect(api.leftCount()).toBe(0)
    api.slow.end()
    await expect.poll(() => api.leftCount()).toBe(1)
  })

  it('holds a place until the answer has ended', async () => {
    await using api = await startApi()
    await (await api.send('GET', '/download')).text()
    await (await api.send('GET', '/broken')).text()
    expect(api.entered).toEqual(['report', 'event'])
    expect(api.leftCount()).toBe(2)
  })
})
