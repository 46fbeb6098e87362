// Fills courses with messages through the operation that sends end in, while no server runs:
// `fill-chat.script.ts <data directory or postgres://…> <courses> <messages> [name]`.
// Course `history-0` and so on, or by that name; each message says `bài tập`, its number, and some words, one of which is rare.

import { openPostgres } from '../src/database/postgres/open-postgres.ts'
import { databaseFile } from '../src/database/sqlite/files.ts'
import { openSqlite } from '../src/database/sqlite/open-sqlite.ts'
import { chatLog } from '../src/modules/chat/chat.repository.ts'
import { AppError } from '../src/shared/errors.ts'
import { newId } from '../src/shared/ids.ts'
import { seed } from './chat-seed.repository.ts'

/** Twice what one commit takes: the next is full when it begins. */
const AT_ONCE = 1_024
const WORDS = [
  'học',
  'thi',
  'nhóm',
  'chương',
  'trang',
  'câu',
  'hỏi',
  'đáp',
  'lịch',
  'phòng',
  'thầy',
  'cô',
  'bạn',
  'nộp',
  'đúng',
  'hạn',
]
/** One message of so many in a course names it. */
const RARELY = 500
const PEOPLE = 20
const HOUR_MS = 3_600_000

const [place = '', courseCount = '', messageCount = '', name = 'history'] = process.argv.slice(2)
const isPostgres = place.startsWith('postgres:')
const database = isPostgres ? await openPostgres({ url: place }) : await openSqlite({ file: databaseFile(place) })
const courses = Array.from({ length: Number(courseCount) }, (_, number) => `${name}-${number}`)
const userIds = Array.from({ length: PEOPLE }, (_, number) => `person-${number}`)
const startedAt = Date.now() - 90 * 24 * HOUR_MS
await Promise.all(courses.map((id) => database.write(seed.course, { id, userIds, now: startedAt })))

const word = (number: number): string => WORDS[number % WORDS.length] ?? ''

async function send(number: number): Promise<void> {
  const userId = userIds[(number * 7) % PEOPLE] ?? ''
  const place = Math.floor(number / courses.length)
  const rare = place % RARELY === 0 ? ' thermodynamics' : ''
  await untilStored({
    id: newId(),
    courseId: courses[number % courses.length] ?? '',
    author: { userId, userName: `Name of ${userId}`, userRole: 'student' },
    message: `Bài tập ${place}: ${word(number)} ${word(number >> 4)} ${word(number >> 7)} ${word(number * 13)}${rare}`,
    messageType: 'text',
    replyToId: null,
    fileId: null,
    clientId: newId(),
    mentions: [],
    system: null,
    now: startedAt + Math.floor((number / Number(messageCount)) * 80 * 24 * HOUR_MS),
  })
}

/** On a machine that stands still meanwhile the database may be gone for a moment; by its `client_id` it is stored once. */
async function untilStored(message: Parameters<typeof chatLog.append.run>[1]): Promise<void> {
  for (;;) {
    try {
      await database.write(chatLog.append, message)
      return
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'UNAVAILABLE') throw error
    }
  }
}

let next = 0
const sendSome = async () => {
  while (next < Number(messageCount)) await send(next++)
}
await Promise.all(Array.from({ length: AT_ONCE }, sendSome))
await database.close()
