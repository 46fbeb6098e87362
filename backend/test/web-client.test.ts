import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadWebClient } from '../src/http/web-client.files.ts'
import { startTestServer, type TestServer } from './harness/start-test-server.ts'

const LMS = 'https://lms.example.org'
const PAGES = [
  '/',
  '/sign-in',
  '/register',
  '/join/ABC',
  '/courses/c1',
  '/courses/c1/members',
  '/courses/c1/files',
  '/courses/c1/files/f1',
  '/settings',
]
const SCRIPT = `console.log(${JSON.stringify('lectern '.repeat(200))})`
const BUILD: Readonly<Record<string, string | Buffer>> = {
  'index.html':
    '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script type="module" nonce="__CSP_NONCE__" src="/assets/index-1a.js"></script><meta name="lectern-registration" content="__REGISTRATION__">',
  'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'robots.txt': 'User-agent: *\nDisallow: /\n',
  'emoji/vi/data.json': '[]',
  '.vite/manifest.json': '{}',
  'assets/index-1a.js': SCRIPT,
  'assets/index-1a.js.br': brotliCompressSync(SCRIPT),
  'assets/index-1a.js.gz': gzipSync(SCRIPT),
  'assets/inter-2b.woff2': Buffer.from([0x77, 0x4f, 0x46, 0x32]),
}

let folder: string
let server: TestServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'web-client-'))
  for (const [name, content] of Object.entries(BUILD)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  server = await startTestServer({ env: { ALLOWED_ORIGINS: LMS }, webClient: loadWebClient(folder) })
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

/** As it goes over the wire: `fetch` would add an encoding, unpack what comes and clean the path. */
async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const sent = request(new URL(server.url), { path, method, headers }).end()
  const [answer] = await once(sent, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk)
  return { status: Number(answer.statusCode), headers: answer.headers, body: Buffer.concat(chunks) }
}

const nonceOf = (policy: unknown): string => /'nonce-([^']+)'/.exec(String(policy))?.[1] ?? ''

describe('the API below the web client', () => {
  it.each(['/api/v1/files/tus', '/api/v1/files/tus/', '/api/v1/files/tus/some-upload'])(
    'FI28 answers OPTIONS %s itself',
    async (path) => {
      const { status, headers } = await fetch(server.url + path, { method: 'OPTIONS' })
      expect([status, headers.get('tus-version'), headers.get('allow')]).toEqual([204, '1.0.0', null])
    },
  )
})

describe('the page', () => {
  it('OP16: says to a browser that there is no such page, and to all others by the code', async () => {
    const html = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
    const { status, headers, body } = await get('/nowhere/at-all', html)
    expect(status).toBe(404)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(body.toString()).toContain(nonceOf(headers['content-security-policy']))
    for (const [path, accepted] of [
      ['/nowhere/at-all', {}],
      ['/api/v1/nowhere', html],
      ['/assets/gone.js', html],
    ] as const) {
      const answer = await get(path, accepted)
      expect(answer.status).toBe(404)
      expect(JSON.parse(answer.body.toString())).toMatchObject({ error: { code: 'NOT_FOUND' } })
    }
  })

  it.each(PAGES)('OP16: is at %s, for HEAD too, and is asked for again at each visit', async (path) => {
    const { status, headers, body } = await get(path)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['cache-control']).toBe('no-cache')
    expect(body.toString()).toContain('src="/assets/index-1a.js"')
    const head = await get(path, {}, 'HEAD')
    expect(head).toMatchObject({ status: 200, headers: { 'content-length': String(body.length) } })
    expect(head.body).toHaveLength(0)
  })

  it.each([
    ['GET', '/nowhere'],
    ['GET', '/courses'],
    ['GET', '/courses/c1/nowhere'],
    ['GET', '/index.html'],
    ['GET', '/.vite/manifest.json'],
    ['GET', '/api/v1/nowhere'],
    ['POST', '/'],
    ['DELETE', '/settings'],
  ])('OP16: is not at %s %s', async (method, path) => {
    const { status, headers, body } = await get(path, {}, method)
    expect(status).toBe(404)
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
    expect(JSON.parse(body.toString())).toMatchObject({ error: { code: 'NOT_FOUND' } })
  })

  it('OP17: bears a nonce that no other response has, in the policy and wherever the build left a place', async () => {
    const pages = [await get('/'), await get('/')]
    const nonces = pages.map(({ headers }) => nonceOf(headers['content-security-policy']))
    expect(new Set(nonces).size).toBe(2)
    for (const [index, { body }] of pages.entries()) {
      const placed = [...body.toString().matchAll(/nonce="([^"]*)"/g)].map(([, nonce]) => nonce)
      expect(placed).toEqual([nonces[index], nonces[index]])
      expect(Buffer.from(nonces[index] ?? '', 'base64')).toHaveLength(16)
    }
  })

  it.each([undefined, 'open', 'closed'])(
    'OP16: says whether people may make accounts: AUTH_REGISTRATION %s',
    async (set) => {
      const env = set === undefined ? {} : { AUTH_REGISTRATION: set }
      await using other = await startTestServer({ env, webClient: loadWebClient(folder) })
      const page = await (await fetch(other.url)).text()
      expect(page).toContain(`<meta name="lectern-registration" content="${set ?? 'invite'}">`)
    },
  )

  it('OP17: loads from its own origin alone, and is framed there and by ALLOWED_ORIGINS alone', async () => {
    const { headers } = await get('/courses/c1')
    const policy = String(headers['content-security-policy'])
    expect(policy.replace(nonceOf(policy), '…').split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'nonce-…'",
      "img-src 'self' data:",
      "media-src 'self'",
      "frame-src 'self'",
      "font-src 'self'",
      "connect-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      `frame-ancestors 'self' ${LMS}`,
    ])
    expect(headers).not.toHaveProperty('x-frame-options')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect((await get('/api/docs')).headers['x-frame-options']).toBe('SAMEORIGIN')
  })
})

