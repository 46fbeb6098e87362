import { afterAll, beforeAll } from 'vitest'
import type { Change, NewMessage, StoredMessage } from '../src/modules/chat/chat.records.types.ts'
import { chatLog } from '../src/modules/chat/chat.repository.ts'
import { newId } from '../src/shared/ids.ts'
import { seed } from './chat-seed.repository.ts'
import { openTestDatabase, type TestDatabase } from './open-test-database.ts'

export const T0 = Date.parse('2026-03-02T08:00:00.000Z')

/**
 * One database for a test file, since opening one takes longer than most tests.
 * @returns what makes a log: two new courses `c1` and `c2` for `an`, `binh` and `chi`, and short ways to write to them
 */
export function useChatLogs() {
  let test: TestDatabase
  beforeAll(async () => {
    test = await openTestDatabase()
  })
  afterAll(() => test[Symbol.asyncDispose]())
  return () => newChatLog(test.database)
}

async function newChatLog(database: TestDatabase['database']) {
  const [c1, c2] = [newId(), newId()]
  for (const id of [c1, c2]) await database.write(seed.course, { id, userIds: ['an', 'binh', 'chi'], now: T0 })
  const send = (userId: string, message: string, more: Partial<NewMessage> = {}): Promise<Change> =>
    database.write(chatLog.append, { ...messageOf(c1, userId, message), ...more })
  return {
    database,
    c1,
    c2,
    send,
    /** A message that is stored, as it is then. */
    sent: async (userId: string, message: string, more: Partial<NewMessage> = {}): Promise<StoredMessage> =>
      (await send(userId, message, more)).message,
    remove: (messageId: string, now = T0): Promise<Change> =>
      database.write(chatLog.remove, { messageId, courseId: c1, actorId: 'an', staff: true, now }),
    edit: (message: StoredMessage, text: string, now = T0): Promise<Change> =>
      database.write(chatLog.edit, {
        messageId: message.id,
        courseId: message.course_id,
        actorId: message.user_id ?? '',
        message: text,
        now,
      }),
    /** @returns the id of a file that `userId` has uploaded */
    file: async (userId: string): Promise<string> => {
      const id = newId()
      await database.write(seed.file, { id, courseId: c1, userId, now: T0 })
      return id
    },
    skipTo: (id: string, seq: number) => database.write(seed.lastSeq, { id, seq }),
    archive: (id: string) => database.write(seed.archive, { id, now: T0 }),
  }
}

export type ChatLog = Awaited<ReturnType<typeof newChatLog>>

export const systemMessage: Partial<NewMessage> = {
  author: null,
  messageType: 'system',
  system: { kind: 'renamed', title: 'x' },
}

export function messageOf(courseId: string, userId: string, message: string): NewMessage {
  return {
    id: newId(),
    courseId,
    author: { userId, userName: `Name of ${userId}`, userRole: 'student' },
    message,
    messageType: 'text',
    replyToId: null,
    fileId: null,
    clientId: null,
    mentions: [],
    system: null,
    now: T0,
  }
}
