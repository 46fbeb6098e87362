import { beforeAll, describe, expect, it } from 'vitest'
import { chatLog } from '../../src/modules/chat/chat.repository.ts'
import { type ChatLog, messageOf, useChatLogs } from '../chat-log.ts'
import { type SearchReads, searchReads } from '../search-reads.repository.ts'

const MESSAGES = 10_000
/** A stretch of the index. */
const STRETCH = 4_096
const LIMIT = 50
/** The newest, looked at as they are; and what a plan looks at, the ends of an index. */
const LOOK = 256 + 20
/** What is found is read once more, with what it shows. */
const PAGE = 2 * (LIMIT + 1) + 20

const newChatLog = useChatLogs()
let log: ChatLog

/** All messages say `bài`, the first half `cũ`, one of 2,500 `hiếm`; the other course says `lạ` and nothing else. */
beforeAll(async () => {
  log = await newChatLog()
  const texts = Array.from({ length: MESSAGES }, (_, index) =>
    ['bài', index < MESSAGES / 2 && 'cũ', index % 2_500 === 1 && 'hiếm'].filter(Boolean).join(' '),
  )
  const others = Array.from({ length: MESSAGES / 5 }, () => messageOf(log.c2, 'an', 'lạ'))
  const all = [...texts.map((text) => messageOf(log.c1, 'an', text)), ...others]
  await Promise.all(all.map((message) => log.database.write(chatLog.append, message)))
  await log.database.write(searchReads.analyze, null)
})

const find = (word: string, beforeSeq?: number): Promise<SearchReads> =>
  log.database.query(searchReads.readsOf, { courseId: log.c1, words: [word], beforeSeq, limit: LIMIT })

const downFrom = (seq: number) => Array.from({ length: LIMIT + 1 }, (_, index) => seq - index)

describe('what a search reads of 10,000 messages', () => {
  it.each(['bai', 'b'])('a page and no more for what all of them say: %s', async (word) => {
    const newest = await find(word)
    expect(newest.seqs).toEqual(downFrom(MESSAGES))
    expect(newest.reads).toBeLessThanOrEqual(PAGE)
    const older = await find(word, 5_000)
    expect(older.seqs).toEqual(downFrom(4_999))
    expect(older.reads).toBeLessThanOrEqual(PAGE)
  })

  it('one stretch and no more for what was said long ago', async () => {
    const { seqs, reads } = await find('cu')
    expect(seqs).toEqual(downFrom(MESSAGES / 2))
    expect(reads).toBeLessThanOrEqual(LOOK + STRETCH + PAGE)
  })

  it('what is found and no more for a rare word, from one stretch to the next', async () => {
    const { seqs, reads } = await find('hiem')
    expect(seqs).toEqual([7_502, 5_002, 2_502, 2])
    expect(reads).toBeLessThanOrEqual(LOOK + 2 * seqs.length)
  })

  it('nothing for what another course says', async () => {
    const { seqs, reads } = await find('la')
    expect(seqs).toEqual([])
    expect(reads).toBeLessThanOrEqual(LOOK)
  })
})
