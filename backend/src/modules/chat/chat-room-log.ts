import { LIMITS } from '@lectern/protocol'
import type { Database } from '../../database/database.ts'
import type { CourseActivity } from '../../realtime/activity.ts'
import type { RoomChange, RoomLog } from '../../realtime/room-ports.ts'
import { notFound } from '../../shared/errors.ts'
import type { StoredMessage } from './chat.records.types.ts'
import { changesSince, positionsOf } from './chat.repository.reads.ts'
import type { FilePort } from './chat.types.ts'
import { toMessage } from './message-record.ts'
import { activityFor } from './reading.repository.ts'

type Files = Pick<FilePort, 'toRecord'>

export const toRoomChange = (stored: StoredMessage, files: Files): RoomChange => ({
  courseId: stored.course_id,
  rev: stored.rev,
  seq: stored.seq,
  createdRev: stored.created_rev,
  deletedBy: stored.deleted_by,
  message: toMessage(stored, { forUserId: stored.user_id, files }),
})

/** The log as the rooms read it: where it stands, and what they have missed. */
export const roomLog = (database: Database, files: Files): RoomLog => ({
  async position(courseId) {
    const positions = await positionsOf(database, courseId)
    if (positions === undefined) throw notFound()
    return { rev: positions.lastRev, seq: positions.lastSeq }
  },
  async since(courseId, rev) {
    const { messages, more } = await changesSince(database, { courseId, sinceRev: rev, limit: LIMITS.changes })
    return { entries: messages.map((message) => toRoomChange(message, files)), more }
  },
})

/** What the enrolled who are not in the room are told of. */
export const courseActivity =
  (database: Database) =>
  async (courseId: string, userIds: readonly string[]): Promise<CourseActivity> => {
    const [positions, people] = await Promise.all([
      positionsOf(database, courseId),
      activityFor(database, courseId, userIds),
    ])
    return { lastSeq: positions?.lastSeq ?? 0, people }
  }
