import { describe, expect, it } from 'vitest'
import { refusal, type TusServer as Server, TusServer } from '../../test/tus-server.ts'
import { until } from '../../test/until.ts'
import { fileOf, openUploadTab } from '../../test/upload-tab.ts'

const MIB = 1_048_576
const target = { folder: 'homework', courseId: 'toan' }
const isPatch = ({ method }: { readonly method: string }) => method === 'PATCH'
const patches = (server: Server) => server.requests.getSnapshot().filter(isPatch).length
const wire = (code: string, details = {}): unknown => JSON.parse(refusal(0, code, details).body)

async function bytesOf(file: File): Promise<Buffer> {
  return Buffer.from(await file.arrayBuffer())
}

describe('an upload', () => {
  it('brings the file whole, with its name and where it goes', async () => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    const file = fileOf('Bài tập 1.pdf', 3 * MIB + 17)
    const upload = tab.uploads.start(file, { ...target, category: 'document', description: 'Tuần 3' })
    expect(upload).toMatchObject({ name: 'Bài tập 1.pdf', size: 3 * MIB + 17, target: { folder: 'homework' } })
    const record = await upload.finished()
    const stored = server.files.get(record.id)
    expect(stored?.metadata).toEqual({
      filename: 'Bài tập 1.pdf',
      folder: 'homework',
      course_id: 'toan',
      category: 'document',
      description: 'Tuần 3',
    })
    expect(stored?.bytes.equals(await bytesOf(file))).toBe(true)
    const done = await tab.upload('Bài tập 1.pdf', 'done')
    expect(done.state.file).toEqual(record)
    done.dismiss()
    expect(tab.uploads.list.getSnapshot()).toEqual([])
  })

  it('takes its turn where there are others, and goes on with the next', async () => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    server.fault = async (requested) => {
      if (isPatch(requested)) await held
      return undefined
    }
    const uploads = ['1', '2', '3', '4', '5'].map((name) => tab.uploads.start(fileOf(name, 10), target))
    await until(server.requests, (requests) => requests.filter(isPatch).length === 3)
    expect(tab.uploads.list.getSnapshot().map(({ state }) => state.kind)).toEqual([
      'uploading',
      'uploading',
      'uploading',
      'waiting',
      'waiting',
    ])
    tab.uploads.atOnce = 4
    await until(server.requests, (requests) => requests.filter(isPatch).length === 4)
    release()
    const files = await Promise.all(uploads.map((upload) => upload.finished()))
    expect(new Set(files.map(({ id }) => id)).size).toBe(5)
  })

  it('tells how far it is, how fast, and how long it will take', async () => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    server.fault = (requested) => {
      if (isPatch(requested)) tab.clock.advance(1_000)
      return undefined
    }
    const states: unknown[] = []
    tab.uploads.list.subscribe(() => states.push(tab.uploads.list.getSnapshot()[0]?.state))
    await tab.uploads.start(fileOf('slow.pdf', 8 * MIB), target).finished()
    expect(states).toContainEqual(
      expect.objectContaining({
        kind: 'uploading',
        bytesPerSecond: expect.any(Number),
        secondsLeft: expect.any(Number),
      }),
    )
  })

  it('keeps an upload the same object as long as it is the same', async () => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    await tab.uploads.start(fileOf('first', 10), target).finished()
    const [first] = tab.uploads.list.getSnapshot()
    await tab.uploads.start(fileOf('second', 10), target).finished()
    expect(tab.uploads.list.getSnapshot()[0]).toBe(first)
  })
})

