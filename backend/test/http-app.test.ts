import { request as httpRequest } from 'node:http'
import { Router } from 'express'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../src/config/config.ts'
import { createHttpApp } from '../src/http/http-app.ts'
import { createMetrics } from '../src/http/metrics.ts'
import { AppError, rateLimited } from '../src/shared/errors.ts'
import { captureLog } from './harness/log-capture.ts'
import { serve } from './harness/serve.ts'

const ORIGIN = 'https://lms.example.org'

async function startApp(environment: Record<string, string> = { ALLOWED_ORIGINS: ORIGIN }) {
  const api = Router()
  api.get('/fine', (_request, response) => void response.json({ success: true, data: 1 }))
  api.get('/app-error', () => {
    throw new AppError('CONFLICT', 'Not now.', { reason: 'test' })
  })
  api.get('/unknown-error', async () => {
    throw new Error('SELECT secret FROM /etc/passwd')
  })
  api.get('/limited', () => {
    throw rateLimited(1_001)
  })
  api.get('/half', (_request, response) => {
    response.write('half of it')
    throw new Error('broke off')
  })
  api.get('/ip', (request, response) => void response.json({ success: true, data: request.ip }))
  api.get('/param/:id', (request, response) => void response.json({ success: true, data: request.params['id'] }))
  const { logger, lines } = captureLog()
  const metrics = createMetrics()
  const config = loadConfig(environment).http
  const { url, ...server } = await serve(createHttpApp({ config, logger, metrics, root: [], api: [api] }))
  return { url: `${url}/api/v1`, lines, metrics, ...server }
}

describe('a failure', () => {
  it('that the client may know has its status, code, message and details in the envelope', async () => {
    await using app = await startApp()
    const response = await fetch(`${app.url}/app-error`)
    expect(response.status).toBe(409)
    expect(await response.json()).toEqual({
      success: false,
      error: { code: 'CONFLICT', message: 'Not now.', details: { reason: 'test' } },
    })
  })

  it('of any other kind leaves as INTERNAL without a word of it, and is logged with the request’s id', async () => {
    await using app = await startApp()
    const response = await fetch(`${app.url}/unknown-error`)
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(JSON.parse(text).error.code).toBe('INTERNAL')
    expect(text).not.toMatch(/SELECT|passwd|at /)
    const line = app.lines.find(({ msg }) => msg === 'request failed')
    expect(line).toMatchObject({ level: 'error', request_id: response.headers.get('x-request-id') })
    expect(line).toMatchObject({ err: { message: 'SELECT secret FROM /etc/passwd' } })
  })

  it('RATE_LIMITED says when to come back, in whole seconds that are not too short', async () => {
    await using app = await startApp()
    const response = await fetch(`${app.url}/limited`)
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await response.json()).toMatchObject({ error: { details: { retry_after_ms: 1001 } } })
  })

  it('in the middle of an answer ends the connection, so that half is not taken for whole', async () => {
    await using app = await startApp()
    await expect(fetch(`${app.url}/half`).then((response) => response.text())).rejects.toThrow()
  })

  it.each([
    ['GET', '/nowhere'],
    ['POST', '/fine'],
    ['DELETE', '/fine'],
    ['OPTIONS', '/fine'],
    ['PROPFIND', '/fine'],
    ['GET', '/../../../etc/passwd'],
  ])('NOT_FOUND: %s %s', async (method, path) => {
    await using app = await startApp()
    const response = await fetch(`${app.url}${path}`, { method })
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({ success: false, error: { code: 'NOT_FOUND', message: 'No such route.' } })
  })

  it('of a path that does not decode is VALIDATION_FAILED', async () => {
    await using app = await startApp()
    const response = await fetch(`${app.url}/param/%E0%A4%A`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'VALIDATION_FAILED' } })
  })
})

