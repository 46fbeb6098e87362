import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ChatLog } from '../../test/chat-log.ts'
import { freshIndexedDb } from '../../test/fresh-indexeddb.ts'
import { error, isEmpty, kinds, openTab } from '../../test/outbox-tab.ts'
import { until } from '../../test/until.ts'
import { IndexedDbOutboxStore } from './indexeddb-store.ts'
import type { OutboxEntry } from './outbox-entry.ts'

beforeEach(freshIndexedDb)
afterEach(() => vi.unstubAllGlobals())

describe('an outbox in IndexedDB', () => {
  const openBrowserTab = (name: string, log: ChatLog) => openTab(name, log, { store: new IndexedDbOutboxStore() })

  it('sends what an earlier page left, also what was just being sent', async () => {
    const log = new ChatLog()
    const left = new IndexedDbOutboxStore()
    const entry = (clientId: string, userId: string): OutboxEntry => ({
      clientId,
      userId,
      courseId: 'algebra',
      content: { message: clientId },
      createdAt: '2026-01-01T00:00:00.000Z',
      state: { kind: 'waiting' },
    })
    await left.add(entry('cut off', 'lan'))
    await left.add(entry('somebody else’s', 'minh'))
    await left.add(entry('waiting', 'lan'))
    await left.update('cut off', { kind: 'sending' })
    left.close()
    using tab = openBrowserTab('one', log)
    tab.transport.connection.set({ status: 'connecting', attempt: 1 })
    await until(tab.outbox.entries, ({ length }) => length === 2)
    tab.transport.goOnline()
    await until(tab.outbox.entries, isEmpty)
    expect(log.texts('algebra')).toEqual(['cut off', 'waiting'])
  })

  it('keeps what is unsent when it is closed', async () => {
    const log = new ChatLog()
    {
      using tab = openBrowserTab('one', log)
      tab.transport.goOnline()
      log.answering = () => {
        tab.transport.goOffline()
        throw error('NETWORK')
      }
      tab.send('first')
      tab.send('second')
      await until(tab.transport.connection, ({ status }) => status === 'waiting')
    }
    log.answering = (_sent, store) => store()
    using later = openBrowserTab('later', log)
    later.transport.goOnline()
    await until(log.stored, ({ length }) => length === 2)
    expect(log.texts('algebra')).toEqual(['first', 'second'])
  })

  it('is sent by one tab at a time, each message once, in order; the other sees how it goes', async () => {
    const log = new ChatLog()
    using one = openBrowserTab('one', log)
    using other = openBrowserTab('other', log)
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    log.answering = async ({ message }, store) => {
      if (message === 'one 0') await held
      return store()
    }
    one.transport.goOnline()
    one.send('one 0')
    await until(log.tries, ({ length }) => length === 1)
    other.transport.goOnline()
    await until(other.outbox.entries, () => kinds(other.outbox).includes('sending'))
    for (let n = 1; n <= 10; n++) {
      one.send(`one ${n}`)
      other.send(`other ${n}`)
    }
    await until(one.outbox.entries, ({ length }) => length === 21)
    await until(other.outbox.entries, ({ length }) => length === 21)
    expect(log.tries.getSnapshot()).toHaveLength(1)
    release()
    await Promise.all([until(one.outbox.entries, isEmpty), until(other.outbox.entries, isEmpty)])
    expect(log.tries.getSnapshot().map(({ tab }) => tab)).toEqual(Array(21).fill('one'))
    const stored = log.texts('algebra')
    expect(stored.filter((text) => text.startsWith('one'))).toEqual(Array.from({ length: 11 }, (_, n) => `one ${n}`))
    expect(stored.filter((text) => text.startsWith('other'))).toEqual(
      Array.from({ length: 10 }, (_, n) => `other ${n + 1}`),
    )
  })

  it.each(['closes', 'loses its connection'])('is sent on by the other tab when the sending one %s', async (how) => {
    const log = new ChatLog()
    using one = openBrowserTab('one', log)
    using other = openBrowserTab('other', log)
    log.answering = ({ message }, store) => {
      const isCut = message === '3' && log.tries.getSnapshot().every(({ tab }) => tab === 'one')
      return isCut ? new Promise(() => undefined) : store()
    }
    one.transport.goOnline()
    for (let n = 1; n <= 6; n++) one.send(String(n))
    await until(log.tries, ({ length }) => length === 3)
    other.transport.goOnline()
    await until(other.outbox.entries, ({ length }) => length === 4)
    if (how === 'closes') one.outbox.close()
    one.transport.goOffline()
    await until(log.stored, ({ length }) => length === 6)
    await until(other.outbox.entries, isEmpty)
    expect(log.texts('algebra')).toEqual(['1', '2', '3', '4', '5', '6'])
    expect(log.tries.getSnapshot().map(({ tab }) => tab)).toEqual([...Array(3).fill('one'), ...Array(4).fill('other')])
  })

  it('stores each message once and in order where there are no locks', async () => {
    vi.stubGlobal('navigator', {})
    const log = new ChatLog()
    using one = openBrowserTab('one', log)
    using other = openBrowserTab('other', log)
    const sent = Array.from({ length: 10 }, (_, n) => String(n))
    for (const text of sent) one.send(text)
    one.transport.goOnline()
    other.transport.goOnline()
    await until(log.stored, ({ length }) => length === 10)
    await Promise.all([until(one.outbox.entries, isEmpty), until(other.outbox.entries, isEmpty)])
    expect(log.texts('algebra')).toEqual(sent)
  })
})
