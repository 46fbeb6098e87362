import { sql } from 'kysely'
import { defineOperations } from '../../src/database/operations.ts'
import { recordAttendance } from '../../src/modules/webrtc/attendance.repository.ts'

/** What the operations of classes do inside their own transactions. */
export const recording = defineOperations(import.meta.url, {
  record: recordAttendance,

  /** What somebody does who has the database, and not the key. */
  async tamper({ db }, statement: string): Promise<void> {
    await sql.raw(statement).execute(db)
  },

  /** A course, and a class of it that is live. */
  async makeClass({ db }, { courseId, sessionId }: { courseId: string; sessionId: string }): Promise<void> {
    const course = {
      ...({ id: courseId, realm: 'local', title: courseId, join_code: courseId, last_seq: 0, last_rev: 0 } as const),
      ...{ created_by: null, created_at: 1, archived_at: null },
    }
    await db
      .insertInto('courses')
      .values(course)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await db
      .insertInto('class_sessions')
      .values({
        ...{ id: sessionId, course_id: courseId, title: 'Bài 1: Hàm số', status: 'live', created_by: null },
        ...{ locked: 0, lobby: 0, last_place: 0, last_hand_at: 0, created_at: 1 },
        ...{
          scheduled_at: null,
          duration_min: null,
          started_at: 1,
          ended_at: null,
          empty_since: null,
          deleted_at: null,
        },
      })
      .execute()
  },
  async setStatus({ db }, { sessionId, status }: { sessionId: string; status: 'live' | 'ended' }): Promise<void> {
    await db.updateTable('class_sessions').set({ status }).where('id', '=', sessionId).execute()
  },
})
