import { signedUrl } from '@lectern/protocol'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { School } from './school.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: { LIMIT_EVENTS_PER_SEC: '0', LIMIT_UPLOADS_PER_MIN: '0' } })
})
afterAll(() => server[Symbol.asyncDispose]())

async function link(disposition: 'attachment' | 'inline' = 'inline'): Promise<URL> {
  const an = await new School(server).student('an')
  const file = await an.store({ folder: 'chung' })
  const body = { folder: file.folder_id, file: file.filename, disposition }
  const { url } = signedUrl.parse((await an.api.post('/files/signed-url', body)).data)
  const { pathname, search } = new URL(url)
  return new URL(pathname + search, server.url)
}

it('FI45: a link that was changed anywhere is FORBIDDEN, always in the same words', async () => {
  const good = await link()
  const changes: ((url: URL) => void)[] = [
    (url) => url.searchParams.set('disposition', 'attachment'),
    (url) => url.searchParams.set('disposition', 'anything'),
    (url) => url.searchParams.delete('disposition'),
    (url) => url.searchParams.set('expires', '99999999999'),
    (url) => url.searchParams.set('expires', `0${url.searchParams.get('expires')}`),
    (url) => url.searchParams.set('expires', 'never'),
    (url) => url.searchParams.append('expires', '1'),
    (url) => url.searchParams.set('signature', ''),
    (url) => url.searchParams.set('signature', 'x'.repeat(5000)),
    (url) => url.searchParams.delete('signature'),
    (url) => url.searchParams.set('more', '1'),
    (url) => {
      url.pathname = `${url.pathname}/`
    },
    (url) => {
      url.pathname = `${url.pathname}x`
    },
    (url) => {
      url.pathname = `${url.pathname}%2F..%2F`
    },
    (url) => {
      url.search = ''
    },
  ]
  const words = new Set<string>()
  for (const change of changes) {
    const url = new URL(good)
    change(url)
    const response = await fetch(url)
    expect([url.href, response.status]).toEqual([url.href, 403])
    expect(response.headers.get('cache-control')).toBe('no-store')
    words.add(await response.text())
  }
  expect(words.size).toBe(1)
  expect((await fetch(good)).status).toBe(200)
})

it.each(['attachment', 'inline'] as const)(
  'FI45: what a link opens as %s tells nobody of the link',
  async (disposition) => {
    const response = await fetch(await link(disposition))
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('cache-control')).toBe('private, no-cache')
    expect(response.headers.get('content-disposition')).toMatch(new RegExp(`^${disposition};`))
  },
)

it('FI31, FI33: a link answers parts, and HEAD, as any other door', async () => {
  const url = await link()
  const part = await fetch(url, { headers: { Range: 'bytes=0-3' } })
  expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 4])
  const head = await fetch(url, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
})
