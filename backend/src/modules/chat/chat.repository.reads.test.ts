import type { MessagesStart } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { type ChatLog, T0, useChatLogs } from '../../../test/chat-log.ts'
import type { StoredMessage } from './chat.records.types.ts'
import {
  changesSince,
  courseOfMessage,
  findMessage,
  messageByClientId,
  messageHistory,
  messagePage,
  messagesOfType,
  type PageQuery,
  pinnedMessages,
} from './chat.repository.reads.ts'
import { chatLog } from './chat.repository.ts'

const newChatLog = useChatLogs()

const seqs = (messages: readonly { readonly seq: number }[]) => messages.map(({ seq }) => seq)
const page = (log: ChatLog, start: PageQuery['start'], limit = 2) =>
  messagePage(log.database, { courseId: log.c1, limit, start })
const following = (cursor: string | null): MessagesStart & { kind: 'cursor' } => ({
  kind: 'cursor',
  cursor: cursor ?? '',
})

async function logOf(count: number): Promise<ChatLog> {
  const log = await newChatLog()
  for (let i = 1; i <= count; i++) await log.sent('an', `${i}`)
  return log
}

describe('a page', () => {
  it('is the latest, newest first, and goes on to the first whatever is added meanwhile', async () => {
    const log = await logOf(5)
    const first = await page(log, { kind: 'latest' })
    await log.sent('binh', '6')
    const second = await page(log, following(first.nextCursor))
    const third = await page(log, following(second.nextCursor))
    expect([first, second, third].map(({ items }) => seqs(items))).toEqual([[5, 4], [3, 2], [1]])
    expect(third.nextCursor).toBeNull()
  })

  it('after a seq is oldest first, and goes on to the last', async () => {
    const log = await logOf(5)
    const first = await page(log, { kind: 'after', seq: 1 })
    const second = await page(log, following(first.nextCursor))
    expect([first, second].map(({ items }) => seqs(items))).toEqual([
      [2, 3],
      [4, 5],
    ])
    expect(second.nextCursor).toBeNull()
  })

  it('before a seq leaves that one out', async () => {
    const log = await logOf(5)
    expect(seqs((await page(log, { kind: 'before', seq: 3 })).items)).toEqual([2, 1])
    expect((await page(log, { kind: 'before', seq: 1 })).items).toEqual([])
  })

  it('holds a deleted message in its place', async () => {
    const log = await logOf(3)
    const { items } = await page(log, { kind: 'latest' }, 3)
    await log.remove(items[1]?.id ?? '')
    const again = await page(log, { kind: 'latest' }, 3)
    expect(again.items.map(({ seq, message }) => [seq, message])).toEqual([
      [3, '3'],
      [2, ''],
      [1, '1'],
    ])
  })
})

