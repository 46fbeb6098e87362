import type {
  AttendanceStatus,
  EffectiveRole,
  FileCategory,
  FolderVisibility,
  JoinState,
  MessageType,
  SenderRole,
  SessionStatus,
} from '@lectern/protocol'
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

/** A class of a course. */
export interface ClassSessionTable {
  id: string
  course_id: string
  title: string
  status: SessionStatus
  created_by: string | null
  locked: number
  lobby: number
  /** The place of whoever joined last: places are never given twice. */
  last_place: number
  /** When the latest hand was raised, so that the next is later. */
  last_hand_at: number
  created_at: number
  scheduled_at: number | null
  duration_min: number | null
  started_at: number | null
  ended_at: number | null
  /** Since when a live class has no participant. */
  empty_since: number | null
  deleted_at: number | null
}

/** Who is in a live class or waits for it, kept so that a restart loses nobody's place. */
export interface ClassParticipantTable {
  session_id: string
  user_id: string
  user_name: string
  display_name: string
  /** What they are here; */
  role: EffectiveRole
  /** and what they are in the course. */
  enrolled_role: EffectiveRole
  state: JoinState
  /** Names the page whose peer connections these are. */
  instance_id: string
  place: number
  audio: number
  video: number
  screen: number
  joined_at: number
  hand_raised_at: number | null
}

export interface ClassBanTable {
  session_id: string
  user_id: string
  user_name: string
  banned_by: string
  banned_at: number
}

/** A time during which a class was live. */
export interface ClassSpanTable {
  id: string
  session_id: string
  /** 1, 2, 3 … in a session: clocks of different processes may tell another order. */
  number: number
  started_at: number
  /** Moved while the class is live: where a crash ends it. */
  last_seen_at: number
  ended_at: number | null
  /** Where the course's chat was then: what was said meanwhile are the messages after it, */
  after_seq: number
  /** up to this one. */
  up_to_seq: number | null
}

/** A time during which somebody was in a class. */
export interface AttendanceIntervalTable {
  id: string
  session_id: string
  /** Within which it lies. */
  span_id: string
  user_id: string
  user_name: string
  role: EffectiveRole
  /** 1: they came; 0: they were there before, and a restart came between. */
  is_entry: number
  joined_at: number
  /** Moved while they are there: where a crash ends it. */
  last_seen_at: number
  left_at: number | null
}

/** What else is known of somebody in a class. */
export interface AttendancePersonTable {
  session_id: string
  user_id: string
  hands_raised: number
  /** What staff say, in place of what was measured. */
  status: AttendanceStatus | null
  note: string | null
  corrected_by: string | null
  corrected_at: number | null
}

export interface AttendancePolicyTable {
  course_id: string
  late_after_min: number
  present_percent: number
  absent_below_percent: number
}

/** Appended to alone: what attendance is made of, each entry bound to the one before. */
export interface AttendanceEvidenceTable {
  session_id: string
  /** 1, 2, 3 … in a session, without a gap. */
  entry: number
  at: number
  kind: string
  /** JSON. */
  data: string
  /** HMAC-SHA256 over the entry before's and this one, hex. */
  hash: string
}

/** Where a session's log ends, so that a log without its end is known for one. */
export interface AttendanceHeadTable {
  session_id: string
  entries: number
  /** Of the last entry. */
  hash: string
  /** HMAC-SHA256 over the head, hex: a shorter log cannot be given a head by who has no key. */
  seal: string
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
