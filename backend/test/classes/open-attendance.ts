import { randomUUID } from 'node:crypto'
import { AttendanceRepository } from '../../src/modules/webrtc/attendance.repository.store.ts'
import { attendance } from '../../src/modules/webrtc/attendance.repository.ts'
import type { AttendanceChange, StoredAttendance } from '../../src/modules/webrtc/attendance.types.ts'
import { openTestDatabase, type TestDatabase } from '../open-test-database.ts'
import { recording } from './attendance-recording.repository.ts'

export const EVIDENCE_KEY = new Uint8Array(32).fill(7)

/** A database with its classes, whose attendance is written as the operations of classes write it. */
export interface TestAttendance extends TestDatabase {
  readonly repository: AttendanceRepository
  /** A class of a course that says of itself that it is live. */
  makeClass(courseId?: string): Promise<TestClass>
}

export interface TestClass {
  readonly sessionId: string
  readonly courseId: string
  record(...changes: readonly AttendanceChange[]): Promise<void>
  says(status: 'live' | 'ended'): Promise<void>
  stored(): Promise<StoredAttendance>
}

/** @param keyFor what the entries are bound by, in a database */
export async function openTestAttendance(
  keyFor?: (opened: TestDatabase) => Promise<Uint8Array>,
): Promise<TestAttendance> {
  const opened = await openTestDatabase({ operationModules: [recording.record.url, attendance.heartbeat.url] })
  const evidenceKey = keyFor === undefined ? EVIDENCE_KEY : await keyFor(opened)
  return {
    get database() {
      return opened.database
    },
    folder: opened.folder,
    get file() {
      return opened.file
    },
    environment: opened.environment,
    past: opened.past,
    reopen: () => opened.reopen(),
    get repository() {
      return new AttendanceRepository(opened.database, evidenceKey)
    },
    makeClass: async (courseId = randomUUID()) => {
      const sessionId = randomUUID()
      await opened.database.write(recording.makeClass, { courseId, sessionId })
      return {
        sessionId,
        courseId,
        record: (...changes) => opened.database.write(recording.record, { sessionId, changes, evidenceKey }),
        says: (status) => opened.database.write(recording.setStatus, { sessionId, status }),
        stored: () =>
          new AttendanceRepository(opened.database, evidenceKey).attendance({ sessionId, onlyUserId: undefined }),
      }
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}

export const live = (at: number): AttendanceChange => ({ kind: 'live', at })
export const ended = (at: number): AttendanceChange => ({ kind: 'ended', at })
export const entered = (userId: string, at: number, isEntry = true): AttendanceChange => ({
  kind: 'entered',
  at,
  userId,
  userName: `Name of ${userId}`,
  role: 'student',
  isEntry,
})
export const left = (userId: string, at: number): AttendanceChange => ({ kind: 'left', at, userId })
export const raised = (userId: string, at: number): AttendanceChange => ({ kind: 'hand_raised', at, userId })