describe('an upload whose connection is cut', () => {
  it('goes on from what the server has, when its time comes', async () => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    server.fault = (requested) => (isPatch(requested) && patches(server) === 3 ? 'cut' : undefined)
    const file = fileOf('a.pdf', 4 * MIB)
    const upload = tab.uploads.start(file, target)
    const { state } = await tab.upload('a.pdf', 'interrupted')
    expect(state).toMatchObject({ sent: 1.5 * MIB, error: { code: 'NETWORK' }, retryAt: tab.clock.now() + 500 })
    tab.clock.advance(500)
    const { id } = await upload.finished()
    expect(server.files.get(id)?.bytes.equals(await bytesOf(file))).toBe(true)
    expect(server.methods().filter((method) => method === 'POST')).toHaveLength(1)
  })

  it.each([
    ['the connection is back', (tab: ReturnType<typeof openUploadTab>) => tab.goOnline()],
    ['the browser has a network again', (tab: ReturnType<typeof openUploadTab>) => tab.network.comeOnline()],
    ['the person says so', (tab: ReturnType<typeof openUploadTab>) => tab.uploads.list.getSnapshot()[0]?.resume()],
  ])('goes on at once when %s', async (_, event) => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    server.fault = (requested) => (isPatch(requested) && patches(server) === 1 ? 'cut' : undefined)
    const upload = tab.uploads.start(fileOf('a.pdf', 10), target)
    await tab.upload('a.pdf', 'interrupted')
    event(tab)
    await expect(upload.finished()).resolves.toMatchObject({ size: 10 })
  })

  it('is broken off at once where the browser says that the network is gone, and after a minute where nobody says so', async () => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    server.fault = (requested) => (isPatch(requested) ? 'hang' : undefined)
    tab.uploads.start(fileOf('a.pdf', 10), target)
    await until(server.requests, (requests) => requests.filter(isPatch).length === 1)
    tab.network.goOffline()
    expect((await tab.upload('a.pdf', 'interrupted')).state.error.code).toBe('NETWORK')
    tab.network.comeOnline()
    await until(server.requests, (requests) => requests.filter(isPatch).length === 2)
    tab.clock.advance(60_000)
    expect((await tab.upload('a.pdf', 'interrupted')).state.error.code).toBe('TIMEOUT')
  })

  it('is one file where the answer to the last part was lost', async () => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    server.fault = (requested) => (isPatch(requested) ? 'take' : undefined)
    const upload = tab.uploads.start(fileOf('a.pdf', 10), target)
    await tab.upload('a.pdf', 'interrupted')
    server.fault = () => undefined
    tab.goOnline()
    const { id } = await upload.finished()
    expect([...server.files.keys()]).toEqual([id])
    expect(server.begun.size).toBe(0)
  })

  it('begins anew where the server has forgotten it', async () => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    server.fault = (requested) => (isPatch(requested) && patches(server) === 2 ? 'cut' : undefined)
    const file = fileOf('a.pdf', 2 * MIB)
    const upload = tab.uploads.start(file, target)
    await tab.upload('a.pdf', 'interrupted')
    server.begun.clear()
    tab.goOnline()
    const { id } = await upload.finished()
    expect(server.files.get(id)?.bytes.equals(await bytesOf(file))).toBe(true)
  })
})