describe('every answer', () => {
  it('bears a request id of ours, not the client’s, and so does its one log line', async () => {
    await using app = await startApp()
    const response = await fetch(`${app.url}/fine?token=secret`, {
      headers: { 'X-Request-Id': 'mine', Authorization: 'Bearer abc' },
    })
    const id = response.headers.get('x-request-id')
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/)
    await response.text()
    const lines = app.lines.filter(({ msg }) => msg === 'request')
    expect(lines).toEqual([
      expect.objectContaining({ request_id: id, method: 'GET', status: 200, ms: expect.any(Number) }),
    ])
    expect(JSON.stringify(app.lines)).not.toMatch(/secret|abc|mine/)
  })

  it('of the API is not cached, is sniffed by nobody and says nothing of what serves it', async () => {
    await using app = await startApp()
    const { headers } = await fetch(`${app.url}/fine`)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.has('x-powered-by')).toBe(false)
    expect(headers.has('strict-transport-security')).toBe(false)
  })

  it('asks for https for this host alone, where PUBLIC_URL is https', async () => {
    await using app = await startApp({ PUBLIC_URL: ORIGIN })
    const { headers } = await fetch(`${app.url}/fine`)
    expect(headers.get('strict-transport-security')).toBe('max-age=15552000')
  })

  it('is measured by its route, never by its path', async () => {
    await using app = await startApp()
    await (await fetch(`${app.url}/nowhere/at/all`)).text()
    const text = await app.metrics.text()
    expect(text).toContain('lectern_http_request_seconds_count{method="GET",route="unmatched",status="404"} 1')
    expect(text).not.toContain('nowhere')
    expect(text).toMatch(/nodejs_eventloop_lag_p99_seconds/)
  })
})

describe('CORS', () => {
  it('lets an allowed origin read answers, failures too, with credentials and the headers it needs', async () => {
    await using app = await startApp()
    for (const path of ['/fine', '/app-error', '/nowhere']) {
      const { headers } = await fetch(`${app.url}${path}`, { headers: { Origin: ORIGIN } })
      expect(headers.get('access-control-allow-origin')).toBe(ORIGIN)
      expect(headers.get('access-control-allow-credentials')).toBe('true')
      expect(headers.get('vary')).toContain('Origin')
      for (const name of [
        'Location',
        'Upload-Offset',
        'Tus-Resumable',
        'File-Id',
        'Content-Disposition',
        'Retry-After',
        'X-Request-Id',
      ]) {
        expect(headers.get('access-control-expose-headers')).toContain(name)
      }
    }
  })

  it('answers the preflight of an allowed origin', async () => {
    await using app = await startApp()
    const response = await preflight(app.url, ORIGIN)
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe(ORIGIN)
    expect(response.headers.get('access-control-allow-methods')).toContain('PATCH')
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization,content-type')
  })

  it.each(['https://evil.example', 'null', `${ORIGIN}.evil.example`, 'http://lms.example.org'])(
    'tells %s nothing',
    async (origin) => {
      await using app = await startApp()
      const responses = [
        await fetch(`${app.url}/fine`, { headers: { Origin: origin } }),
        await preflight(app.url, origin),
      ]
      for (const { headers } of responses) {
        const names = [...headers.keys()].filter((name) => name.startsWith('access-control-'))
        expect(names).toEqual([])
        expect(headers.get('vary')).toContain('Origin')
      }
    },
  )
})

const preflight = (url: string, origin: string) =>
  fetch(`${url}/fine`, {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'PATCH',
      'Access-Control-Request-Headers': 'authorization,content-type',
    },
  })

describe('behind a proxy', () => {
  const forwarded = { 'X-Forwarded-For': '203.0.113.7' }
  it.each([
    [undefined, '127.0.0.1'],
    ['loopback', '203.0.113.7'],
    ['1', '203.0.113.7'],
    ['10.0.0.0/8', '127.0.0.1'],
  ])('with TRUST_PROXY %s the caller’s address is %s', async (trusted, ip) => {
    await using app = await startApp(trusted === undefined ? {} : { TRUST_PROXY: trusted })
    const response = await fetch(`${app.url}/ip`, { headers: forwarded })
    expect(await response.json()).toMatchObject({ data: ip })
  })
})

it('a request that is not HTTP harms nobody else', async () => {
  await using app = await startApp()
  const { promise, resolve } = Promise.withResolvers<number | undefined>()
  const request = httpRequest(`${app.url}/fine`, { headers: { 'Content-Length': 'ten' } }, (response) =>
    resolve(response.statusCode),
  )
  request.on('error', () => resolve(undefined))
  request.end()
  expect(await promise).toBe(400)
  expect((await fetch(`${app.url}/fine`)).status).toBe(200)
})
