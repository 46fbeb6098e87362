import { beforeEach, describe, expect, it } from 'vitest'
import { freshIndexedDb } from '../../test/fresh-indexeddb.ts'
import { TusServer } from '../../test/tus-server.ts'
import { until } from '../../test/until.ts'
import { fileOf, openUploadTab, type TabOptions } from '../../test/upload-tab.ts'
import { IndexedDbUploadStore } from './store/indexeddb-upload-store.ts'

const MIB = 1_048_576
const target = { folder: 'homework', courseId: 'toan' }

beforeEach(freshIndexedDb)

const openTab = (server: TusServer, options: TabOptions = {}) =>
  openUploadTab(server, { store: new IndexedDbUploadStore(), ...options })

const patches = (server: TusServer): number => server.methods().filter((method) => method === 'PATCH').length
const created = (server: TusServer): number => server.methods().filter((method) => method === 'POST').length

/** From the so-many-th part on nothing comes through, until it is let through. */
function holdFrom(server: TusServer, part: number) {
  server.fault = ({ method }) => (method === 'PATCH' && patches(server) >= part ? 'hang' : undefined)
  return () => {
    server.fault = () => undefined
  }
}

/** A tab that has sent the first parts of a file, and is closed. */
async function leave(server: TusServer, file: File, options: TabOptions = {}): Promise<void> {
  const letThrough = holdFrom(server, 3)
  await using tab = openTab(server, options)
  tab.uploads.start(file, target)
  await until(server.requests, () => patches(server) === 3)
  letThrough()
}

async function isStoredAs(server: TusServer, id: string, file: File): Promise<boolean> {
  return server.files.get(id)?.bytes.equals(Buffer.from(await file.arrayBuffer())) ?? false
}

describe('an upload after a reload', () => {
  it('goes on by itself from what the server has', async () => {
    await using server = await TusServer.start()
    const file = fileOf('a.pdf', 4 * MIB)
    await leave(server, file)
    expect([...server.begun.values()].map(({ bytes }) => bytes.length)).toEqual([1.5 * MIB])
    await using later = openTab(server)
    later.connect()
    const { state } = await later.upload('a.pdf', 'done')
    await expect(isStoredAs(server, state.file.id, file)).resolves.toBe(true)
    expect(created(server)).toBe(1)
  })

  it('stays paused where the person has paused it', async () => {
    await using server = await TusServer.start()
    {
      await using tab = openTab(server)
      tab.uploads.atOnce = 1
      holdFrom(server, 1)
      tab.uploads.start(fileOf('first.pdf', 10), target)
      tab.uploads.start(fileOf('second.pdf', 10), target).pause()
      await until(server.requests, () => patches(server) === 1)
    }
    await using later = openTab(server)
    later.connect()
    const paused = await later.upload('second.pdf', 'paused')
    server.fault = () => undefined
    paused.resume()
    await later.upload('second.pdf', 'done')
  })

  it('begins anew where the server’s part has expired', async () => {
    await using server = await TusServer.start()
    const file = fileOf('a.pdf', 4 * MIB)
    await leave(server, file)
    server.begun.clear()
    await using later = openTab(server)
    later.connect()
    const { state } = await later.upload('a.pdf', 'done')
    await expect(isStoredAs(server, state.file.id, file)).resolves.toBe(true)
  })

  it('asks for the file where the browser had no room for it', async () => {
    await using server = await TusServer.start()
    const file = fileOf('a.pdf', 4 * MIB)
    const full = new IndexedDbUploadStore()
    full.setFile = () => Promise.reject(new DOMException('No room.', 'QuotaExceededError'))
    await leave(server, file, { store: full })
    await using later = openTab(server)
    later.connect()
    const asking = await later.upload('a.pdf', 'needs_file')
    expect(asking.state.sent).toBe(1.5 * MIB)
    expect(asking.resumeWith(fileOf('b.pdf', 4 * MIB))).toBe(false)
    expect(asking.resumeWith(file)).toBe(true)
    const { state } = await later.upload('a.pdf', 'done')
    await expect(isStoredAs(server, state.file.id, file)).resolves.toBe(true)
    expect(created(server)).toBe(1)
  })

  it('is that of who began it alone: another sees nothing of it, nor is it sent for them', async () => {
    await using server = await TusServer.start()
    await leave(server, fileOf('a.pdf', 4 * MIB))
    const before = server.methods().length
    server.signedIn = 'minh'
    {
      await using another = openTab(server, { userId: 'minh' })
      another.connect()
      await another.uploads.start(fileOf('own.pdf', 10), target).finished()
      expect(another.uploads.list.getSnapshot().map(({ name }) => name)).toEqual(['own.pdf'])
    }
    expect(server.methods().slice(before)).toEqual(['POST', 'PATCH'])
    server.signedIn = 'lan'
    await using back = openTab(server)
    back.connect()
    await back.upload('a.pdf', 'done')
  })

  it('is kept no longer once it is done, refused or cancelled', async () => {
    await using server = await TusServer.start()
    {
      await using tab = openTab(server)
      await tab.uploads.start(fileOf('done.pdf', 10), target).finished()
      server.fault = ({ method }) => (method === 'POST' ? { status: 415 } : undefined)
      tab.uploads.start(fileOf('refused.pdf', 10), target)
      await tab.upload('refused.pdf', 'failed')
      holdFrom(server, 1)
      tab.uploads.start(fileOf('cancelled.pdf', 10), target).cancel()
    }
    using store = opened(new IndexedDbUploadStore())
    await expect(store.list('lan', server.endpoint)).resolves.toEqual([])
  })
})

