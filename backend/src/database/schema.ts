import type { MessageType, SenderRole } from '@lectern/protocol'
import type { Generated } from 'kysely'

// Ids and JSON as text, times as epoch milliseconds, booleans as 0 and 1: so that one repository serves SQLite and Postgres.

export interface MetaTable {
  key: string
  value: string
}

export interface UserTable {
  id: string
  realm: 'local' | 'external'
  name: string
  email: string | null
  role: 'admin' | 'teacher' | 'student'
  locale: string | null
  password_hash: string | null
  disabled: number
  created_at: number
}

export interface CourseTable {
  id: string
  realm: 'local' | 'external'
  title: string
  join_code: string
  last_seq: number
  last_rev: number
  created_by: string | null
  created_at: number
  archived_at: number | null
}

export interface EnrolmentTable {
  course_id: string
  user_id: string
  role: 'teacher' | 'assistant' | 'student'
  /** `made` and `code` count beside a token's `courses` claim; `claim` is kept for rosters and gives no right. */
  source: 'made' | 'code' | 'roster' | 'claim'
  joined_at: number
}

export interface RemovalTable {
  course_id: string
  user_id: string
  removed_at: number
}

/** A token issued before its bearer was deleted makes them no second time. */
export interface UserDeletionTable {
  user_id: string
  deleted_at: number
}

export interface RefreshTokenTable {
  /** SHA-256 of the token, hex. */
  hash: string
  family_id: string
  user_id: string
  created_at: number
  expires_at: number
  used_at: number | null
}

export interface MessageTable {
  /** The search index's row; no client sees it. */
  row_id: Generated<number>
  id: string
  course_id: string
  seq: number
  rev: number
  /** Its first `rev`: whoever had reached less has never been sent it. */
  created_rev: number
  user_id: string | null
  user_name: string
  user_role: SenderRole
  message: string
  message_type: MessageType
  reply_to_id: string | null
  file_id: string | null
  client_id: string | null
  /** JSON `[{ user_id, user_name }]`. */
  mentions: string
  /** JSON `[{ emoji, user_ids }]`. */
  reactions: string
  /** JSON of a system message's `system`, else null. */
  system: string | null
  pinned_at: number | null
  edited_at: number | null
  deleted_at: number | null
  deleted_by: string | null
  created_at: number
}

export interface MentionTable {
  course_id: string
  /** Whom it names; `all` is everybody. */
  user_id: string
  seq: number
}

export interface MessageVersionTable {
  message_id: string
  version: number
  message: string
  at: number
  by: string
}

export interface ReadMarkTable {
  course_id: string
  user_id: string
  last_read_seq: number
}

/** A connection's place in a room, kept so that a dropped connection's rooms are taken up again, also after a restart. */
export interface SeatTable {
  /** One per connection that a client held; not the socket's id. */
  connection_id: string
  course_id: string
  user_id: string
  /** Where the connection was let in. */
  entered_rev: number
  /** What has been sent on that connection. */
  reached_rev: number
  /** When the connection dropped; null while it stands. */
  parked_at: number | null
}

/** What a room's connections had been sent at the last check point: where a crash leaves them. */
export interface RoomPositionTable {
  course_id: string
  sent_rev: number
}

export interface Schema {
  meta: MetaTable
  users: UserTable
  courses: CourseTable
  enrolments: EnrolmentTable
  removals: RemovalTable
  user_deletions: UserDeletionTable
  refresh_tokens: RefreshTokenTable
  messages: MessageTable
  mentions: MentionTable
  message_versions: MessageVersionTable
  read_marks: ReadMarkTable
  seats: SeatTable
  room_positions: RoomPositionTable
}
