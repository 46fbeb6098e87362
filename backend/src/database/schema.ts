import type { FileCategory, FolderVisibility, MessageType, SenderRole } from '@lectern/protocol'
import type { Generated } from 'kysely'
import type {
  AttendanceEvidenceTable,
  AttendanceHeadTable,
  AttendanceIntervalTable,
  AttendancePersonTable,
  AttendancePolicyTable,
  ClassBanTable,
  ClassParticipantTable,
  ClassSessionTable,
  ClassSpanTable,
} from './schema.classes.ts'

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

/** Of SQLite alone, made of `messages`: who said what stands, but the last few of each course. */
export interface AuthoredTable {
  course_id: string
  user_id: string
  seq: number
  message_type: MessageType
  bears_file: number
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

export interface FolderTable {
  id: string
  realm: 'local' | 'external'
  /** Among whom its name is unique: `course:<id>`, `owner:<user id>` (a private one), else `realm:<realm>`. */
  scope: string
  name: string
  /** The name without case. */
  name_key: string
  owner_id: string
  visibility: FolderVisibility
  course_id: string | null
  created_at: number
}

/** The bytes are the storage's object of the same id; they never change. */
export interface FileTable {
  id: string
  folder_id: string
  filename: string
  /** The filename without case. */
  filename_key: string
  original_name: string
  mime_type: string
  category: FileCategory
  sha256: string
  uploaded_by: string
  uploaded_by_name: string
  /** The folded words of the filename, each after a space. */
  search: string
  description: string | null
  size: number
  created_at: number
}

/** The journal: what was begun, and is no file yet. */
export interface UploadTable {
  /** The id of the staged bytes, of the object they become and of the file. */
  id: string
  node_id: string
  kind: 'form' | 'tus' | 'copy'
  realm: 'local' | 'external'
  user_id: string
  /** JSON: what a resumable upload was begun with; `{}` for the others. */
  metadata: string
  /** Bytes held of the uploader's quota. */
  reserved: number
  length: number | null
  created_at: number
  /** Until then a resumable upload waits; null for what ends with its request. */
  expires_at: number | null
}

export interface FileUsageTable {
  user_id: string
  /** Bytes of the person's files, */
  used: number
  /** and of those that are being uploaded. */
  reserved: number
}

export interface SignedUrlTable {
  id: string
  file_id: string
  issuer_id: string
  /** JSON: what the issuer's token said, for the question whether they may still read. */
  issuer: string
  disposition: 'attachment' | 'inline'
  course_id: string | null
  expires_at: number
  created_at: number
}

/** What messages keep of a file that is gone. */
export interface DeletedFileTable {
  id: string
  original_name: string
  deleted_at: number
}

/** Objects whose record is gone: their bytes are deleted after it. */
export interface UnwantedObjectTable {
  id: string
  since: number
}

/** Files renamed, moved or deleted, whose messages have not been told yet. */
export interface FileChangeTable {
  row_id: Generated<number>
  file_id: string
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
  authored: AuthoredTable
  mentions: MentionTable
  message_versions: MessageVersionTable
  read_marks: ReadMarkTable
  seats: SeatTable
  room_positions: RoomPositionTable
  folders: FolderTable
  files: FileTable
  uploads: UploadTable
  file_usage: FileUsageTable
  signed_urls: SignedUrlTable
  deleted_files: DeletedFileTable
  unwanted_objects: UnwantedObjectTable
  file_changes: FileChangeTable
  class_sessions: ClassSessionTable
  class_participants: ClassParticipantTable
  class_bans: ClassBanTable
  class_spans: ClassSpanTable
  attendance_intervals: AttendanceIntervalTable
  attendance_people: AttendancePersonTable
  attendance_policies: AttendancePolicyTable
  attendance_evidence: AttendanceEvidenceTable
  attendance_heads: AttendanceHeadTable
}