describe('a file', () => {
  const SCRIPT_PATH = '/assets/index-1a.js'
  const plain = (body: Buffer) => body.toString()

  it.each([
    ['gzip, deflate, br, zstd', 'br', (body: Buffer) => brotliDecompressSync(body).toString()],
    ['gzip', 'gzip', (body: Buffer) => gunzipSync(body).toString()],
    ['br;q=0, gzip', 'gzip', (body: Buffer) => gunzipSync(body).toString()],
    ['identity', undefined, plain],
    ['', undefined, plain],
  ])('OP18: goes to who takes “%s” as %s', async (accepted, encoding, decode) => {
    const { status, headers, body } = await get(SCRIPT_PATH, { 'Accept-Encoding': accepted })
    expect(status).toBe(200)
    expect(headers['content-encoding']).toBe(encoding)
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(headers['content-length']).toBe(String(body.length))
    expect(headers.vary).toContain('Accept-Encoding')
    expect(decode(body)).toBe(SCRIPT)
  })

  it('OP18: below /assets/ is kept for a year, with the type of its name', async () => {
    const { headers, body } = await get('/assets/inter-2b.woff2', { 'Accept-Encoding': 'br' })
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(headers['content-type']).toBe('font/woff2')
    expect(headers).not.toHaveProperty('content-encoding')
    expect(body).toEqual(BUILD['assets/inter-2b.woff2'])
  })

  it('OP18: answers HEAD without a body', async () => {
    const { status, headers, body } = await get(SCRIPT_PATH, { 'Accept-Encoding': 'br' }, 'HEAD')
    expect(status).toBe(200)
    expect(headers['content-encoding']).toBe('br')
    expect(headers['content-length']).toBe(String(brotliCompressSync(SCRIPT).length))
    expect(body).toHaveLength(0)
  })

  it.each(['/favicon.svg', '/robots.txt', '/emoji/vi/data.json'])(
    'OP18: %s is asked for again at each visit, and sent when it has changed',
    async (path) => {
      const { status, headers, body } = await get(path)
      expect(status).toBe(200)
      expect(headers['cache-control']).toBe('no-cache')
      expect(body.toString()).toBe(BUILD[path.slice(1)])
      const again = await get(path, { 'If-None-Match': String(headers.etag) })
      expect({ status: again.status, length: again.body.length }).toEqual({ status: 304, length: 0 })
      expect((await get(path, { 'If-None-Match': 'W/"another"' })).status).toBe(200)
    },
  )

  it.each([
    '/assets/index-0f.js',
    '/assets/',
    '/assets/index-1a.js/',
    '/assets/index-1a.js.br',
    '/assets/../index.html',
    '/assets/..%2findex.html',
    '/assets/../../package.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..\\..\\package.json',
    '/assets/index-1a.js%00',
  ])('OP18: %s is not one, and nobody keeps that answer', async (path) => {
    const { status, headers, body } = await get(path)
    expect(status).toBe(404)
    expect(headers['cache-control']).toBe('no-store')
    expect(JSON.parse(body.toString())).toMatchObject({ error: { code: 'NOT_FOUND' } })
  })

  it('is whole, whatever range is asked for', async () => {
    const { status, body } = await get(SCRIPT_PATH, { Range: 'bytes=9-2' })
    expect({ status, text: body.toString() }).toEqual({ status: 200, text: SCRIPT })
  })
})

it('is the build that was there at the start, also when another has taken its place', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'web-client-'))
  await writeFile(join(copy, 'index.html'), 'first')
  await using other = await startTestServer({ webClient: loadWebClient(copy) })
  await rm(copy, { recursive: true })
  expect(await (await fetch(other.url)).text()).toBe('first')
})

it('OP19: without a build, / leads to the reference', async () => {
  expect(loadWebClient(join(folder, 'nowhere'))).toBeUndefined()
  expect(loadWebClient(join(folder, 'assets'))).toBeUndefined()
  await using other = await startTestServer()
  const answer = await fetch(other.url, { redirect: 'manual' })
  expect(answer.status).toBe(302)
  expect(answer.headers.get('location')).toBe('/api/docs')
  expect((await fetch(`${other.url}/sign-in`)).status).toBe(404)
})