describe('a refusal', () => {
  it.each([
    [413, 'PAYLOAD_TOO_LARGE', false],
    [415, 'UNSUPPORTED_FILE_TYPE', false],
    [403, 'FORBIDDEN', false],
    [404, 'NOT_FOUND', false],
    [400, 'VALIDATION_FAILED', false],
    [507, 'STORAGE_FULL', true],
  ] as const)('of status %i is told as the server put it', async (status, code, retryable) => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    server.fault = ({ method }) => (method === 'POST' ? { status, body: wire(code, { reason: 'quota' }) } : undefined)
    const upload = tab.uploads.start(fileOf('a.pdf', 10), target)
    await expect(upload.finished()).rejects.toMatchObject({ code })
    const failed = await tab.upload('a.pdf', 'failed')
    expect(failed.state).toMatchObject({
      retryable,
      error: { code, message: `It is ${code}.`, details: { reason: 'quota' }, requestId: 'request-1' },
    })
    server.fault = () => undefined
    failed.retry()
    await tab.upload('a.pdf', 'done')
  })

  it('of the last part ends it, and a retry begins anew', async () => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    server.fault = (requested) =>
      isPatch(requested) ? { status: 415, body: wire('UNSUPPORTED_FILE_TYPE') } : undefined
    tab.uploads.start(fileOf('a.pdf', 10), target)
    const failed = await tab.upload('a.pdf', 'failed')
    expect(failed.state.error.code).toBe('UNSUPPORTED_FILE_TYPE')
    server.begun.clear()
    server.fault = () => undefined
    failed.retry()
    await tab.upload('a.pdf', 'done')
  })

  it.each([
    [409, 'CONFLICT'],
    [423, 'CONFLICT'],
    [460, 'VALIDATION_FAILED'],
  ])(
    'of status %i, which the protocol gives while an upload goes on, has it ask how far it is, and go on',
    async (status, code) => {
      await using server = await TusServer.start()
      await using tab = openUploadTab(server)
      server.fault = (requested) =>
        isPatch(requested) && patches(server) === 1 ? { status, body: wire(code) } : undefined
      const upload = tab.uploads.start(fileOf('a.pdf', 10), target)
      const { state } = await tab.upload('a.pdf', 'interrupted')
      tab.clock.advance(state.retryAt - tab.clock.now())
      await upload.finished()
      expect(server.methods()).toEqual(['POST', 'PATCH', 'HEAD', 'PATCH'])
    },
  )

  it('of the last part for a folder’s name that means several is told, and not tried again', async () => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    server.fault = (requested) =>
      isPatch(requested) ? { status: 409, body: wire('CONFLICT', { course_ids: ['toan', 'ly'] }) } : undefined
    tab.uploads.start(fileOf('a.pdf', 10), target)
    const { state } = await tab.upload('a.pdf', 'failed')
    expect(state.error).toMatchObject({ code: 'CONFLICT', details: { course_ids: ['toan', 'ly'] } })
  })

  it('of a proxy, which bears no word of Lectern’s, goes by its status', async () => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    server.fault = ({ method }) => (method === 'POST' ? { status: 413 } : undefined)
    tab.uploads.start(fileOf('a.pdf', 10), target)
    const { state } = await tab.upload('a.pdf', 'failed')
    expect(state.error).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', details: { status: 413 } })
  })

  it('for a limit is waited out', async () => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    server.fault = ({ method }) =>
      method === 'POST' ? { status: 429, body: wire('RATE_LIMITED', { retry_after_ms: 40_000 }) } : undefined
    const upload = tab.uploads.start(fileOf('a.pdf', 10), target)
    const { state } = await tab.upload('a.pdf', 'interrupted')
    expect(state.retryAt).toBe(tab.clock.now() + 40_000)
    server.fault = () => undefined
    tab.goOnline()
    tab.clock.advance(40_000)
    await upload.finished()
  })

  it('for a server that is broken for it ends it after five tries', async () => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    server.fault = (requested) => (isPatch(requested) ? { status: 500, body: wire('INTERNAL') } : undefined)
    tab.uploads.start(fileOf('a.pdf', 10), target)
    for (let tries = 1; tries < 5; tries++) {
      await tab.upload('a.pdf', 'interrupted')
      tab.clock.advance(30_000)
      await until(server.requests, (requests) => requests.filter(isPatch).length === tries + 1)
    }
    const { state } = await tab.upload('a.pdf', 'failed')
    expect(state).toMatchObject({ retryable: true, error: { code: 'INTERNAL' } })
  })
})

