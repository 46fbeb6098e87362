import 'fake-indexeddb/auto'
import { createHash, randomBytes } from 'node:crypto'
import { createClient, type LecternClient, type Upload, type UploadState } from '@lectern/client'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { eventually } from '../rig/eventually.ts'
import { startFaultProxy } from '../rig/fault-proxy/fault-proxy.ts'
import type { Direction, Rule } from '../rig/fault-proxy/faults.ts'
import { startServerProcess } from '../rig/server-process.ts'
import { signToken } from '../rig/tokens.ts'
import { until } from '../rig/until.ts'

const COURSE = 'algebra'
const KIB = 1_024
const target = { folder: 'homework', courseId: COURSE }

/** Of bytes that no two files share; a PDF by its first ones. */
const pdfOf = (name: string, size: number): File =>
  new File(['%PDF-1.7\n', randomBytes(size - 9)], name, { type: 'application/pdf', lastModified: 1 })

const sha256 = (bytes: ArrayBuffer): string => createHash('sha256').update(Buffer.from(bytes)).digest('hex')

/** As a page of the person's browser, which keeps in IndexedDB what all its pages share. */
function openPage(url: string, name = 'lan', role: 'student' | 'teacher' = 'student'): LecternClient {
  const token = signToken({ sub: name, courses: { [COURSE]: role } })
  const client = createClient({ url, token, reconnect: { minMs: 5, maxMs: 100 }, random: () => 0 })
  onTestFinished(() => client.close())
  client.connect()
  return client
}

async function upload<Kind extends UploadState['kind']>(client: LecternClient, name: string, kind: Kind) {
  const isIt = (candidate: Upload): boolean => candidate.name === name && candidate.state.kind === kind
  const list = await until(client.uploads.list, (all) => all.some(isIt))
  // The find that `until` has made already.
  return list.find(isIt) as Upload & { readonly state: Extract<UploadState, { kind: Kind }> }
}

/** Resolves once the server has stored so many bytes of it. */
const hasSent = (client: LecternClient, bytes: number) =>
  until(client.uploads.list, ([first]) => first?.state.kind === 'uploading' && first.state.sent >= bytes)

async function namesIn(client: LecternClient): Promise<string[]> {
  const { data } = await client.api.listFiles({
    params: { folder: target.folder },
    query: { course_id: COURSE, sort: 'name' },
  })
  return data.map(({ filename }) => filename)
}

/** Each connection is cut once so many bytes have passed that way. */
function cutting(way: Direction, bytes: number): Rule {
  const passed = new Map<number, number>()
  return ({ connection, direction, chunk }) => {
    if (direction !== way) return undefined
    const before = passed.get(connection) ?? 0
    passed.set(connection, before + chunk.length)
    return before + chunk.length >= bytes ? { passing: bytes - before, cut: 'reset' } : undefined
  }
}

