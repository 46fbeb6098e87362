import type { AttendancePolicy } from '@lectern/protocol'
import type { Database, OperationContext } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import type { StoredAttendance, StoredInterval, Stretch } from './attendance.types.ts'

export interface AttendanceQuery {
  readonly sessionId: string
  /** Whose attendance is told; undefined: everybody's. */
  readonly onlyUserId: string | undefined
}

async function attendanceOf(
  { db }: OperationContext,
  { sessionId, onlyUserId }: AttendanceQuery,
): Promise<StoredAttendance> {
  const spans = await db
    .selectFrom('class_spans')
    .select(['id', 'started_at as from', 'ended_at as to', 'after_seq as afterSeq', 'up_to_seq as upToSeq'])
    .where('session_id', '=', sessionId)
    .orderBy('number')
    .execute()
  const rows = await db
    .selectFrom('attendance_intervals')
    .select(['span_id', 'user_id', 'user_name', 'role', 'is_entry', 'joined_at as from', 'left_at as to'])
    .where('session_id', '=', sessionId)
    .$if(onlyUserId !== undefined, (query) => query.where('user_id', '=', onlyUserId ?? ''))
    .orderBy('user_id')
    .orderBy('joined_at')
    .execute()
  const bySpan = Map.groupBy(rows, ({ span_id }) => span_id)
  const people = await db
    .selectFrom('attendance_people')
    .select(['user_id as userId', 'hands_raised as handsRaised', 'status', 'note', 'corrected_by as correctedBy'])
    .where('session_id', '=', sessionId)
    .execute()
  return { spans, intervals: spans.flatMap(({ id }) => bySpan.get(id) ?? []).map(toInterval), people }
}

type IntervalRow = Stretch & {
  span_id: string
  user_id: string
  user_name: string
  role: StoredInterval['role']
  is_entry: number
}

const toInterval = ({ span_id, user_id, user_name, role, is_entry, from, to }: IntervalRow): StoredInterval => ({
  spanId: span_id,
  userId: user_id,
  userName: user_name,
  role,
  isEntry: is_entry === 1,
  from,
  to,
})

export const attendanceReading = defineOperations(import.meta.url, { attendanceOf })

export const policyOf = (database: Database, courseId: string): Promise<AttendancePolicy | undefined> =>
  database.read
    .selectFrom('attendance_policies')
    .select(['late_after_min', 'present_percent', 'absent_below_percent'])
    .where('course_id', '=', courseId)
    .executeTakeFirst()
