import { beforeEach, describe, expect, it } from 'vitest'
import { freshIndexedDb } from '../../test/fresh-indexeddb.ts'
import { ManualClock } from '../../test/manual-clock.ts'
import { IndexedDbOutboxStore } from './indexeddb-store.ts'
import { MemoryOutboxStore } from './memory-store.ts'
import type { OutboxEntry } from './outbox-entry.ts'
import type { OutboxStore } from './outbox-store.ts'

const entry = (clientId: string, userId = 'lan'): OutboxEntry => ({
  clientId,
  userId,
  courseId: 'algebra',
  content: { message: `Message ${clientId}`, mentions: ['minh'] },
  createdAt: '2026-01-01T00:00:00.000Z',
  state: { kind: 'waiting' },
})

const failed = { kind: 'failed', code: 'FORBIDDEN', message: 'No.' } as const

async function idsOf(store: OutboxStore, userId = 'lan'): Promise<string[]> {
  return (await store.list(userId)).map(({ clientId }) => clientId)
}

async function filled(store: OutboxStore, ...clientIds: string[]): Promise<OutboxStore> {
  for (const clientId of clientIds) await store.add(entry(clientId))
  return store
}

beforeEach(freshIndexedDb)

describe.each([
  { name: 'memory', open: () => new MemoryOutboxStore() },
  { name: 'IndexedDB', open: () => new IndexedDbOutboxStore() },
])('an outbox store in $name', ({ open }) => {
  it('keeps an entry whole', async () => {
    using it = opened(open())
    const stored = await it.store.add(entry('a'))
    expect(stored).toEqual({ ...entry('a'), order: stored.order })
    await expect(it.store.list('lan')).resolves.toEqual([stored])
  })

  it('lists one person’s entries in the order in which they were added', async () => {
    using it = opened(open())
    await filled(it.store, 'b', 'a')
    await it.store.add(entry('x', 'minh'))
    await filled(it.store, 'c')
    await expect(idsOf(it.store)).resolves.toEqual(['b', 'a', 'c'])
    await expect(idsOf(it.store, 'minh')).resolves.toEqual(['x'])
    const orders = (await it.store.list('lan')).map(({ order }) => order)
    expect(orders).toEqual(orders.toSorted((a, b) => a - b))
  })

  it('leaves an entry as it is that is added again', async () => {
    using it = opened(open())
    const first = await it.store.add(entry('a'))
    const again = await it.store.add({ ...entry('a'), content: { message: 'Another' } })
    expect(again).toEqual(first)
    await expect(it.store.list('lan')).resolves.toEqual([first])
  })

  it('changes a state where it stands', async () => {
    using it = opened(open())
    await filled(it.store, 'a', 'b')
    await it.store.update('a', failed)
    await expect(it.store.list('lan')).resolves.toMatchObject([{ clientId: 'a', state: failed }, { clientId: 'b' }])
  })

  it('puts an entry behind all others, also those that are gone', async () => {
    using it = opened(open())
    await filled(it.store, 'a', 'b', 'c')
    await it.store.remove('c')
    await it.store.update('a', { kind: 'waiting' }, { toEnd: true })
    await filled(it.store, 'd')
    await expect(idsOf(it.store)).resolves.toEqual(['b', 'a', 'd'])
  })

  it('does nothing to what is gone', async () => {
    using it = opened(open())
    await filled(it.store, 'a')
    await it.store.remove('a')
    await it.store.remove('a')
    await it.store.update('a', failed, { toEnd: true })
    await expect(it.store.list('lan')).resolves.toEqual([])
  })

  it('does what it is told at once in the order told', async () => {
    using it = opened(open())
    await Promise.all([
      ...Array.from({ length: 20 }, (_, n) => it.store.add(entry(`m${n}`))),
      it.store.update('m3', failed),
      it.store.remove('m0'),
    ])
    const ids = await idsOf(it.store)
    expect(ids).toEqual(Array.from({ length: 19 }, (_, n) => `m${n + 1}`))
  })
})

describe('an outbox store in IndexedDB', () => {
  it('is shared by tabs, and tells the others of every change', async () => {
    using one = opened(new IndexedDbOutboxStore())
    using other = opened(new IndexedDbOutboxStore())
    const told = () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const stop = other.store.onChange(resolve)
      return promise.finally(stop)
    }
    const changes = [() => one.store.add(entry('a')), () => one.store.update('a', failed), () => one.store.remove('a')]
    for (const change of changes) {
      const hears = told()
      await change()
      await hears
    }
    await filled(one.store, 'b')
    await filled(other.store, 'c')
    await expect(idsOf(one.store)).resolves.toEqual(['b', 'c'])
  })

  it('outlives the tab that wrote it', async () => {
    {
      using first = opened(new IndexedDbOutboxStore())
      await filled(first.store, 'a', 'b')
    }
    using later = opened(new IndexedDbOutboxStore())
    await expect(idsOf(later.store)).resolves.toEqual(['a', 'b'])
  })

  it('gives way to a newer version of the program', async () => {
    using it = opened(new IndexedDbOutboxStore())
    await filled(it.store, 'a')
    const request = indexedDB.open('lectern', 99)
    const { promise: isOpen, resolve, reject } = Promise.withResolvers<void>()
    request.onsuccess = () => resolve()
    request.onblocked = () => reject(new Error('The old version holds on.'))
    await isOpen
    request.result.close()
    await expect(it.store.list('lan')).rejects.toMatchObject({ name: 'VersionError' })
  })

  it('fails when the browser never answers, after seconds at first and then at once', async () => {
    const clock = new ManualClock()
    const opening = new IDBOpenDBRequest()
    globalThis.indexedDB = Object.assign(new IDBFactory(), { open: () => opening })
    using it = opened(new IndexedDbOutboxStore(clock))
    const listed = it.store.list('lan')
    clock.advance(5_000)
    await expect(listed).rejects.toMatchObject({ name: 'NotOpened' })
    await expect(it.store.remove('a')).rejects.toMatchObject({ name: 'NotOpened' })
    expect(clock.pending).toEqual([])
  })

  it('lets one tab work at a time for one person, and the next when that one is done', async () => {
    using one = opened(new IndexedDbOutboxStore())
    using other = opened(new IndexedDbOutboxStore())
    const never = new AbortController().signal
    const told: string[] = []
    const { promise: end, resolve: finish } = Promise.withResolvers<void>()
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const first = one.store.alone('lan', never, async () => {
      told.push('first begins')
      begin()
      await end
      told.push('first ends')
    })
    await begun
    const second = other.store.alone('lan', never, async () => void told.push('second'))
    await other.store.alone('minh', never, async () => void told.push('another person'))
    const gaveUp = new AbortController()
    const third = other.store.alone('lan', gaveUp.signal, async () => void told.push('third'))
    gaveUp.abort()
    await third
    finish()
    await Promise.all([first, second])
    expect(told).toEqual(['first begins', 'another person', 'first ends', 'second'])
  })
})

const opened = (store: OutboxStore) => ({ store, [Symbol.dispose]: () => store.close() })
