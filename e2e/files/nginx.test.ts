import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { FileRecord } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { redPdf } from '../rig/media.ts'
import { nginxMissing, startNginx } from '../rig/nginx.ts'
import { startServerProcess } from '../rig/server-process.ts'
import { signToken } from '../rig/tokens.ts'
import { upload } from '../rig/upload.ts'

const MB = 1_048_576
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

const LMS = 'https://lms.example.org'
const COURSE = 'physics'

/** A PDF of this many bytes. */
const pdfOf = (size: number): Buffer<ArrayBuffer> => {
  const page = redPdf()
  return Buffer.concat([page, randomBytes(size - page.length)])
}

async function startBehindNginx() {
  const server = await startServerProcess({
    environment: { ACCEL_REDIRECT_PREFIX: '/_files', ALLOWED_ORIGINS: LMS },
  })
  const nginx = await startNginx({
    upstream: server.url,
    objects: join(dirname(server.dataDir), 'uploads/objects'),
  })
  const token = signToken({ sub: 'an', courses: { [COURSE]: 'teacher' } })
  const ask = (origin: string, address: string, { headers, ...init }: RequestInit = {}) =>
    fetch(origin + new URL(address).pathname, {
      ...init,
      headers: { ...Object.fromEntries(new Headers(headers)), Authorization: `Bearer ${token}` },
    })
  return {
    url: nginx.url,
    add: (bytes: Buffer<ArrayBuffer>, name = 'a.pdf') =>
      upload({ url: nginx.url, token }, { name, bytes, folder: 'Bài giảng', courseId: COURSE }),
    /** Through nginx. */
    get: (address: string, init?: RequestInit) => ask(nginx.url, address, init),
    /** From the server itself. */
    told: (address: string, init?: RequestInit) => ask(server.url, address, init),
    remove: ({ folder_id, filename }: FileRecord) =>
      ask(nginx.url, `${nginx.url}/api/v1/files/${folder_id}/${filename}`, { method: 'DELETE' }),
    [Symbol.asyncDispose]: async () => {
      await nginx[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

describe.skipIf(nginxMissing !== undefined)('behind nginx', () => {
  let behind: Awaited<ReturnType<typeof startBehindNginx>>
  beforeAll(async () => {
    behind = await startBehindNginx()
  })
  afterAll(() => behind[Symbol.asyncDispose]())

  it('FI38: the bytes come from nginx, with every header as without it', async () => {
    const content = pdfOf(3 * MB + 17)
    const file = await behind.add(content, 'Bài giảng.pdf')
    const init = { headers: { Origin: LMS } }
    const [through, told] = [await behind.get(file.view_url, init), await behind.told(file.view_url, init)]
    expect(told.headers.get('x-accel-redirect')).toBe(`/_files/${file.id}`)
    expect((await bytesOf(through)).equals(content)).toBe(true)
    expect(through.headers.get('x-accel-redirect')).toBeNull()
    expect(through.headers.get('server')).toMatch(/^nginx/)
    for (const name of [
      'content-type',
      'content-disposition',
      'cache-control',
      'etag',
      'last-modified',
      'content-security-policy',
      'cross-origin-resource-policy',
      'x-content-type-options',
      'referrer-policy',
      'vary',
      'access-control-allow-origin',
      'access-control-allow-credentials',
      'access-control-expose-headers',
    ]) {
      expect([name, through.headers.get(name)]).toEqual([name, told.headers.get(name)])
    }
    expect(through.headers.get('accept-ranges')).toBe('bytes')
    expect(through.headers.get('content-length')).toBe(String(content.length))
  })

  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=1048570-1048580', 1_048_570, 1_048_581],
    ['bytes=-5', 2 * MB - 5, 2 * MB],
    ['bytes=2000000-', 2_000_000, 2 * MB],
  ])('FI31: %s comes as that part', async (range, start, end) => {
    const content = pdfOf(2 * MB)
    const { download_url } = await behind.add(content)
    const response = await behind.get(download_url, { headers: { Range: range } })
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${2 * MB}`)
    expect((await bytesOf(response)).equals(content.subarray(start, end))).toBe(true)
  })

  it('FI31, FI32: conditions and ranges are decided as without it', async () => {
    const file = await behind.add(redPdf())
    const [etag, length] = [`"${file.sha256}"`, String(file.size)]
    const statusWith = async (headers: Record<string, string>) => {
      const response = await behind.get(file.view_url, { headers })
      return [
        response.status,
        (await response.text()).startsWith('{') ? 'envelope' : response.headers.get('content-length'),
      ]
    }
    expect(await statusWith({ 'If-None-Match': etag })).toEqual([304, null])
    expect(await statusWith({ 'If-None-Match': '"other"' })).toEqual([200, length])
    expect(await statusWith({ 'If-Modified-Since': new Date().toUTCString() })).toEqual([304, null])
    expect(await statusWith({ 'If-Match': etag })).toEqual([200, length])
    expect(await statusWith({ Range: 'bytes=0-1', 'If-Range': etag })).toEqual([206, '2'])
    expect(await statusWith({ Range: 'bytes=0-1', 'If-Range': '"other"' })).toEqual([200, length])
    expect(await statusWith({ Range: 'bytes=0-1,3-4' })).toEqual([200, length])
    for (const Range of ['bytes=5-2', 'bytes=', 'bytes=-', 'bytes=a-b', 'bytes=0-1,', 'lines=0-1']) {
      expect([Range, ...(await statusWith({ Range }))]).toEqual([Range, 200, length])
    }
    expect(await statusWith({ Range: 'bytes=0-99999999999999999999' })).toEqual([206, length])
    for (const Range of [`bytes=${length}-`, 'bytes=-0', 'bytes=99999999999999999999-']) {
      expect([Range, ...(await statusWith({ Range }))]).toEqual([Range, 416, 'envelope'])
    }
  })

  it('FI38: nobody reaches an object but by an answer of the server', async () => {
    const file = await behind.add(redPdf())
    for (const path of [`/_files/${file.id}`, `/_files/../_files/${file.id}`, `/%5Ffiles/${file.id}`, '/_files/']) {
      const response = await fetch(behind.url + path)
      expect([path, response.status]).toEqual([path, 404])
      expect(await response.text()).not.toContain('%PDF')
    }
  })

  it('what is refused, and what HEAD asks, is the server’s own answer', async () => {
    const file = await behind.add(redPdf())
    const head = await behind.get(file.download_url, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(file.size)])
    await behind.remove(file)
    const gone = await behind.get(file.download_url)
    expect([gone.status, await gone.json()]).toMatchObject([404, { error: { code: 'NOT_FOUND' } }])
  })
})

describe.skipIf(nginxMissing !== undefined)('nginx’s proxy', () => {
  it('hands an upload on while it comes in, whatever its size, and an upgrade as one', async () => {
    const begun = Promise.withResolvers<void>()
    const server = createServer((request, response) => {
      begun.resolve()
      const hash = createHash('sha256')
      request.on('data', (piece: Buffer) => hash.update(piece)).on('end', () => response.end(hash.digest('hex')))
    })
    server.on('upgrade', (_request, socket) =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\nhello'),
    )
    const listening = Promise.withResolvers<void>()
    server.listen(0, '127.0.0.1', listening.resolve)
    await listening.promise
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('No port.')
    try {
      await using nginx = await startNginx({ upstream: `http://127.0.0.1:${address.port}`, objects: '/nowhere' })
      const content = randomBytes(8 * MB)
      const sending = request(nginx.url, { method: 'POST' })
      const answered = once(sending, 'response')
      sending.write(content.subarray(0, MB))
      await begun.promise
      sending.end(content.subarray(MB))
      const [response] = await answered
      expect(await text(response)).toBe(createHash('sha256').update(content).digest('hex'))

      const socket = connect(Number(new URL(nginx.url).port), '127.0.0.1')
      socket.write('GET /socket.io/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
      let answer = ''
      for await (const piece of socket) answer += piece
      expect(answer).toMatch(/^HTTP\/1\.1 101 [\s\S]*hello$/)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
})
