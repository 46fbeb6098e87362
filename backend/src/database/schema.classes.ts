import type { AttendanceStatus, EffectiveRole, JoinState, SessionStatus } from '@lectern/protocol'

// The tables of live classes and their attendance.

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
