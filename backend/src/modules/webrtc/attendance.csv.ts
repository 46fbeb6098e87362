import type { AttendanceRecord } from '@lectern/protocol'
import { CSV_BOM, csvRecord } from '../../shared/csv.ts'

type Cell = string | number | null

/** Programs read it by these names: one is added at the end, and none is changed. */
const COLUMNS: Record<string, (record: AttendanceRecord) => Cell> = {
  user_id: ({ user_id }) => user_id,
  user_name: ({ user_name }) => user_name,
  role: ({ role }) => role,
  status: ({ status }) => status,
  measured_status: ({ measured_status }) => measured_status,
  percent: ({ percent }) => percent,
  total_seconds: ({ total_seconds }) => total_seconds,
  first_joined_at: ({ first_joined_at }) => first_joined_at,
  last_left_at: ({ last_left_at }) => last_left_at,
  joins: ({ joins }) => joins,
  hands_raised: ({ hands_raised }) => hands_raised,
  messages_sent: ({ messages_sent }) => messages_sent,
  note: ({ note }) => note,
  corrected_by: ({ corrected_by }) => corrected_by,
  // As ISO 8601 writes intervals; one that goes on has no end.
  intervals: ({ intervals }) => intervals.map(({ joined_at, left_at }) => `${joined_at}/${left_at ?? '..'}`).join('; '),
}

/** A class's attendance as one table: a header, and a line for each person. */
export function attendanceCsv(records: readonly AttendanceRecord[]): string {
  const cells = Object.values(COLUMNS)
  const lines = records.map((record) => csvRecord(cells.map((cell) => cell(record))))
  return CSV_BOM + csvRecord(Object.keys(COLUMNS)) + lines.join('')
}
