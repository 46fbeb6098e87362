import { AUTH_ROUTES, LIMITS } from '@lectern/protocol'
import { Router } from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../src/config/config.ts'
import { Authentication } from '../src/http/authentication.ts'
import { CookieJar } from '../src/http/cookies.ts'
import { createHttpApp } from '../src/http/http-app.ts'
import { createMetrics } from '../src/http/metrics.ts'
import { createRouteBinder } from '../src/http/route-binder.ts'
import { setupPage } from '../src/http/setup-page.ts'
import { cookieAnswers } from '../src/modules/courses/accounts.controller.ts'
import { accountRoutes } from '../src/modules/courses/accounts.routes.ts'
import { serve } from './harness/serve.ts'
import { TestApi } from './harness/test-api.ts'
import { signTestToken } from './harness/test-token.ts'
import { openTestAccounts, PASSWORD, START } from './open-test-accounts.ts'

const PUBLIC_URL = 'https://lectern.example'
const API_KEY = 'the-administration-of-the-LMS-calls-with-this'
const OWN = { Origin: PUBLIC_URL }
const EVIL = { Origin: 'https://evil.example' }

/** @param home where the set-up page leads to */
async function startIdentity(home?: string) {
  const test = await openTestAccounts()
  const { clock, logger, service: accounts, firstRun, users } = test
  const config = loadConfig({ PUBLIC_URL, ALLOWED_ORIGINS: 'https://lms.example' }).http
  const allowedOrigins = new Set([config.publicUrl, ...config.allowedOrigins])
  const authentication = new Authentication({
    authenticator: test.authenticator,
    adminApiKey: API_KEY,
    allowedOrigins,
    logger,
  })
  const bindRoutes = createRouteBinder({
    authenticate: (request, auth) => authentication.actorOf(request, auth),
    limits: { enter: () => () => undefined },
  })
  const cookies = new CookieJar(true)
  const api = Router()
  accountRoutes(api, bindRoutes, { accounts, firstRun, users, authentication, cookies, clock })
  const { signIn } = cookieAnswers({ cookies, clock })
  const page = setupPage({ firstRun, signIn, publicUrl: PUBLIC_URL, home })
  const server = await serve(createHttpApp({ config, logger, metrics: createMetrics(), root: [page], api: [api] }))
  const dispose = async () => {
    await server[Symbol.asyncDispose]()
    await test[Symbol.asyncDispose]()
  }
  return { ...test, url: server.url, [Symbol.asyncDispose]: dispose }
}

let test: Awaited<ReturnType<typeof startIdentity>>
let api: TestApi
beforeAll(async () => {
  test = await startIdentity()
  api = new TestApi(test.url)
})
afterAll(() => test[Symbol.asyncDispose]())

let serial = 0
async function signedIn() {
  const { email, id } = await test.account(`http-${++serial}@school.example`)
  const answer = await api.post('/auth/login', { email, password: PASSWORD })
  return { id, email, answer, jar: jarOf(answer.headers) }
}

/** `Set-Cookie` as the next request's `Cookie`. */
const jarOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

const withCookies = (jar: string, headers: Record<string, string> = {}) => ({ headers: { Cookie: jar, ...headers } })

