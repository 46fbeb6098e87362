import { setImmediate as aTurn } from 'node:timers/promises'
import type { MessageRecord } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { ChatLog } from '../../test/chat-log.ts'
import { fileRecord } from '../../test/file-record.ts'
import { error, isEmpty, kinds, openTab } from '../../test/outbox-tab.ts'
import { until } from '../../test/until.ts'
import { MemoryOutboxStore } from './memory-store.ts'
import type { Outbox } from './outbox.ts'
import type { OutboxEntry } from './outbox-entry.ts'
import type { OutboxStore } from './outbox-store.ts'

const texts = (outbox: Outbox) => outbox.entries.getSnapshot().map(({ content }) => content.message)

/** A store of which single methods are another's. */
const storeWith = (own: Partial<OutboxStore>, store: OutboxStore = new MemoryOutboxStore()): OutboxStore => ({
  add: (entry) => store.add(entry),
  list: (userId) => store.list(userId),
  update: (...change) => store.update(...change),
  remove: (clientId) => store.remove(clientId),
  onChange: (listener) => store.onChange(listener),
  alone: (...work) => store.alone(...work),
  close: () => store.close(),
  ...own,
})

describe('the outbox', () => {
  it('shows a message at once, and sends what was written offline in order', async () => {
    const log = new ChatLog()
    using tab = openTab('one', log)
    const id = tab.send('first')
    expect(tab.outbox.entries.getSnapshot()).toMatchObject([
      { clientId: id, courseId: 'algebra', content: { message: 'first' }, state: { kind: 'waiting' } },
    ])
    tab.send('second')
    tab.send('third')
    tab.transport.goOnline()
    await until(tab.outbox.entries, isEmpty)
    expect(log.texts('algebra')).toEqual(['first', 'second', 'third'])
    expect(log.tries.getSnapshot()).toHaveLength(3)
  })

  it('sends what is given the same client id once, also once it was stored', async () => {
    const log = new ChatLog()
    using tab = openTab('one', log)
    expect(tab.outbox.send('algebra', { message: 'once' }, 'c-1')).toBe('c-1')
    tab.outbox.send('algebra', { message: 'once' }, 'c-1')
    expect(texts(tab.outbox)).toEqual(['once'])
    tab.transport.goOnline()
    await until(tab.outbox.entries, isEmpty)
    tab.outbox.send('algebra', { message: 'once' }, 'c-1')
    await until(tab.outbox.entries, isEmpty)
    expect(log.texts('algebra')).toEqual(['once'])
  })

  it('sends the file that a message bears, which needs no text', async () => {
    const log = new ChatLog()
    using tab = openTab('one', log)
    tab.transport.goOnline()
    tab.outbox.send('algebra', { message: '', messageType: 'image', file: fileRecord({ id: 'f-7' }) })
    await until(tab.outbox.entries, isEmpty)
    expect(log.tries.getSnapshot()).toMatchObject([{ sent: { message: '', message_type: 'image', file_id: 'f-7' } }])
  })

  it('sends all that was said', async () => {
    const log = new ChatLog()
    using tab = openTab('one', log)
    tab.transport.goOnline()
    const original = {
      id: 'm-1',
      user_id: 'minh',
      user_name: 'Minh',
      message: 'Why?',
      message_type: 'text',
      deleted_at: null,
    } as const
    const clientId = tab.outbox.send('algebra', {
      message: 'Because.',
      messageType: 'announcement',
      replyTo: original,
      mentions: ['minh', 'all'],
    })
    await until(tab.outbox.entries, isEmpty)
    expect(log.tries.getSnapshot()[0]?.sent).toEqual({
      course_id: 'algebra',
      message: 'Because.',
      client_id: clientId,
      message_type: 'announcement',
      reply_to_id: 'm-1',
      mentions: ['minh', 'all'],
    })
  })

  it('hands over the stored message before its entry goes', async () => {
    const log = new ChatLog()
    using tab = openTab('one', log)
    const seen: { message: MessageRecord; entries: readonly OutboxEntry[] }[] = []
    tab.outbox.onSent((message) => seen.push({ message, entries: tab.outbox.entries.getSnapshot() }))
    const clientId = tab.send('hello')
    tab.transport.goOnline()
    await until(tab.outbox.entries, isEmpty)
    expect(seen).toMatchObject([
      { message: { client_id: clientId, seq: 1 }, entries: [{ clientId, state: { kind: 'sending' } }] },
    ])
  })

  it('keeps a message before it is sent', async () => {
    const log = new ChatLog()
    const memory = new MemoryOutboxStore()
    const { promise: disk, resolve: written } = Promise.withResolvers<void>()
    const { promise: began, resolve: begin } = Promise.withResolvers<void>()
    const add = async (entry: OutboxEntry) => {
      if (entry.content.message === 'second') {
        begin()
        await disk
      }
      return memory.add(entry)
    }
    log.answering = async (_sent, store) => {
      await began
      return store()
    }
    using tab = openTab('one', log, { store: storeWith({ add }, memory) })
    tab.transport.goOnline()
    tab.send('first')
    await until(log.tries, ({ length }) => length === 1)
    tab.send('second')
    await until(tab.outbox.entries, ({ length }) => length === 1)
    await aTurn()
    expect(log.texts('algebra')).toEqual(['first'])
    expect(log.tries.getSnapshot()).toHaveLength(1)
    written()
    await until(tab.outbox.entries, isEmpty)
    expect(log.texts('algebra')).toEqual(['first', 'second'])
  })

  it('sends one message of a course at a time, and courses side by side', async () => {
    const log = new ChatLog()
    const { promise: algebra, resolve: answerAlgebra } = Promise.withResolvers<void>()
    log.answering = async ({ course_id }, store) => {
      if (course_id === 'algebra') await algebra
      return store()
    }
    using tab = openTab('one', log)
    tab.send('a1', 'algebra')
    tab.send('a2', 'algebra')
    tab.send('b1', 'biology')
    tab.send('b2', 'biology')
    tab.transport.goOnline()
    await until(log.stored, ({ length }) => length === 2)
    expect(log.texts('biology')).toEqual(['b1', 'b2'])
    expect(log.tries.getSnapshot().filter(({ sent }) => sent.course_id === 'algebra')).toHaveLength(1)
    answerAlgebra()
    await until(tab.outbox.entries, isEmpty)
    expect(log.texts('algebra')).toEqual(['a1', 'a2'])
  })

  it.each([
    ['before', false],
    ['after', true],
  ])('sends again what was cut off %s the server stored it: stored once, in order', async (_when, isStored) => {
    const log = new ChatLog()
    using tab = openTab('one', log)
    log.answering = ({ message }, store) => {
      const isFirstTry = log.tries.getSnapshot().filter(({ sent }) => sent.message === message).length === 1
      if (!isFirstTry) return store()
      if (isStored) store()
      tab.transport.goOffline()
      return new Promise(() => undefined)
    }
    for (const text of ['a', 'b', 'c']) tab.send(text)
    for (let cuts = 1; cuts <= 3; cuts++) {
      tab.transport.goOnline()
      await until(tab.transport.connection, ({ status }) => status === 'waiting')
      await until(tab.outbox.entries, (entries) => entries.every(({ state }) => state.kind === 'waiting'))
    }
    tab.transport.goOnline()
    await until(tab.outbox.entries, isEmpty)
    expect(log.texts('algebra')).toEqual(['a', 'b', 'c'])
    expect(log.tries.getSnapshot().map(({ sent }) => sent.message)).toEqual(['a', 'a', 'b', 'b', 'c', 'c'])
  })

  it('keeps a message first that is to wait, as long as the server asks', async () => {
    const log = new ChatLog()
    log.answering = (_sent, store) => {
      if (log.tries.getSnapshot().length === 1) throw error('RATE_LIMITED', { retry_after_ms: 7000 })
      return store()
    }
    using tab = openTab('one', log)
    tab.send('first')
    tab.send('second')
    tab.transport.goOnline()
    await until(tab.outbox.entries, isEmpty)
    expect(log.texts('algebra')).toEqual(['first', 'second'])
    expect(tab.clock.waits).toHaveLength(1)
    expect(tab.clock.waits[0]).toBeGreaterThanOrEqual(7000)
  })

  it('tells what was refused for good, goes on with the rest, and sends it last once it is retried', async () => {
    const log = new ChatLog()
    let isForbidden = true
    log.answering = ({ message }, store) => {
      if (isForbidden && message === 'first') throw error('FORBIDDEN')
      return store()
    }
    using tab = openTab('one', log)
    const id = tab.send('first')
    tab.send('second')
    tab.transport.goOnline()
    await until(tab.outbox.entries, ({ length }) => length === 1)
    expect(tab.outbox.entries.getSnapshot()[0]?.state).toEqual({ kind: 'failed', code: 'FORBIDDEN', message: 'Why.' })
    isForbidden = false
    tab.outbox.retry(id)
    expect(kinds(tab.outbox)).toEqual(['waiting'])
    await until(tab.outbox.entries, isEmpty)
    expect(log.texts('algebra')).toEqual(['second', 'first'])
  })

  it('gives up on what the server fails at, after a few tries', async () => {
    const log = new ChatLog()
    log.answering = ({ message }, store) => {
      if (message === 'poison') throw error('INTERNAL')
      return store()
    }
    using tab = openTab('one', log)
    tab.send('poison')
    tab.send('fine')
    tab.transport.goOnline()
    await until(tab.outbox.entries, ({ length }) => length === 1)
    expect(kinds(tab.outbox)).toEqual(['failed'])
    expect(log.tries.getSnapshot()).toHaveLength(6)
  })

  it('waits for another connection once this one’s person is known no longer', async () => {
    const log = new ChatLog()
    log.answering = () => {
      throw error('UNAUTHENTICATED')
    }
    using tab = openTab('one', log)
    tab.send('hello')
    tab.transport.goOnline()
    await until(log.tries, ({ length }) => length === 1)
    await until(tab.outbox.entries, () => kinds(tab.outbox).includes('waiting'))
    log.answering = (_sent, store) => store()
    tab.send('again')
    await aTurn()
    expect(log.tries.getSnapshot()).toHaveLength(1)
    tab.transport.goOffline()
    tab.transport.goOnline()
    await until(tab.outbox.entries, isEmpty)
    expect(log.texts('algebra')).toEqual(['hello', 'again'])
    expect(log.tries.getSnapshot()).toHaveLength(3)
  })

  it('does not send what was discarded, nor again what was discarded while it was being sent', async () => {
    const log = new ChatLog()
    using tab = openTab('one', log)
    log.answering = () => {
      tab.outbox.discard(sending)
      tab.transport.goOffline()
      throw error('NETWORK')
    }
    const sending = tab.send('sending')
    const waiting = tab.send('waiting')
    tab.send('kept')
    tab.outbox.discard(waiting)
    expect(texts(tab.outbox)).toEqual(['sending', 'kept'])
    tab.transport.goOnline()
    await until(tab.outbox.entries, ({ length }) => length === 1)
    log.answering = (_sent, store) => store()
    tab.transport.goOnline()
    await until(tab.outbox.entries, isEmpty)
    expect(log.texts('algebra')).toEqual(['kept'])
  })

  it('keeps the objects of what has not changed', () => {
    using tab = openTab('one', new ChatLog())
    tab.send('first')
    const before = tab.outbox.entries.getSnapshot()
    tab.send('second')
    expect(tab.outbox.entries.getSnapshot()[0]).toBe(before[0])
  })

  it('asks again who is signed in when there was no answer', async () => {
    const log = new ChatLog()
    let times = 0
    const userId = async () => {
      times++
      if (times < 3) throw error('RATE_LIMITED', { retry_after_ms: 3000 })
      return 'lan'
    }
    using tab = openTab('one', log, { userId })
    tab.transport.goOnline()
    tab.send('hello')
    expect(tab.outbox.entries.getSnapshot()[0]?.userId).toBe('')
    await until(tab.outbox.entries, (entries) => entries[0]?.userId === 'lan')
    await until(tab.outbox.entries, isEmpty)
    expect(times).toBe(3)
  })
})

describe('an outbox whose store fails', () => {
  const quota = async () => {
    throw new DOMException('No room.', 'QuotaExceededError')
  }

  it('goes on in memory, with what was kept before', async () => {
    const log = new ChatLog()
    const memory = new MemoryOutboxStore()
    let adds = 0
    const add = (entry: OutboxEntry) => (++adds > 1 ? quota() : memory.add(entry))
    using tab = openTab('one', log, { store: storeWith({ add }, memory) })
    for (const text of ['kept', 'no room', 'nor here']) tab.send(text)
    tab.transport.goOnline()
    await until(tab.outbox.entries, isEmpty)
    expect(log.texts('algebra')).toEqual(['kept', 'no room', 'nor here'])
    await expect(memory.list('lan')).resolves.toEqual([])
  })

  it('works where there is no room for anything', async () => {
    const log = new ChatLog()
    const store = storeWith({ add: quota, list: quota, update: quota, remove: quota })
    using tab = openTab('one', log, { store })
    tab.send('hello')
    tab.transport.goOnline()
    await until(tab.outbox.entries, isEmpty)
    expect(log.texts('algebra')).toEqual(['hello'])
  })
})