describe('what changed', () => {
  it('after a rev is each message once, as it is now, by rev', async () => {
    const log = await logOf(3)
    const { items } = await page(log, { kind: 'latest' }, 3)
    const [third, second, first] = items
    if (!first || !second || !third) throw new Error('Three messages were sent.')
    await log.edit(first, 'sửa')
    await log.edit(first, 'sửa nữa')
    await log.remove(second.id)
    const { messages, more } = await changesSince(log.database, { courseId: log.c1, sinceRev: 1, limit: 500 })
    expect(messages.map(({ rev, seq, message }) => [rev, seq, message])).toEqual([
      [3, 3, '3'],
      [5, 1, 'sửa nữa'],
      [6, 2, ''],
    ])
    expect(more).toBe(false)
  })

  it('beyond the limit is fetched from the last rev on', async () => {
    const log = await logOf(5)
    const first = await changesSince(log.database, { courseId: log.c1, sinceRev: 0, limit: 3 })
    expect([seqs(first.messages), first.more]).toEqual([[1, 2, 3], true])
    const second = await changesSince(log.database, { courseId: log.c1, sinceRev: 3, limit: 3 })
    expect([seqs(second.messages), second.more]).toEqual([[4, 5], false])
  })

  it('is complete from every rev on, wherever in the log the changes are', async () => {
    const log = await newChatLog()
    const latest = new Map<string, number>()
    const remember = ({ id, rev }: StoredMessage) => latest.set(id, rev)
    for (const changes of [0, 0, 5, 0, 1, 0, 0, 9, 0]) {
      const message = await log.sent('an', 'x')
      remember(message)
      for (let change = 0; change < changes; change++) remember((await log.edit(message, `${change}`)).message)
    }
    for (let sinceRev = 0; sinceRev <= 25; sinceRev++) {
      const { messages } = await changesSince(log.database, { courseId: log.c1, sinceRev, limit: 500 })
      const expected = [...latest.values()].filter((rev) => rev > sinceRev).toSorted((a, b) => a - b)
      expect(messages.map(({ rev }) => rev)).toEqual(expected)
    }
  })

  it('is complete where rows are missing that somebody took out of the database', async () => {
    const log = await newChatLog()
    await log.skipTo(log.c1, 40)
    const changed = await log.sent('an', 'x')
    for (let change = 0; change < 5; change++) await log.edit(changed, `${change}`)
    await log.sent('an', 'y')
    for (const sinceRev of [0, 30, 40]) {
      const { messages } = await changesSince(log.database, { courseId: log.c1, sinceRev, limit: 500 })
      expect(messages.map(({ rev }) => rev)).toEqual([46, 47])
    }
  })
})

it('lists by type and by pin are newest first, without the deleted', async () => {
  const log = await newChatLog()
  const announced: StoredMessage[] = []
  for (let i = 0; i < 4; i++) {
    announced.push(await log.sent('an', `${i}`, { messageType: 'announcement' }))
    await log.sent('an', 'khác')
  }
  const [first, second, third] = announced
  if (!first || !second || !third) throw new Error('Four messages were sent.')
  for (const { id: messageId } of [third, first, second]) {
    await log.database.write(chatLog.pin, { messageId, courseId: log.c1, now: T0 })
  }
  await log.remove(second.id)
  const query = { courseId: log.c1, limit: 2, type: 'announcement' as const }
  const types = await messagesOfType(log.database, query)
  const rest = await messagesOfType(log.database, { ...query, cursor: types.nextCursor ?? '' })
  expect([seqs(types.items), seqs(rest.items), rest.nextCursor]).toEqual([[7, 5], [1], null])
  const pinned = await pinnedMessages(log.database, { courseId: log.c1, limit: 1 })
  const next = await pinnedMessages(log.database, { courseId: log.c1, limit: 1, cursor: pinned.nextCursor ?? '' })
  expect([seqs(pinned.items), seqs(next.items), next.nextCursor]).toEqual([[5], [1], null])
})

it('the history of a message goes on page by page', async () => {
  const log = await newChatLog()
  let message = await log.sent('an', '1')
  for (const text of ['2', '3', '4']) message = (await log.edit(message, text, T0 + Number(text))).message
  const found: [string, number][] = []
  let cursor: string | null | undefined
  do {
    const next = await messageHistory(log.database, { message, limit: 1, cursor: cursor ?? undefined })
    found.push(...next.items.map(({ message: text, at }): [string, number] => [text, at - T0]))
    cursor = next.nextCursor
  } while (cursor !== null)
  expect(found).toEqual([
    ['4', 4],
    ['3', 3],
    ['2', 2],
    ['1', 0],
  ])
})

it('a message is found by its id, and by its sender with their client_id', async () => {
  const log = await newChatLog()
  const sent = await log.sent('an', '1', { clientId: 'k' })
  expect(await findMessage(log.database, sent.id)).toEqual(sent)
  expect(await courseOfMessage(log.database, sent.id)).toBe(log.c1)
  expect(await findMessage(log.database, 'none')).toBeUndefined()
  expect(await courseOfMessage(log.database, 'none')).toBeUndefined()
  const sentAs = { courseId: log.c1, userId: 'an', clientId: 'k' }
  expect(await messageByClientId(log.database, sentAs)).toEqual(sent)
  expect(await messageByClientId(log.database, { ...sentAs, userId: 'binh' })).toBeUndefined()
})