describe('signing in', () => {
  it('answers user and access token, and sets both cookies as the contract has them', async () => {
    const { answer, id } = await signedIn()
    expect(AUTH_ROUTES.login.response.parse(answer.data)).toMatchObject({
      user: { id },
      expires_at: '2026-01-05T08:15:00.000Z',
    })
    expect(answer.data).not.toHaveProperty('refresh_token')
    const [access, refresh] = answer.headers.getSetCookie()
    expect(access).toMatch(/^lectern_access=[^;]+; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    expect(refresh).toMatch(
      /^lectern_refresh=[^;]+; Max-Age=2592000; Path=\/api\/v1\/auth; HttpOnly; Secure; SameSite=Strict$/,
    )
  })

  it('of an app answers the refresh token too, which it sends back in the body', async () => {
    const { email } = await signedIn()
    const answer = await api.post('/auth/login', { email, password: PASSWORD, client: 'app' })
    const { refresh_token } = AUTH_ROUTES.login.response.parse(answer.data)
    const next = await api.post('/auth/refresh', { refreshToken: refresh_token })
    const { refresh_token: second } = AUTH_ROUTES.refresh.response.parse(next.data)
    expect(second).not.toBe(refresh_token)
    expect((await api.post('/auth/logout', { refresh_token: second })).status).toBe(204)
    expect((await api.post('/auth/refresh', { refresh_token: second })).error?.code).toBe('UNAUTHENTICATED')
  })

  it('is refused from a page of another site, with cookies of ours or without', async () => {
    const { email, jar } = await signedIn()
    const body = { email, password: PASSWORD }
    expect((await api.post('/auth/login', body, { headers: EVIL })).status).toBe(403)
    expect((await api.post('/auth/login', body, withCookies(jar))).status).toBe(403)
    expect((await api.post('/auth/login', body, withCookies(jar, OWN))).status).toBe(200)
  })

  it('is not cached, and no log line bears a token, a password or an address', async () => {
    const { answer, email, jar } = await signedIn()
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const log = JSON.stringify(test.lines)
    for (const secret of [PASSWORD, email ?? '', ...jar.split('; ').map((cookie) => cookie.split('=')[1] ?? '')])
      expect(log).not.toContain(secret)
  })
})

describe('a request', () => {
  const codeOf = async (path: string, headers: Record<string, string>, method = 'GET', body?: unknown) => {
    const { status, error } = await api.request(method, path, body, { headers })
    return error?.code ?? status
  }

  it('is its Bearer’s, or its cookie’s, and the Bearer wins', async () => {
    const { jar, id } = await signedIn()
    const external = await signTestToken({ sub: 'an' }, START)
    expect((await api.get('/auth/me', withCookies(jar))).data).toMatchObject({ id })
    const both = await api.get('/auth/me', withCookies(jar, { Authorization: `bearer ${external}` }))
    expect(both.data).toMatchObject({ id: 'an' })
    expect(await codeOf('/auth/me', { Cookie: jar, Authorization: 'Bearer wrong' })).toBe('UNAUTHENTICATED')
  })

  it('is nobody’s by a token in the query string, a cookie of another name, or nothing', async () => {
    const token = await signTestToken({ sub: 'an' }, START)
    expect(await codeOf(`/auth/me?token=${token}&access_token=${token}`, {})).toBe('UNAUTHENTICATED')
    expect(await codeOf('/auth/me', { Cookie: `token=${token}` })).toBe('UNAUTHENTICATED')
    expect(await codeOf('/auth/me', { Authorization: `Basic ${token}` })).toBe('UNAUTHENTICATED')
  })

  it.each([
    ['its own origin', OWN, 200],
    ['an allowed origin', { Origin: 'https://lms.example' }, 200],
    ['an own page that sends a referer alone', { Referer: `${PUBLIC_URL}/profile` }, 200],
    ['a browser that calls it same-origin', { 'Sec-Fetch-Site': 'same-origin' }, 200],
    ['another site', EVIL, 'FORBIDDEN'],
    ['a sandboxed frame', { Origin: 'null' }, 'FORBIDDEN'],
    ['a browser that calls it cross-site', { 'Sec-Fetch-Site': 'cross-site' }, 'FORBIDDEN'],
    ['nobody knows where', {}, 'FORBIDDEN'],
  ])(
    'that changes something by a cookie, from %s: %j %s',
    async (_where, headers: Record<string, string>, expected) => {
      const { jar } = await signedIn()
      expect(await codeOf('/auth/me', { Cookie: jar, ...headers }, 'PATCH', { locale: 'vi' })).toBe(expected)
      expect(await codeOf('/auth/me', { Cookie: jar, ...headers })).toBe(200)
      const refreshed = await codeOf('/auth/refresh', { Cookie: jar, ...headers }, 'POST')
      expect(refreshed).toBe(expected)
      const closed = await codeOf('/auth/session', { Cookie: jar, ...headers }, 'DELETE')
      expect(closed).toBe(expected === 200 ? 204 : expected)
      const out = await codeOf('/auth/logout', { Cookie: jar, ...headers }, 'POST')
      expect(out).toBe(expected === 200 ? 204 : expected)
    },
  )

  it('that changes something by a Bearer needs no origin', async () => {
    const token = await signTestToken({ sub: 'an' }, START)
    expect(await codeOf('/auth/me', { Authorization: `Bearer ${token}`, ...EVIL }, 'PATCH', { locale: 'vi' })).toBe(200)
  })
})

it('signing out ends the family and clears both cookies', async () => {
  const { jar } = await signedIn()
  const out = await api.post('/auth/logout', undefined, withCookies(jar, OWN))
  expect(out.headers.getSetCookie()).toEqual([
    'lectern_access=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
    'lectern_refresh=; Max-Age=0; Path=/api/v1/auth; HttpOnly; Secure; SameSite=Strict',
  ])
  expect((await api.post('/auth/refresh', {}, withCookies(jar, OWN))).error?.code).toBe('UNAUTHENTICATED')
})

describe('POST /auth/session', () => {
  it('puts a Bearer token into the access cookie until the token’s end, and DELETE clears it', async () => {
    const token = await signTestToken({ sub: 'an', expiresIn: 600 }, START)
    const opened = await new TestApi(test.url, token).post('/auth/session')
    expect(opened.status).toBe(204)
    expect(opened.headers.getSetCookie()).toEqual([
      `lectern_access=${token}; Max-Age=600; Path=/; HttpOnly; Secure; SameSite=Lax`,
    ])
    expect((await api.get('/auth/me', withCookies(jarOf(opened.headers)))).data).toMatchObject({ id: 'an' })
    const closed = await api.delete('/auth/session', withCookies(jarOf(opened.headers), OWN))
    expect(closed.headers.getSetCookie()).toEqual([
      'lectern_access=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
    ])
  })

  it('ID11: clears the refresh cookie of who was signed in before, where the Bearer is of an LMS', async () => {
    const { jar, answer } = await signedIn()
    const { access_token: token } = AUTH_ROUTES.login.response.parse(answer.data)
    const external = new TestApi(test.url, await signTestToken({ sub: 'an' }, START))
    const opened = await external.post('/auth/session', undefined, withCookies(jar, OWN))
    expect(opened.headers.getSetCookie().slice(1)).toEqual([
      'lectern_refresh=; Max-Age=0; Path=/api/v1/auth; HttpOnly; Secure; SameSite=Strict',
    ])
    const own = await new TestApi(test.url, token).post('/auth/session', undefined, withCookies(jar, OWN))
    expect(own.headers.getSetCookie()).toHaveLength(1)
  })

  it('needs the Bearer, and a token that a browser keeps', async () => {
    const { jar } = await signedIn()
    expect((await api.post('/auth/session', undefined, withCookies(jar, OWN))).status).toBe(401)
    const courses = Object.fromEntries(
      Array.from({ length: 120 }, (_, i) => [`a-course-of-the-lms-${i}`, 'student'] as const),
    )
    const long = await signTestToken({ sub: 'an', courses }, START)
    expect((await new TestApi(test.url, long).post('/auth/session')).error?.code).toBe('PAYLOAD_TOO_LARGE')
    expect((await new TestApi(test.url, long).get('/auth/me')).status).toBe(200)
  })
})

describe('the API key', () => {
  const key = () => new TestApi(test.url, API_KEY)

  it('manages external users', async () => {
    const made = await key().post('/users', { id: 'lms-7', name: 'Seven', role: 'student' })
    expect(made.status).toBe(201)
    expect((await key().patch('/users/lms-7', { disabled: true })).data).toMatchObject({ disabled: true })
    const refused = await new TestApi(test.url, await signTestToken({ sub: 'lms-7' }, START)).get('/auth/me')
    expect(refused.error?.code).toBe('UNAUTHENTICATED')
    expect((await key().delete('/users/lms-7')).status).toBe(204)
  })

  it('is FORBIDDEN elsewhere, and each use is logged without it', async () => {
    expect((await key().get('/auth/me')).error?.code).toBe('FORBIDDEN')
    const uses = test.lines.filter(({ audit }) => audit === 'api_key')
    expect(uses.at(-1)).toMatchObject({ method: 'GET', route: '/api/v1/auth/me', allowed: false })
    expect(JSON.stringify(test.lines)).not.toContain(API_KEY)
  })

  it.each([API_KEY.slice(1), `${API_KEY}x`, API_KEY.toUpperCase()])(
    'is nothing when it is another: %s',
    async (other) => {
      expect((await new TestApi(test.url, other).get('/users')).error?.code).toBe('UNAUTHENTICATED')
    },
  )

  it('is no cookie', async () => {
    expect((await api.get('/users', withCookies(`lectern_access=${encodeURIComponent(API_KEY)}`))).status).toBe(401)
  })
})

describe('the set-up page', () => {
  const form = { name: 'Quản trị <b>', email: 'root@school.example', password: PASSWORD }
  const post = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${test.url}/setup`, { method: 'POST', body: new URLSearchParams(fields), headers })
  const get = (token: string, headers: Record<string, string> = {}) =>
    fetch(`${test.url}/setup?token=${encodeURIComponent(token)}`, { headers })

  it('is not shown without the token, nor can anybody post without it', async () => {
    await test.firstRun.open()
    for (const token of ['', 'guess', '"><script>']) {
      const answers = [await get(token), await post({ ...form, token })]
      for (const answer of answers) {
        expect(answer.status).toBe(403)
        expect(await answer.text()).not.toMatch(/<form|<script/)
      }
    }
    expect((await fetch(`${test.url}/setup`)).status).toBe(403)
    expect((await api.get('/auth/setup')).data).toEqual({ needed: true })
  })

  it('OP20: loads nothing, runs no script, is not cached, and speaks Vietnamese and English', async () => {
    const token = (await test.firstRun.open()) ?? ''
    const english = await get(token)
    expect(english.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect(english.headers.get('cache-control')).toBe('no-store')
    const text = await english.text()
    expect(text).toContain(`value="${token}"`)
    expect(text).toContain('<html lang="en">')
    expect(text).not.toMatch(/<script|\son\w+=|style="/)
    expect(await (await get(token, { 'Accept-Language': 'vi-VN,vi;q=0.9' })).text()).toContain('Thiết lập Lectern')
  })

  it('says what is wrong and keeps what was entered but the password, then makes the administrator once', async () => {
    const token = (await test.firstRun.open()) ?? ''
    const short = await post({ ...form, token, password: 'short' })
    expect(short.status).toBe(400)
    const again = await short.text()
    expect(again).toContain('value="Quản trị &lt;b&gt;"')
    expect(again).not.toContain('short')
    const done = await post({ ...form, token })
    expect(done.status).toBe(201)
    expect((await api.get('/auth/me', withCookies(jarOf(done.headers)))).data).toMatchObject({
      role: 'admin',
      name: form.name,
    })
    expect((await post({ ...form, token, email: 'second@school.example' })).status).toBe(403)
    expect((await api.get('/auth/setup')).data).toEqual({ needed: false })
    expect((await api.post('/auth/setup', { ...form, token })).error?.code).toBe('FORBIDDEN')
  })

  it('OP20: leads the new administrator, signed in, to the web client, and who comes too late as well', async () => {
    await using other = await startIdentity('/')
    const token = (await other.firstRun.open()) ?? ''
    const body = new URLSearchParams({ ...form, token })
    const done = await fetch(`${other.url}/setup`, { method: 'POST', body, redirect: 'manual' })
    expect(done.status).toBe(303)
    expect(done.headers.get('location')).toBe('/')
    const me = await new TestApi(other.url).get('/auth/me', withCookies(jarOf(done.headers)))
    expect(me.data).toMatchObject({ role: 'admin' })
    const late = await fetch(`${other.url}/setup?token=${token}`)
    expect(late.status).toBe(403)
    expect(await late.text()).toContain('<a href="/">')
  })
})

it('a token of the greatest length comes in by a header', async () => {
  const lengthOf = async (padding: number) =>
    (await signTestToken({ sub: 'an', name: 'x'.repeat(padding) }, START)).length
  const padding = Math.floor(((LIMITS.token - (await lengthOf(0))) * 3) / 4)
  const token = await signTestToken({ sub: 'an', name: 'x'.repeat(padding) }, START)
  expect(token.length).toBeGreaterThan(LIMITS.token - 10)
  expect((await new TestApi(test.url, token).get('/auth/me')).status).toBe(200)
  const longer = await signTestToken({ sub: 'an', name: 'x'.repeat(padding + 20) }, START)
  expect((await new TestApi(test.url, longer).get('/auth/me')).error?.code).toBe('UNAUTHENTICATED')
})