describe('a token that is refused', () => {
  it('is renewed, and the upload goes on with the new one', async () => {
    await using server = await TusServer.start()
    const tokens = ['old', 'new']
    await using tab = openUploadTab(server, { token: async () => tokens.shift() ?? 'none' })
    server.fault = ({ method, bearer }) =>
      method === 'PATCH' && bearer === 'old' ? { status: 401, body: wire('UNAUTHENTICATED') } : undefined
    await tab.uploads.start(fileOf('a.pdf', 10), target).finished()
    expect(server.methods()).toEqual(['POST', 'PATCH', 'HEAD', 'PATCH'])
  })

  it('ends it where a new one is refused too, until somebody has signed in again', async () => {
    await using server = await TusServer.start()
    let token = 'old'
    await using tab = openUploadTab(server, { token: async () => token })
    server.fault = ({ bearer }) => (bearer === 'old' ? { status: 401, body: wire('UNAUTHENTICATED') } : undefined)
    tab.uploads.start(fileOf('a.pdf', 10), target)
    const failed = await tab.upload('a.pdf', 'failed')
    expect(failed.state).toMatchObject({ retryable: true, error: { code: 'UNAUTHENTICATED' } })
    token = 'new'
    failed.retry()
    await tab.upload('a.pdf', 'done')
  })
})

it('nothing is begun under the name of another who has signed in to the browser', async () => {
  await using server = await TusServer.start()
  await using tab = openUploadTab(server)
  server.signedIn = 'minh'
  tab.uploads.start(fileOf('a.pdf', 10), target)
  const { state } = await tab.upload('a.pdf', 'failed')
  expect(state).toMatchObject({ retryable: true, error: { code: 'UNAUTHENTICATED' } })
  expect(server.methods()).toEqual([])
})

describe('the person', () => {
  it('pauses an upload, and goes on with it', async () => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    server.fault = (requested) => (isPatch(requested) && patches(server) === 2 ? 'hang' : undefined)
    const upload = tab.uploads.start(fileOf('a.pdf', MIB), target)
    await until(server.requests, (requests) => requests.filter(isPatch).length === 2)
    upload.pause()
    const paused = await tab.upload('a.pdf', 'paused')
    expect(paused.state).toEqual({ kind: 'paused', sent: MIB / 2 })
    tab.goOnline()
    expect(tab.uploads.list.getSnapshot()).toEqual([paused])
    paused.resume()
    await upload.finished()
  })

  it('cancels an upload, here and on the server', async () => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    server.fault = (requested) => (isPatch(requested) ? 'hang' : undefined)
    const upload = tab.uploads.start(fileOf('a.pdf', 10), target)
    await until(server.requests, (requests) => requests.some(isPatch))
    upload.cancel()
    expect(tab.uploads.list.getSnapshot()).toEqual([])
    await expect(upload.finished()).rejects.toMatchObject({ code: 'CLOSED' })
    await until(server.requests, (requests) => requests.some(({ method }) => method === 'DELETE'))
    await expect.poll(() => server.begun.size).toBe(0)
  })

  it('cancels what waits, before anything of it was sent', async () => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    tab.uploads.atOnce = 1
    const first = tab.uploads.start(fileOf('1', 10), target)
    tab.uploads.start(fileOf('2', 10), target).cancel()
    const third = tab.uploads.start(fileOf('3', 10), target)
    await Promise.all([first.finished(), third.finished()])
    expect([...server.files.values()].map(({ metadata }) => metadata['filename'])).toEqual(['1', '3'])
  })

  it('is asked for the file again where it can be read no longer', async () => {
    await using server = await TusServer.start()
    await using tab = openUploadTab(server)
    const file = fileOf('a.pdf', 10)
    const moved = Object.assign(fileOf('a.pdf', 10), {
      slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('Moved.', 'NotReadableError')) }),
    })
    const upload = tab.uploads.start(moved, target)
    const asking = await tab.upload('a.pdf', 'needs_file')
    expect(asking.resumeWith(fileOf('a.pdf', 11))).toBe(false)
    expect(asking.resumeWith(fileOf('a.pdf', 10, 2))).toBe(false)
    expect(asking.resumeWith(file)).toBe(true)
    await upload.finished()
  })
})
