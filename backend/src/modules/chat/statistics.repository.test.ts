import { expect, it } from 'vitest'
import { systemMessage, T0, useChatLogs } from '../../../test/chat-log.ts'
import { courseStatistics, messagesDuring } from './statistics.repository.ts'

const newChatLog = useChatLogs()
const HOUR = 3_600_000

it('counts what was said, but not the deleted and the system', async () => {
  const log = await newChatLog()
  await log.sent('an', 'một')
  await log.sent('an', 'hai', { now: T0 + HOUR })
  await log.sent('binh', 'ba', { messageType: 'announcement', now: T0 + 20 * HOUR })
  await log.sent('binh', '', { messageType: 'image', fileId: await log.file('binh'), now: T0 + 20 * HOUR + 1 })
  const { id } = await log.sent('chi', 'bốn', { now: T0 + 30 * HOUR })
  await log.remove(id)
  await log.sent('', '', systemMessage)
  await log.sent('an', 'elsewhere', { courseId: log.c2 })

  const found = await courseStatistics(log.database, { courseId: log.c1, timeZone: 'UTC' })
  expect(found.byType.toSorted((a, b) => a.type.localeCompare(b.type))).toEqual([
    { type: 'announcement', count: 1 },
    { type: 'image', count: 1 },
    { type: 'text', count: 2 },
  ])
  expect(found).toMatchObject({
    total: 4,
    byUser: [
      { userId: 'an', userName: 'Name of an', count: 2 },
      { userId: 'binh', userName: 'Name of binh', count: 2 },
    ],
    byDay: [
      { date: '2026-03-02', count: 2 },
      { date: '2026-03-03', count: 2 },
    ],
    activeUsers: 2,
    firstMessageAt: T0,
    lastMessageAt: T0 + 20 * HOUR + 1,
    filesShared: 1,
  })
  expect([found.byHour[8], found.byHour[9], found.byHour[4]]).toEqual([1, 1, 2])
})

it('counts from, and up to but not at', async () => {
  const log = await newChatLog()
  for (const hour of [0, 1, 2, 3]) await log.sent('an', `${hour}`, { now: T0 + hour * HOUR })
  const found = await courseStatistics(log.database, {
    courseId: log.c1,
    timeZone: 'Asia/Ho_Chi_Minh',
    from: T0 + HOUR,
    to: T0 + 3 * HOUR,
  })
  expect([found.total, found.firstMessageAt, found.lastMessageAt]).toEqual([2, T0 + HOUR, T0 + 2 * HOUR])
  expect([found.byHour[15], found.byHour[16], found.byHour[17], found.byHour[18]]).toEqual([0, 1, 1, 0])
})

it('counts by author what stands in stretches of the log, but not the deleted and the system', async () => {
  const log = await newChatLog()
  await log.sent('an', 'before')
  await log.sent('an', 'một')
  await log.sent('binh', 'hai')
  const { id } = await log.sent('chi', 'ba')
  await log.remove(id)
  await log.sent('', '', systemMessage)
  await log.sent('binh', 'between')
  await log.sent('an', 'bốn')
  await log.sent('an', 'elsewhere', { courseId: log.c2 })
  const stretches = [
    { afterSeq: 1, upToSeq: 5 },
    { afterSeq: 6, upToSeq: null },
  ]
  const found = await messagesDuring(log.database, { courseId: log.c1, stretches })
  expect([...found].toSorted()).toEqual([
    ['an', 2],
    ['binh', 1],
  ])
})

it("tells one person's count alone where no more is asked for", async () => {
  const log = await newChatLog()
  await log.sent('an', 'một')
  await log.sent('binh', 'hai')
  const found = await courseStatistics(log.database, { courseId: log.c1, timeZone: 'UTC', onlyUserId: 'binh' })
  expect(found.byUser).toEqual([{ userId: 'binh', userName: 'Name of binh', count: 1 }])
  expect([found.total, found.activeUsers]).toEqual([2, 2])
})

it('of a silent course is nought', async () => {
  const log = await newChatLog()
  const found = await courseStatistics(log.database, { courseId: log.c1, timeZone: 'UTC' })
  expect(found).toEqual({
    total: 0,
    byType: [],
    byUser: [],
    byDay: [],
    byHour: Array(24).fill(0),
    activeUsers: 0,
    firstMessageAt: null,
    filesShared: 0,
    lastMessageAt: null,
  })
})
