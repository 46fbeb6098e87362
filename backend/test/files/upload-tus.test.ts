import { createHash } from 'node:crypto'
import { appendFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { SettableClock } from '../chat/settable-clock.ts'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { leftovers, NOTHING } from './leftovers.ts'
import { metadataOf, TUS, TusApi, tusUpload } from './tus-client.ts'
import { pdfBytes } from './upload-client.ts'

const courses = { physics: 'student' } as const
const metadata = { filename: 'Bài giảng.pdf', folder: 'Bài nộp', course_id: 'physics' }

const apiOf = async (server: TestServer, sub = 'an') => new TusApi(server, await server.token({ sub, courses }))
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const checksum = (algorithm: string, bytes: Uint8Array) =>
  `${algorithm} ${createHash(algorithm).update(bytes).digest('base64')}`

describe('tus', () => {
  it('FI22 a tus-js-client uploads in pieces, and the last answer bears the file’s id', async () => {
    await using server = await startTestServer()
    const content = pdfBytes(300_000)
    const token = await server.token({ sub: 'an', courses })
    const { upload, done } = tusUpload(server, token, content, { chunkSize: 100_000, metadata })
    upload.start()
    const { fileId } = await done
    const record = await new TusApi(server, token).record(fileId ?? null)
    expect(record).toMatchObject({ original_name: metadata.filename, size: 300_000, sha256: sha256(content) })
    expect(await leftovers(server)).toEqual(NOTHING)
  })

  it('FI21 a tus-js-client that was broken off goes on where it was, also after a restart', async () => {
    await using server = await startTestServer()
    const content = pdfBytes(400_000)
    const token = await server.token({ sub: 'an', courses })
    const first = tusUpload(server, token, content, {
      chunkSize: 100_000,
      metadata,
      onChunkComplete: (_size, accepted) => {
        if (accepted >= 200_000) void first.upload.abort().then(() => aborted.resolve(first.upload.url))
      },
    })
    const aborted = Promise.withResolvers<string | null>()
    first.upload.start()
    const url = await aborted.promise
    await server.restart()
    const offsets: string[] = []
    const second = tusUpload(server, token, content, {
      uploadUrl: url,
      chunkSize: 100_000,
      onAfterResponse: (request, response) => {
        if (request.getMethod() === 'HEAD') offsets.push(response.getHeader('Upload-Offset') ?? '')
      },
    })
    second.upload.start()
    const { fileId } = await second.done
    expect(Number(offsets[0])).toBeGreaterThanOrEqual(200_000)
    expect(await new TusApi(server, token).record(fileId ?? null)).toMatchObject({ sha256: sha256(content) })
  })

  it('FI20 creation tells a path, and bears bytes', async () => {
    await using server = await startTestServer()
    const api = await apiOf(server)
    const content = pdfBytes(5000)
    const answer = await api.create(5000, metadata, {
      headers: { 'Content-Type': 'application/offset+octet-stream' },
      body: content,
    })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('location')).toMatch(new RegExp(`^${TUS}/[0-9a-f-]{36}$`))
    expect(answer.headers.get('upload-offset')).toBe('5000')
    expect(await api.record(answer.headers.get('file-id'))).toMatchObject({ sha256: sha256(content) })
  })

  it('FI21 what was begun with comes back, and until when it waits', async () => {
    await using server = await startTestServer()
    const api = await apiOf(server)
    const path = await api.begin(5000, metadata)
    const { headers } = await api.head(path)
    expect(headers.get('upload-metadata')).toContain('filename ')
    expect([headers.get('upload-offset'), headers.get('upload-length')]).toEqual(['0', '5000'])
    expect(headers.get('cache-control')).toBe('no-store')
    expect(Date.parse(headers.get('upload-expires') ?? '')).toBeGreaterThan(Date.now() + 86_000_000)
  })

  it('FI22 after the last byte the upload is the file, however often one asks', async () => {
    await using server = await startTestServer()
    const api = await apiOf(server)
    const path = await api.begin(5000, metadata)
    const last = await api.append(path, 0, pdfBytes(5000))
    const fileId = last.headers.get('file-id')
    expect(last.status).toBe(204)
    const again = await api.head(path)
    expect([again.status, again.headers.get('upload-offset'), again.headers.get('file-id')]).toEqual([
      200,
      '5000',
      fileId,
    ])
    expect((await api.append(path, 5000, '')).headers.get('file-id')).toBe(fileId)
    expect((await api.send({ method: 'DELETE', path })).status).toBe(404)
  })

  it.each(['sha1', 'sha256', 'md5'])('FI23 a chunk whose %s is another is undone: 460', async (algorithm) => {
    await using server = await startTestServer()
    const api = await apiOf(server)
    const content = pdfBytes(9000)
    const [first, second] = [content.subarray(0, 5000), content.subarray(5000)]
    const path = await api.begin(9000, metadata)
    await api.append(path, 0, first, { 'Upload-Checksum': checksum(algorithm, first) })
    const wrong = await api.append(path, 5000, second, { 'Upload-Checksum': checksum(algorithm, first) })
    expect([wrong.status, wrong.error?.code]).toEqual([460, 'VALIDATION_FAILED'])
    expect((await api.head(path)).headers.get('upload-offset')).toBe('5000')
    const last = await api.append(path, 5000, second, { 'Upload-Checksum': checksum(algorithm, second) })
    expect(await api.record(last.headers.get('file-id'))).toMatchObject({ sha256: sha256(content) })
  })

  it('FI24 an upload is its uploader’s alone', async () => {
    await using server = await startTestServer()
    const [api, other] = [await apiOf(server), await apiOf(server, 'binh')]
    const path = await api.begin(5000, metadata)
    for (const answer of [
      await other.head(path),
      await other.append(path, 0, pdfBytes(5000)),
      await other.send({ method: 'DELETE', path }),
    ]) {
      expect(answer.status).toBe(404)
    }
    expect((await api.head(path)).headers.get('upload-offset')).toBe('0')
  })

  it('FI25 bytes are held of the quota from the beginning, and given back with the upload', async () => {
    await using server = await startTestServer({ env: { QUOTA_BYTES: '9000' } })
    const api = await apiOf(server)
    const path = await api.begin(6000, metadata)
    const second = await api.create(6000, metadata)
    expect([second.status, second.error?.code, second.error?.details?.['reason']]).toEqual([
      507,
      'STORAGE_FULL',
      'quota',
    ])
    expect((await api.send({ method: 'DELETE', path })).status).toBe(204)
    expect(await leftovers(server)).toEqual(NOTHING)
    expect((await api.create(6000, metadata)).status).toBe(201)
  })

  it('FI25 an upload that expired is not there, and nothing of it is after the next start', async () => {
    const clock = new SettableClock()
    await using server = await startTestServer({ clock })
    const path = await (await apiOf(server)).begin(6000, metadata)
    clock.advance(86_400_001)
    expect((await (await apiOf(server)).head(path)).status).toBe(404)
    await server.restart()
    expect(await leftovers(server)).toEqual(NOTHING)
  })

  it('FI25 an upload whose staged bytes are gone is not there: its client begins anew', async () => {
    await using server = await startTestServer()
    const api = await apiOf(server)
    const path = await api.begin(6000, metadata)
    await rm(join(server.dataDir, 'uploads', 'staging', basename(path)))
    expect((await api.head(path)).status).toBe(404)
    expect((await api.append(path, 0, pdfBytes(6000))).status).toBe(404)
    expect((await leftovers(server)).staging).toEqual([])
  })

  const refusals: [string, number, Record<string, string>, number, string][] = [
    ['an extension that is not taken', 100, { ...metadata, filename: 'x.exe' }, 415, 'UNSUPPORTED_FILE_TYPE'],
    ['another category than the file’s own', 100, { ...metadata, category: 'image' }, 415, 'UNSUPPORTED_FILE_TYPE'],
    ['a file over its category’s limit', 52_428_801, metadata, 413, 'PAYLOAD_TOO_LARGE'],
    ['no name', 100, { folder: 'x' }, 400, 'VALIDATION_FAILED'],
    ['no folder', 100, { filename: 'x.pdf' }, 400, 'VALIDATION_FAILED'],
    ['a course that the caller is no member of', 100, { ...metadata, course_id: 'maths' }, 404, 'NOT_FOUND'],
  ]
  it.each(refusals)('FI20 creation refuses %s', async (_what, length, values, status, code) => {
    await using server = await startTestServer()
    const answer = await (await apiOf(server)).create(length, values)
    expect([answer.status, answer.error?.code]).toEqual([status, code])
    expect(await leftovers(server)).toEqual(NOTHING)
  })

  it('FI25 bytes that are no file of that name end the upload as soon as they tell', async () => {
    await using server = await startTestServer()
    const api = await apiOf(server)
    const path = await api.begin(900_000, metadata)
    const answer = await api.append(path, 0, Buffer.alloc(5000, '<html>'))
    expect([answer.status, answer.error?.code]).toEqual([415, 'UNSUPPORTED_FILE_TYPE'])
    expect((await api.head(path)).status).toBe(404)
    expect(await leftovers(server)).toEqual(NOTHING)
  })

  it('FI15 creations count as uploads', async () => {
    await using server = await startTestServer({ env: { LIMIT_UPLOADS_PER_MIN: '1' } })
    const api = await apiOf(server)
    await api.begin(100, metadata)
    const answer = await api.create(100, metadata)
    expect([answer.status, answer.error?.code]).toEqual([429, 'RATE_LIMITED'])
    expect(answer.headers.has('retry-after')).toBe(true)
  })

  it('FI26 while one request writes, another is refused (423), and one that asks how far it is comes first', async () => {
    await using server = await startTestServer()
    const api = await apiOf(server)
    const content = pdfBytes(3_000_000)
    const path = await api.begin(3_000_000, metadata)
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const writer = writable.getWriter()
    // Over when the server ends it, in whichever way the client hears of that.
    const writing = api.append(path, 0, readable).catch(() => undefined)
    await writer.write(content.subarray(0, 2_000_000))
    const staged = join(server.dataDir, 'uploads', 'staging', basename(path))
    await vi.waitFor(async () => expect((await stat(staged)).size).toBeGreaterThan(0), 30_000)
    const locked = await api.append(path, 0, content)
    expect([locked.status, locked.error?.code]).toEqual([423, 'CONFLICT'])
    const { headers } = await api.head(path)
    await writer.abort().catch(() => undefined)
    await writing
    const offset = Number(headers.get('upload-offset'))
    expect(offset).toBeGreaterThan(0)
    const last = await api.append(path, offset, content.subarray(offset))
    expect(await api.record(last.headers.get('file-id'))).toMatchObject({ sha256: sha256(content) })
  })

  it('FI22 where all bytes had come and no file was made, the next HEAD makes it', async () => {
    await using server = await startTestServer()
    const api = await apiOf(server)
    const content = pdfBytes(5000)
    const uploads = join(server.dataDir, 'uploads')
    // As `kill -9` leaves it: before the bytes are stored, and when they are.
    for (const place of ['staging', 'objects']) {
      const path = await api.begin(5000, metadata)
      await rm(join(uploads, 'staging', basename(path)))
      await writeFile(join(uploads, place, basename(path)), content)
      await server.restart()
      const { status, headers } = await api.head(path)
      expect([status, headers.get('upload-offset')]).toEqual([200, '5000'])
      expect(await api.record(headers.get('file-id'))).toMatchObject({ sha256: sha256(content) })
    }
    expect(await leftovers(server)).toEqual(NOTHING)
  })

  it('FI23 a chunk with a checksum that was cut off is undone by the next start', async () => {
    await using server = await startTestServer()
    const api = await apiOf(server)
    const content = pdfBytes(9000)
    const path = await api.begin(9000, metadata)
    await api.append(path, 0, content.subarray(0, 5000))
    const staged = join(server.dataDir, 'uploads', 'staging', basename(path))
    await writeFile(`${staged}.undo`, '5000')
    await appendFile(staged, 'half a chunk that nobody has checked')
    await server.restart()
    expect((await api.head(path)).headers.get('upload-offset')).toBe('5000')
    const last = await api.append(path, 5000, content.subarray(5000))
    expect(await api.record(last.headers.get('file-id'))).toMatchObject({ sha256: sha256(content) })
    expect(await leftovers(server)).toEqual(NOTHING)
  })

  it('FI27 tells what the protocol has a status for by that status, in the envelope', async () => {
    await using server = await startTestServer()
    const api = await apiOf(server)
    const path = await api.begin(9000, metadata)
    const body = pdfBytes(9001)
    const chunk = 'application/offset+octet-stream'
    const begun = { 'Upload-Metadata': metadataOf(metadata) }
    const answers = {
      offset: await api.append(path, 5, body.subarray(0, 9)),
      version: await api.send({ method: 'HEAD', path, headers: { 'Tus-Resumable': '0.2.2' } }),
      type: await api.append(path, 0, body.subarray(0, 9), { 'Content-Type': 'application/json' }),
      length: await api.append(path, 0, body),
      algorithm: await api.append(path, 0, body.subarray(0, 9), { 'Upload-Checksum': 'crc32 AAAAAA==' }),
      metadata: await api.send({ method: 'POST', headers: { 'Upload-Length': '9', 'Upload-Metadata': 'filename ?' } }),
      noOffset: await api.send({ method: 'PATCH', path, body: 'x', headers: { 'Content-Type': chunk } }),
      badOffset: await api.append(path, 0, 'x', { 'Upload-Offset': '-1' }),
      deferred: await api.send({ method: 'POST', headers: { ...begun, 'Upload-Defer-Length': '1' } }),
      concatenated: await api.send({
        method: 'POST',
        headers: { ...begun, 'Upload-Length': '9', 'Upload-Concat': 'partial' },
      }),
      unknown: await api.head(`${TUS}/01980000-0000-7000-8000-000000000000`),
      nobody: await new TusApi(server, 'nobody').head(path),
    }
    const told = Object.entries(answers).map(([name, { status, error }]) => [name, status, error?.code])
    expect(told).toEqual([
      ['offset', 409, 'CONFLICT'],
      ['version', 412, undefined],
      ['type', 415, 'UNSUPPORTED_FILE_TYPE'],
      ['length', 413, 'PAYLOAD_TOO_LARGE'],
      ['algorithm', 400, 'VALIDATION_FAILED'],
      ['metadata', 400, 'VALIDATION_FAILED'],
      ['noOffset', 400, 'VALIDATION_FAILED'],
      ['badOffset', 400, 'VALIDATION_FAILED'],
      ['deferred', 400, 'VALIDATION_FAILED'],
      ['concatenated', 400, 'VALIDATION_FAILED'],
      ['unknown', 404, undefined],
      ['nobody', 401, undefined],
    ])
    expect(answers.version.headers.get('tus-version')).toBe('1.0.0')
  })

  it('FI28 OPTIONS tells what is spoken, to anybody', async () => {
    await using server = await startTestServer()
    const { status, headers } = await fetch(server.url + TUS, { method: 'OPTIONS' })
    expect(status).toBe(204)
    expect(Object.fromEntries([...headers].filter(([name]) => name.startsWith('tus-')))).toEqual({
      'tus-resumable': '1.0.0',
      'tus-version': '1.0.0',
      'tus-extension': 'creation,creation-with-upload,checksum,expiration,termination',
      'tus-checksum-algorithm': 'sha1,sha256,md5',
      'tus-max-size': '524288000',
    })
  })

  it('FI28 a page of an allowed origin may send what tus needs and read what it tells', async () => {
    const origin = 'https://lms.example.org'
    await using server = await startTestServer({ env: { ALLOWED_ORIGINS: origin } })
    const asked = { 'Access-Control-Request-Method': 'PATCH', 'Access-Control-Request-Headers': 'tus-resumable' }
    const preflight = await fetch(server.url + TUS, { method: 'OPTIONS', headers: { Origin: origin, ...asked } })
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH')
    expect(preflight.headers.get('access-control-allow-headers')).toBe('tus-resumable')
    const answer = await (await apiOf(server)).create(9, metadata, { headers: { Origin: origin } })
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
    expect(answer.headers.get('access-control-expose-headers')).toContain('File-Id')
    const foreign = await (await apiOf(server)).create(9, metadata, { headers: { Origin: 'https://evil.example' } })
    expect(foreign.headers.has('access-control-allow-origin')).toBe(false)
  })

  it('FI28 what rides on a cookie comes from a known origin', async () => {
    await using server = await startTestServer()
    const cookie = `lectern_access=${await server.token({ sub: 'an', courses })}`
    const create = (headers: Record<string, string>) =>
      fetch(server.url + TUS, {
        method: 'POST',
        headers: {
          Cookie: cookie,
          'Tus-Resumable': '1.0.0',
          'Upload-Length': '9',
          'Upload-Metadata': metadataOf(metadata),
          ...headers,
        },
      })
    expect((await create({})).status).toBe(403)
    expect((await create({ Origin: 'https://evil.example' })).status).toBe(403)
    expect((await create({ Origin: server.url })).status).toBe(201)
  })

  it('FI28 a client that sends no PATCH sends a POST that says so', async () => {
    await using server = await startTestServer()
    const token = await server.token({ sub: 'an', courses })
    const { upload, done } = tusUpload(server, token, pdfBytes(5000), { metadata, overridePatchMethod: true })
    upload.start()
    expect((await done).fileId).toMatch(/^[0-9a-f-]{36}$/)
  })
})
