import { expect, it } from 'vitest'
import { systemMessage, T0, useChatLogs } from '../../../test/chat-log.ts'
import type { StoredMessage } from './chat.records.types.ts'
import { readMarks, unreadIn } from './reading.repository.ts'
import { courseStatistics } from './statistics.repository.ts'

const newChatLog = useChatLogs()
const PEOPLE = ['an', 'binh', 'chi']

it('unread counts and statistics are right at every length of a log, whenever a message was deleted', async () => {
  const log = await newChatLog()
  const standing = new Map<number, StoredMessage>()
  for (let n = 1; n <= 100; n++) {
    const isSystem = n % 11 === 0
    const message = isSystem ? await log.sent('', '', systemMessage) : await log.sent(PEOPLE[n % 3] ?? '', `${n}`)
    if (!isSystem) standing.set(message.seq, message)
    // One of those just said, and one of long ago.
    for (const seq of n % 7 === 0 ? [n - 1, n - 40] : []) {
      const gone = standing.get(seq)
      if (gone !== undefined) await log.remove(gone.id)
      standing.delete(seq)
    }
    if (n % 10 === 0) {
      await log.database.write(readMarks.markRead, { courseId: log.c1, userId: 'binh', seq: n - 35 })
    }
    const mark = Math.max(0, Math.floor(n / 10) * 10 - 35)
    for (const [userId, after] of [
      ['an', 0],
      ['binh', mark],
    ] as const) {
      const others = [...standing.values()].filter(({ seq, user_id }) => seq > after && user_id !== userId)
      expect(await unreadIn(log.database, userId, [log.c1])).toMatchObject([{ unread: others.length }])
    }
  }
  const statistics = await courseStatistics(log.database, { courseId: log.c1, timeZone: 'UTC' })
  const counts = Map.groupBy(standing.values(), ({ user_id }) => user_id)
  expect(new Map(statistics.byUser.map(({ userId, count }) => [userId, count]))).toEqual(
    new Map([...counts].map(([userId, messages]) => [userId, messages.length])),
  )
  expect(statistics).toMatchObject({ total: standing.size, firstMessageAt: T0, lastMessageAt: T0 })
})
