import type { Schema } from '../schema.ts'

/** Without what SQLite has in place of an index. */
type Table = Exclude<keyof Schema, 'meta' | 'authored'>

/** Every table by its key, those that others refer to first. */
const KEYS = {
  users: ['id'],
  user_deletions: ['user_id'],
  refresh_tokens: ['hash'],
  courses: ['id'],
  enrolments: ['course_id', 'user_id'],
  removals: ['course_id', 'user_id'],
  messages: ['row_id'],
  message_versions: ['message_id', 'version'],
  mentions: ['course_id', 'user_id', 'seq'],
  read_marks: ['course_id', 'user_id'],
  seats: ['connection_id', 'course_id'],
  room_positions: ['course_id'],
  folders: ['id'],
  files: ['id'],
  uploads: ['id'],
  file_usage: ['user_id'],
  signed_urls: ['id'],
  deleted_files: ['id'],
  unwanted_objects: ['id'],
  file_changes: ['row_id'],
  class_sessions: ['id'],
  class_participants: ['session_id', 'user_id'],
  class_bans: ['session_id', 'user_id'],
  class_spans: ['id'],
  attendance_intervals: ['id'],
  attendance_people: ['session_id', 'user_id'],
  attendance_policies: ['course_id'],
  attendance_evidence: ['session_id', 'entry'],
  attendance_heads: ['session_id'],
} as const satisfies Record<Table, readonly string[]>

export interface KeyedTable {
  readonly name: string
  readonly key: readonly string[]
}

export const TABLES: readonly KeyedTable[] = Object.entries(KEYS).map(([name, key]) => ({ name, key }))

/** Whose numbers the database gives: it goes on behind the last one. */
export const NUMBERED = ['messages', 'file_changes'] as const
