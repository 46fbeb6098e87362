import { expect, it } from 'vitest'
import { classCommit } from '../../src/app/class-commit.ts'
import type { NewMessage } from '../../src/modules/chat/chat.records.types.ts'
import { changesSince } from '../../src/modules/chat/chat.repository.reads.ts'
import { ClassStateRepository } from '../../src/modules/webrtc/class-state.repository.ts'
import { plannedSession } from '../../src/modules/webrtc/planned-session.ts'
import { SessionRepository } from '../../src/modules/webrtc/sessions.repository.ts'
import { newId } from '../../src/shared/ids.ts'
import { messageOf, systemMessage, T0, useChatLogs } from '../chat-log.ts'
import { EVIDENCE_KEY } from './open-attendance.ts'

const newLog = useChatLogs()

/** A class that is planned, and its start, which chat is told by the messages. */
async function plan() {
  const log = await newLog()
  const { database, c1: courseId } = log
  const session = plannedSession({ id: newId(), courseId, title: 'Bài 1', lobby: false, createdAt: T0 })
  await new SessionRepository(database).create(session)
  const start = (messages: readonly NewMessage[]) => {
    const rows = { people: [], gone: [], bans: [], unbanned: [] }
    const live = { ...session, status: 'live', startedAt: T0, emptySince: T0 } as const
    const change = { sessionId: session.id, session: live, ...rows, attendance: [{ kind: 'live', at: T0 }] } as const
    return database.write(classCommit.commitAndAnnounce, { commit: { ...change, evidenceKey: EVIDENCE_KEY }, messages })
  }
  const status = async () => {
    const store = new ClassStateRepository(database, EVIDENCE_KEY, () => Promise.reject(new Error('Nothing is said.')))
    return (await store.session(session.id))?.status
  }
  const stored = async () => (await changesSince(database, { courseId, sinceRev: 0, limit: 10 })).messages
  const said = (id = newId()): NewMessage => ({ ...messageOf(courseId, 'nobody', ''), ...systemMessage, id })
  return { ...log, courseId, start, status, stored, said }
}

it('RTC8: a class and what chat says of its start are one commit', async () => {
  const { courseId, start, status, stored, said } = await plan()
  const [told] = await start([said()])
  expect(told).toMatchObject({ course_id: courseId, seq: 1, rev: 1, message_type: 'system' })
  expect(await status()).toBe('live')
  expect(await stored()).toMatchObject([{ id: told?.id }])
})

it('RTC8: where chat cannot be told, the class has not started', async () => {
  const { start, status, stored, said, sent } = await plan()
  const { id } = await sent('an', 'một')
  await expect(start([said(id)])).rejects.toThrow()
  expect(await status()).toBe('scheduled')
  expect(await stored()).toHaveLength(1)
})

it('RTC35: an archived course’s class changes all the same, and nothing is said', async () => {
  const { courseId, start, status, said, archive } = await plan()
  await archive(courseId)
  expect(await start([said()])).toEqual([])
  expect(await status()).toBe('live')
})