describe('an upload, where there are several tabs', () => {
  it('is sent by the one that began it; the other sees that it is, and goes on should that one close', async () => {
    await using server = await TusServer.start()
    await using other = openTab(server)
    other.connect()
    const file = fileOf('a.pdf', 4 * MIB)
    const letThrough = holdFrom(server, 3)
    {
      await using one = openTab(server)
      one.uploads.start(file, target)
      await until(server.requests, () => patches(server) === 3)
      await other.upload('a.pdf', 'elsewhere')
      letThrough()
    }
    const { state } = await other.upload('a.pdf', 'done')
    await expect(isStoredAs(server, state.file.id, file)).resolves.toBe(true)
    expect(created(server)).toBe(1)
  })

  it('leaves the other’s list when it is done', async () => {
    await using server = await TusServer.start()
    await using one = openTab(server)
    await using other = openTab(server)
    other.connect()
    const letThrough = holdFrom(server, 1)
    const upload = one.uploads.start(fileOf('a.pdf', 10), target)
    const seen = await other.upload('a.pdf', 'elsewhere')
    await until(server.requests, () => patches(server) === 1)
    letThrough()
    one.network.goOffline()
    await one.upload('a.pdf', 'interrupted')
    one.goOnline()
    await upload.finished()
    await until(other.uploads.list, (list) => list.length === 0)
    await expect(seen.finished()).rejects.toMatchObject({ code: 'CLOSED' })
  })

  it('can be cancelled in any of them', async () => {
    await using server = await TusServer.start()
    await using one = openTab(server)
    await using other = openTab(server)
    other.connect()
    holdFrom(server, 1)
    one.uploads.start(fileOf('a.pdf', 10), target)
    await until(server.requests, () => patches(server) === 1)
    const seen = await other.upload('a.pdf', 'elsewhere')
    seen.cancel()
    await until(one.uploads.list, (list) => list.length === 0)
    await until(server.requests, (requests) => requests.some(({ method }) => method === 'DELETE'))
  })
})

const opened = (store: IndexedDbUploadStore) => Object.assign(store, { [Symbol.dispose]: () => store.close() })
