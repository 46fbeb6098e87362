import { describe, expect, it } from 'vitest'
import { type ChatLog, systemMessage, useChatLogs } from '../../../test/chat-log.ts'
import { activityFor, readMarks, unreadIn } from './reading.repository.ts'

const newChatLog = useChatLogs()

const mark = (log: ChatLog, userId: string, seq: number, courseId = log.c1) =>
  log.database.write(readMarks.markRead, { courseId, userId, seq })

const unread = async (log: ChatLog, userId: string) => {
  const [found] = await unreadIn(log.database, userId, [log.c1])
  return [found?.unread, found?.mentions, found?.lastReadSeq]
}

const naming = (...userIds: string[]) => ({ mentions: userIds.map((id) => ({ user_id: id, user_name: id })) })

describe('the mark', () => {
  it('never goes back, nor past the last message', async () => {
    const log = await newChatLog()
    for (let i = 0; i < 5; i++) await log.sent('an', `${i}`)
    expect(await mark(log, 'binh', 3)).toEqual({ lastReadSeq: 3, moved: true })
    expect(await mark(log, 'binh', 2)).toEqual({ lastReadSeq: 3, moved: false })
    expect(await mark(log, 'binh', 3)).toEqual({ lastReadSeq: 3, moved: false })
    expect(await mark(log, 'binh', 99)).toEqual({ lastReadSeq: 5, moved: true })
    expect(await mark(log, 'chi', 0)).toEqual({ lastReadSeq: 0, moved: false })
  })

  it('is for a course that is there', async () => {
    const log = await newChatLog()
    await log.archive(log.c1)
    await expect(mark(log, 'an', 1)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(mark(log, 'an', 1, 'none')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await unreadIn(log.database, 'an', [log.c1])).toEqual([])
  })
})

describe('unread', () => {
  it("is others' messages above the mark, neither deleted nor system", async () => {
    const log = await newChatLog()
    const first = await log.sent('an', '1')
    await log.sent('binh', '2')
    await log.sent('', '', systemMessage)
    await log.sent('an', '4')
    const own = await log.sent('binh', '5')
    expect(await unread(log, 'binh')).toEqual([2, 0, 0])
    await log.remove(first.id)
    expect(await unread(log, 'binh')).toEqual([1, 0, 0])
    await log.remove(own.id)
    expect(await unread(log, 'binh')).toEqual([1, 0, 0])
    expect(await unread(log, 'an')).toEqual([1, 0, 0])
    await mark(log, 'binh', 4)
    expect(await unread(log, 'binh')).toEqual([0, 0, 4])
    await log.sent('chi', '6')
    expect(await unread(log, 'binh')).toEqual([1, 0, 4])
  })

  it('counts the mentions among it, of the person or all, each message once', async () => {
    const log = await newChatLog()
    await log.sent('an', '1', naming('binh', 'all'))
    await log.sent('an', '2', naming('chi'))
    const last = await log.sent('binh', '3', naming('all', 'binh'))
    expect(await unread(log, 'binh')).toEqual([2, 1, 0])
    expect(await unread(log, 'chi')).toEqual([3, 3, 0])
    expect(await unread(log, 'an')).toEqual([1, 1, 0])
    await log.remove(last.id)
    expect(await unread(log, 'an')).toEqual([0, 0, 0])
    await mark(log, 'binh', 1)
    expect(await unread(log, 'binh')).toEqual([1, 0, 1])
  })

  it('of several courses, and of several people, comes in one query', async () => {
    const log = await newChatLog()
    await log.sent('an', '1', naming('binh'))
    await log.sent('chi', '2', { courseId: log.c2 })
    await log.sent('chi', '3', { courseId: log.c2 })
    const found = await unreadIn(log.database, 'binh', [log.c1, log.c2, 'none'])
    expect(found.map(({ courseId, unread: count }) => [courseId, count])).toEqual([
      [log.c1, 1],
      [log.c2, 2],
    ])
    const activity = await activityFor(log.database, log.c1, ['an', 'binh', 'chi'])
    expect(activity.toSorted((a, b) => a.userId.localeCompare(b.userId))).toEqual([
      { userId: 'an', unread: 0, mentioned: false },
      { userId: 'binh', unread: 1, mentioned: true },
      { userId: 'chi', unread: 1, mentioned: false },
    ])
    expect(await unreadIn(log.database, 'binh', [])).toEqual([])
    expect(await activityFor(log.database, log.c1, [])).toEqual([])
  })
})
