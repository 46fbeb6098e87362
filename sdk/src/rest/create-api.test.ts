import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createApi } from './create-api.ts'

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void

/** A server that answers as the test says; `count` is the number of the request. */
async function serve(handler: Handler) {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`)
    handler(request, response, requests.length)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server listens on no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'Content-Type': 'application/json', 'X-Request-Id': 'request-1', ...headers })
  response.end(JSON.stringify(body))
}

const failed = (code: string, details?: object) => ({
  success: false,
  error: { code, message: `It is ${code}.`, details },
})
const course = { courseId: 'toan' }

describe('a call', () => {
  it('answers with data and meta', async () => {
    await using server = await serve((_, response) =>
      json(response, 200, { success: true, data: [], meta: { limit: 2, next_cursor: null } }),
    )
    const api = createApi({ url: server.url, token: 'one' })
    expect(await api.listCourses({ query: { limit: 2 } })).toEqual({ data: [], meta: { limit: 2, next_cursor: null } })
    expect(server.requests).toEqual(['GET /api/v1/courses?limit=2 Bearer one'])
  })

  it('answers nothing where there is nothing', async () => {
    await using server = await serve((_, response) => response.writeHead(204).end())
    const api = createApi({ url: server.url, token: 'one' })
    expect(await api.archiveCourse({ params: course })).toEqual({ data: undefined, meta: undefined })
  })

  it('throws what the server answered, with the id of the request', async () => {
    await using server = await serve((_, response) => json(response, 409, failed('CONFLICT', { seq: 3 })))
    const api = createApi({ url: server.url, token: 'one' })
    await expect(api.archiveCourse({ params: course })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'It is CONFLICT.',
      details: { seq: 3 },
      requestId: 'request-1',
    })
  })

  it('takes Retry-After where the error says nothing of its own', async () => {
    await using server = await serve((_, response) =>
      json(response, 429, failed('RATE_LIMITED'), { 'Retry-After': '7' }),
    )
    const api = createApi({ url: server.url })
    await expect(api.login({ body: { email: 'an@example.org', password: 'x' } })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: 7_000,
    })
  })

  it.each([
    ['a page of a proxy', 502, '<html>Bad gateway</html>'],
    ['JSON of somebody else', 200, '{"hello":"world"}'],
    ['a success with the status of a failure', 500, '{"success":true,"data":{}}'],
    ['a failure without an error', 400, '{"success":false}'],
  ])('is NETWORK where the answer is %s', async (_, status, body) => {
    await using server = await serve((_request, response) => response.writeHead(status).end(body))
    const api = createApi({ url: server.url, token: 'one' })
    await expect(api.createCourse({ body: { title: 'Toán' } })).rejects.toMatchObject({
      code: 'NETWORK',
      details: { status },
    })
  })

  it('is NETWORK where nobody listens, and TIMEOUT where nobody answers', async () => {
    await using silent = await serve(() => undefined)
    const waiting = createApi({ url: silent.url, token: 'one', timeoutMs: 50 })
    await expect(waiting.createCourse({ body: { title: 'Toán' } })).rejects.toMatchObject({ code: 'TIMEOUT' })
    await silent[Symbol.asyncDispose]()
    const nobody = createApi({ url: silent.url, token: 'one' })
    await expect(nobody.createCourse({ body: { title: 'Toán' } })).rejects.toMatchObject({ code: 'NETWORK' })
  })

  it('throws the reason of the signal that aborts it', async () => {
    const asked = Promise.withResolvers<void>()
    await using server = await serve(() => asked.resolve())
    const abort = new AbortController()
    const call = createApi({ url: server.url, token: 'one' }).listCourses({ signal: abort.signal })
    await asked.promise
    abort.abort(new Error('changed my mind'))
    await expect(call).rejects.toThrow('changed my mind')
  })

  it('throws at once while it pauses before another try', async () => {
    const abort = new AbortController()
    await using server = await serve((_, response) => {
      response.once('close', () => abort.abort(new Error('changed my mind')))
      json(response, 503, failed('UNAVAILABLE', { retry_after_ms: 4_000 }))
    })
    const call = createApi({ url: server.url, token: 'one' }).listCourses({ signal: abort.signal })
    await expect(call).rejects.toThrow('changed my mind')
    expect(server.requests).toHaveLength(1)
  })
})

describe('what passes', () => {
  it('is tried again where the call only reads', async () => {
    await using server = await serve((request, response, count) => {
      if (count === 1) request.socket.destroy()
      else if (count === 2) json(response, 503, failed('UNAVAILABLE'))
      else json(response, 200, { success: true, data: [] })
    })
    await expect(createApi({ url: server.url, token: 'one' }).listCourses()).resolves.toMatchObject({ data: [] })
    expect(server.requests).toHaveLength(3)
  })

  it('is not tried again where the call changes something', async () => {
    await using server = await serve((_, response) => json(response, 503, failed('UNAVAILABLE')))
    const call = createApi({ url: server.url, token: 'one' }).createCourse({ body: { title: 'Toán' } })
    await expect(call).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(server.requests).toHaveLength(1)
  })
})

describe('a refused token', () => {
  const taking =
    (good: string): Handler =>
    (request, response) =>
      request.headers.authorization === `Bearer ${good}`
        ? json(response, 200, { success: true, data: [] })
        : json(response, 401, failed('UNAUTHENTICATED'))

  it('is renewed once for all calls that it was refused of, which are made again', async () => {
    await using server = await serve(taking('new'))
    let fetched = 0
    const api = createApi({ url: server.url, token: async () => (fetched++ === 0 ? 'old' : 'new') })
    await Promise.all([api.listCourses(), api.listUnread(), api.listCourses()])
    expect(fetched).toBe(2)
  })

  it('ends the call when the newer one is refused too', async () => {
    await using server = await serve(taking('another'))
    let fetched = 0
    const api = createApi({ url: server.url, token: async () => `token ${fetched++}` })
    await expect(api.listCourses()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(fetched).toBe(2)
  })

  it('is the end where there is no way to a newer one', async () => {
    await using server = await serve(taking('another'))
    await expect(createApi({ url: server.url, token: 'old' }).listCourses()).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      requestId: 'request-1',
    })
  })

  it('is not what a wrong password is', async () => {
    await using server = await serve((_, response) => json(response, 401, failed('UNAUTHENTICATED')))
    let renewed = 0
    const api = createApi({ url: server.url, renew: async () => `token ${renewed++}` })
    await expect(api.login({ body: { email: 'an@example.org', password: 'x' } })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    })
    expect([renewed, server.requests]).toEqual([0, ['POST /api/v1/auth/login -']])
  })

  it('of the cookie is renewed, and goes by itself again', async () => {
    await using server = await serve((_, response, count) =>
      count === 1 ? json(response, 401, failed('UNAUTHENTICATED')) : json(response, 200, { success: true, data: [] }),
    )
    await createApi({ url: server.url, renew: async () => 'new' }).listCourses()
    expect(server.requests).toEqual(['GET /api/v1/courses -', 'GET /api/v1/courses -'])
  })
})
