import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChatLog, T0, useChatLogs } from '../../../test/chat-log.ts'
import { encodeCursor } from '../../shared/cursor.ts'
import { AppError } from '../../shared/errors.ts'
import { wordsOf } from '../../shared/fold.ts'
import { type Search, searchMessages } from './search.repository.ts'
import { scopeOf } from './search.scope.ts'

const newChatLog = useChatLogs()

const find = (log: ChatLog, query: string, more: Partial<Search> = {}) =>
  searchMessages(log.database, { courseId: log.c1, query, limit: 50, ...more })

const texts = async (log: ChatLog, query: string, more: Partial<Search> = {}) =>
  (await find(log, query, more)).items.map(({ message }) => message.message)

describe('search', () => {
  it('finds all words, each as a prefix, whatever the case and the diacritics, newest first', async () => {
    const log = await newChatLog()
    await log.sent('an', 'Phòng Đào tạo thông báo')
    await log.sent('an', 'Tạo nhóm')
    await log.sent('an', 'TẠO LỚP, ĐÀO SÂU'.normalize('NFD'))
    expect(await texts(log, 'dao tao')).toEqual(['TẠO LỚP, ĐÀO SÂU'.normalize('NFD'), 'Phòng Đào tạo thông báo'])
    expect(await texts(log, 'Đào TẠO')).toHaveLength(2)
    expect(await texts(log, 'ta')).toHaveLength(3)
    expect(await texts(log, 'ao')).toEqual([])
    const { items } = await find(log, 'đào phòng')
    expect(items.map(({ highlights }) => highlights)).toEqual([
      [
        [0, 5],
        [6, 9],
      ],
    ])
  })

  it('keeps courses apart, and scope words of another one find nothing', async () => {
    const log = await newChatLog()
    await log.sent('an', 'bí mật', { courseId: log.c2 })
    expect(await texts(log, 'bi mat')).toEqual([])
    await log.sent('an', `${scopeOf(log.c2)}0zbi`)
    expect(await texts(log, 'bi', { courseId: log.c2 })).toEqual(['bí mật'])
    expect(await texts(log, scopeOf(log.c2), { courseId: log.c2 })).toEqual([])
  })

  it('follows edits and deletions', async () => {
    const log = await newChatLog()
    const message = await log.sent('an', 'một')
    await log.edit(message, 'hai')
    expect(await texts(log, 'mot')).toEqual([])
    expect(await texts(log, 'hai')).toEqual(['hai'])
    await log.edit(message, '…')
    expect(await texts(log, 'hai')).toEqual([])
    await log.edit(message, 'ba')
    expect(await texts(log, 'ba')).toEqual(['ba'])
    await log.remove(message.id)
    expect(await texts(log, 'ba')).toEqual([])
  })

  it('keeps to what is asked: from, to, sender, type', async () => {
    const log = await newChatLog()
    await log.sent('an', 'từ 0')
    await log.sent('binh', 'từ 1', { now: T0 + 1 })
    await log.sent('binh', 'từ 2', { now: T0 + 2, messageType: 'announcement' })
    expect(await texts(log, 'tu', { from: T0 + 1 })).toEqual(['từ 2', 'từ 1'])
    expect(await texts(log, 'tu', { to: T0 + 1 })).toEqual(['từ 0'])
    expect(await texts(log, 'tu', { userId: 'binh', type: 'text' })).toEqual(['từ 1'])
  })

  it('goes on where a page ended, and what is added meanwhile shifts nothing', async () => {
    const log = await newChatLog()
    for (let i = 0; i < 5; i++) await log.sent('an', `trang ${i}`)
    const first = await find(log, 'trang', { limit: 2 })
    await log.sent('an', 'trang 5')
    const second = await find(log, 'trang', { limit: 2, cursor: first.nextCursor ?? '' })
    const third = await find(log, 'trang', { limit: 2, cursor: second.nextCursor ?? '' })
    const pages = [first, second, third].map(({ items }) => items.map(({ message }) => message.message))
    expect(pages).toEqual([['trang 4', 'trang 3'], ['trang 2', 'trang 1'], ['trang 0']])
    expect(third.nextCursor).toBeNull()
    await expect(find(log, 'trang', { cursor: 'none' })).rejects.toThrow(AppError)
  })

  it('goes back through a long course, and starts where a page ended', async () => {
    const log = await newChatLog()
    for (const before of [0, 16_382, 16_383, 16_384, 200_000]) {
      await log.skipTo(log.c1, before)
      await log.sent('an', `trang ${before + 1}`)
    }
    const first = await find(log, 'trang', { limit: 2 })
    const second = await find(log, 'trang', { limit: 2, cursor: first.nextCursor ?? '' })
    const third = await find(log, 'trang', { limit: 2, cursor: second.nextCursor ?? '' })
    const pages = [first, second, third].map(({ items }) => items.map(({ message }) => message.seq))
    expect(pages).toEqual([[200_001, 16_385], [16_384, 16_383], [1]])
  })

  it('a cursor of a place that the course has not come to begins at its end', async () => {
    const log = await newChatLog()
    await log.sent('an', 'trang')
    const cursor = encodeCursor(['before', Number.MAX_SAFE_INTEGER])
    expect(await texts(log, 'trang', { cursor })).toEqual(['trang'])
  })

  it.each([
    '"',
    '""',
    '*',
    'NEAR',
    'NEAR(',
    'a NEAR b',
    '%',
    '(',
    ')',
    'search:',
    '-a',
    '^a',
    'AND OR NOT',
    "'; --",
    '\\',
    '👍',
    'a"b*',
  ])('takes %s for text or nothing', async (query) => {
    const log = await newChatLog()
    await log.sent('an', `đây là ${query} đó`)
    expect(await texts(log, query)).toHaveLength(wordsOf(query).length > 0 ? 1 : 0)
  })

  it('finds in the index what folding says', async () => {
    const log = await newChatLog()
    const text = fc.string({ unit: 'grapheme', maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(text, async (said) => {
        const { id } = await log.sent('an', said)
        const words = wordsOf(said)
        const { items } = await find(log, words.map((word) => word.slice(0, 3).toWellFormed()).join(' '), { limit: 1 })
        expect(items[0]?.message.id).toBe(words.length === 0 ? undefined : id)
      }),
      { numRuns: 60 },
    )
  })
})