/** Of each of these methods, the first answer of tus that the server gives is lost. */
function losing(methods: readonly string[]): Rule {
  const left = new Set(methods)
  const asked = new Map<number, string>()
  return ({ connection, direction, chunk }) => {
    const [, method] = /^([A-Z]+) \/api\/v1\/files\/tus/.exec(chunk.toString('latin1')) ?? []
    if (direction === 'up') {
      if (method !== undefined) asked.set(connection, method)
      return undefined
    }
    return left.delete(asked.get(connection) ?? '') ? { passing: 0, cut: 'reset' } : undefined
  }
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

describe('an upload to a server', () => {
  it('is the file, byte by byte, under its name', async () => {
    await using server = await startServerProcess()
    const client = openPage(server.url)
    const file = pdfOf('Bài tập tuần 3.pdf', 3_000 * KIB)
    const record = await client.uploads.start(file, { ...target, description: 'Nộp lại' }).finished()
    expect(record).toMatchObject({
      original_name: 'Bài tập tuần 3.pdf',
      folder: 'homework',
      course_id: COURSE,
      category: 'document',
      mime_type: 'application/pdf',
      description: 'Nộp lại',
      size: file.size,
      sha256: sha256(await file.arrayBuffer()),
      uploaded_by: 'lan',
    })
  })

  it('gets through a network that cuts every connection after 900 KB', async () => {
    await using server = await startServerProcess()
    await using proxy = await startFaultProxy(server.url, { rule: cutting('up', 900 * KIB) })
    const client = openPage(proxy.url)
    const file = pdfOf('a.pdf', 5_000 * KIB)
    const record = await client.uploads.start(file, target).finished()
    expect(record.sha256).toBe(sha256(await file.arrayBuffer()))
    expect(proxy.made.getSnapshot()).toBeGreaterThan(5)
    await expect(namesIn(openPage(server.url))).resolves.toEqual(['a.pdf'])
  })

  it('goes on where it was when the server is killed in the middle', async () => {
    await using server = await startServerProcess()
    await using proxy = await startFaultProxy(server.url)
    proxy.setNetwork({ bytesPerSecond: 4_000 * KIB })
    const client = openPage(proxy.url)
    const file = pdfOf('a.pdf', 6_000 * KIB)
    const begun = client.uploads.start(file, target)
    await hasSent(client, 1_000 * KIB)
    await server.kill('SIGKILL')
    const { state } = await upload(client, 'a.pdf', 'interrupted')
    expect(state.error.code).toBe('NETWORK')
    proxy.setNetwork({})
    await server.restart()
    const record = await begun.finished()
    expect(record.sha256).toBe(sha256(await file.arrayBuffer()))
    await expect(namesIn(client)).resolves.toEqual(['a.pdf'])
  })

  it.each([[['POST']], [['PATCH']], [['PATCH', 'HEAD']]])(
    'is one file where the answers to %j are lost',
    async (methods) => {
      await using server = await startServerProcess()
      await using proxy = await startFaultProxy(server.url, { rule: losing(methods) })
      const client = openPage(proxy.url)
      const record = await client.uploads.start(pdfOf('a.pdf', 40 * KIB), target).finished()
      await expect(namesIn(client)).resolves.toEqual(['a.pdf'])
      expect((await client.api.getFileStatistics()).data.total_size).toBe(record.size)
    },
  )

  it('several at once are several files, whatever their names', async () => {
    await using server = await startServerProcess()
    const client = openPage(server.url)
    const uploads = Array.from({ length: 8 }, () => client.uploads.start(pdfOf('same.pdf', 20 * KIB), target))
    const records = await Promise.all(uploads.map((each) => each.finished()))
    expect(new Set(records.map(({ filename }) => filename)).size).toBe(8)
  })
})

describe('what the server refuses', () => {
  it.each([
    ['a page of HTML by a PDF’s name', new File(['<!doctype html><script>'], 'a.pdf'), 'UNSUPPORTED_FILE_TYPE'],
    ['a program', new File(['MZ'], 'a.exe'), 'UNSUPPORTED_FILE_TYPE'],
    ['an image of more than 10 MB', new File([new Uint8Array(10_240 * KIB + 1)], 'a.png'), 'PAYLOAD_TOO_LARGE'],
  ])('is told: %s', async (_, file, code) => {
    await using server = await startServerProcess()
    const client = openPage(server.url)
    await expect(client.uploads.start(file, target).finished()).rejects.toMatchObject({ code })
    expect((await upload(client, file.name, 'failed')).state.retryable).toBe(false)
  })

  it('is told: a folder of staff, a course of others', async () => {
    await using server = await startServerProcess()
    const [teacher, student] = [openPage(server.url, 'thu', 'teacher'), openPage(server.url)]
    await teacher.uploads.start(pdfOf('a.pdf', KIB), { ...target, folder: 'slides' }).finished()
    const into = (folder: string, courseId: string) =>
      student.uploads.start(pdfOf('b.pdf', KIB), { folder, courseId }).finished()
    await expect(into('slides', COURSE)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(into('slides', 'geometry')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is told: no room; and what is cancelled makes room', async () => {
    await using server = await startServerProcess({ environment: { QUOTA_BYTES: String(1_000 * KIB) } })
    await using proxy = await startFaultProxy(server.url)
    proxy.setNetwork({ bytesPerSecond: 200 * KIB })
    const client = openPage(proxy.url)
    const first = client.uploads.start(pdfOf('first.pdf', 800 * KIB), target)
    await hasSent(client, 1)
    client.uploads.start(pdfOf('second.pdf', 800 * KIB), target)
    const failed = await upload(client, 'second.pdf', 'failed')
    expect(failed.state).toMatchObject({
      retryable: true,
      error: { code: 'STORAGE_FULL', details: { reason: 'quota' } },
    })
    first.cancel()
    proxy.setNetwork({})
    // The room that the first had taken is free as soon as the server has heard.
    await eventually(() => {
      const second = client.uploads.list.getSnapshot().find(({ name }) => name === 'second.pdf')
      second?.retry()
      return second?.state.kind
    }).toBe('done')
  })
})

describe('an upload after a reload', () => {
  it('goes on from what the server has, for its person alone', async () => {
    await using server = await startServerProcess()
    await using proxy = await startFaultProxy(server.url)
    proxy.setNetwork({ bytesPerSecond: 4_000 * KIB })
    const file = pdfOf('a.pdf', 5_000 * KIB)
    const page = openPage(proxy.url)
    page.uploads.start(file, target)
    await hasSent(page, 1_000 * KIB)
    page.close()
    proxy.setNetwork({})

    const another = openPage(proxy.url, 'minh')
    await another.uploads.start(pdfOf('own.pdf', KIB), target).finished()
    expect(another.uploads.list.getSnapshot().map(({ name }) => name)).toEqual(['own.pdf'])

    const later = openPage(proxy.url)
    const { state } = await upload(later, 'a.pdf', 'done')
    expect(state.file).toMatchObject({ uploaded_by: 'lan', sha256: sha256(await file.arrayBuffer()) })
    await expect(namesIn(later)).resolves.toEqual(['a.pdf', 'own.pdf'])
  })
})
