import {
  type AttendancePolicy,
  type AttendanceRecord,
  type AttendanceStatus,
  type CourseRole,
  toTime,
} from '@lectern/protocol'
import type { StoredAttendance, StoredInterval, StoredPerson, StoredSpan, Stretch } from './attendance.types.ts'

const MINUTE_MS = 60_000

interface Attendee {
  readonly userId: string
  readonly name: string
  readonly role: CourseRole
}

export interface Measured {
  readonly stored: StoredAttendance
  readonly members: readonly Attendee[]
  readonly messages: ReadonlyMap<string, number>
  readonly policy: AttendancePolicy
  /** Until when what is open counts; epoch milliseconds. */
  readonly now: number
}

/** How long it took so far. */
export const lengthOf = ({ from, to }: Stretch, now: number): number => Math.max(0, (to ?? now) - from)

/**
 * A row for each of the enrolled, and for who attended and is enrolled no more, by name.
 *
 * Nothing is cut or merged here: an interval lies within one span and one person's do not overlap (`recordAttendance`), so
 * that lengths can be added. Within a span all times are of one process's clock, which does not jump; between two processes
 * the system's may have. So nothing here compares times of different spans.
 */
export function attendanceRecords(measured: Measured): AttendanceRecord[] {
  const { stored, members, messages, policy, now } = measured
  const intervals = Map.groupBy(stored.intervals, ({ userId }) => userId)
  const people = new Map(stored.people.map((person) => [person.userId, person]))
  const times = timesOf(stored.spans, now)
  return attendees(members, intervals).map((attendee) => {
    const { userId } = attendee
    const theirs = intervals.get(userId) ?? []
    const presence = presenceOf(theirs, times)
    const lateMs = lateness(theirs[0], times)
    return {
      ...nameOf(attendee),
      ...presence,
      ...countsOf(people.get(userId), messages.get(userId)),
      ...statusOf(measuredStatus(presence.percent, lateMs, policy), people.get(userId)),
    }
  })
}

interface ClassTimes {
  /** By id of a span: when it began, and how long the class had been live before. */
  readonly spans: ReadonlyMap<string, { readonly from: number; readonly before: number }>
  readonly liveMs: number
  readonly now: number
}

function timesOf(stored: readonly StoredSpan[], now: number): ClassTimes {
  const spans = new Map<string, { from: number; before: number }>()
  let liveMs = 0
  for (const span of stored) {
    spans.set(span.id, { from: span.from, before: liveMs })
    liveMs += lengthOf(span, now)
  }
  return { spans, liveMs, now }
}

/** How long the class had been live when somebody first came; undefined for who never did. */
function lateness(first: StoredInterval | undefined, { spans }: ClassTimes): number | undefined {
  const span = first && spans.get(first.spanId)
  return span && span.before + first.from - span.from
}

const nameOf = ({ userId, name, role }: Attendee) => ({ user_id: userId, user_name: name, role })

/** Administrators look in without being of the course: they have a row where they are enrolled, as everybody has. */
function attendees(members: readonly Attendee[], intervals: ReadonlyMap<string, StoredInterval[]>): Attendee[] {
  const enrolled = new Set(members.map(({ userId }) => userId))
  const gone = [...intervals].flatMap(([userId, those]) => {
    const last = those.at(-1)
    if (last === undefined || enrolled.has(userId) || last.role === 'admin') return []
    return { userId, name: last.userName, role: last.role }
  })
  // The language whose names need it most; it orders others as English does.
  const { compare } = new Intl.Collator('vi')
  return [...members, ...gone].toSorted((a, b) => compare(a.name, b.name) || (a.userId < b.userId ? -1 : 1))
}

type Presence = Pick<
  AttendanceRecord,
  'first_joined_at' | 'last_left_at' | 'total_seconds' | 'percent' | 'joins' | 'intervals'
>

function presenceOf(intervals: readonly StoredInterval[], { liveMs, now }: ClassTimes): Presence {
  const presentMs = intervals.reduce((sum, interval) => sum + lengthOf(interval, now), 0)
  const listed = intervals.map(({ from, to }) => ({
    joined_at: toTime(from),
    left_at: to === null ? null : toTime(to),
  }))
  return {
    first_joined_at: listed[0]?.joined_at ?? null,
    last_left_at: listed.at(-1)?.left_at ?? null,
    total_seconds: Math.round(presentMs / 1000),
    percent: liveMs === 0 ? 0 : Math.min(100, Math.round((1000 * presentMs) / liveMs) / 10),
    joins: intervals.filter(({ isEntry }) => isEntry).length,
    intervals: listed,
  }
}

const countsOf = (person: StoredPerson | undefined, messages = 0) => ({
  hands_raised: person?.handsRaised ?? 0,
  messages_sent: messages,
})

/** By the percent that is shown, so that nobody is partial who reads of themselves that they have reached it. */
function measuredStatus(percent: number, lateMs: number | undefined, policy: AttendancePolicy): AttendanceStatus {
  if (lateMs === undefined || percent < policy.absent_below_percent) return 'absent'
  if (percent < policy.present_percent) return 'partial'
  return lateMs > policy.late_after_min * MINUTE_MS ? 'late' : 'present'
}

const statusOf = (measured: AttendanceStatus, person: StoredPerson | undefined) => ({
  status: person?.status ?? measured,
  measured_status: measured,
  note: person?.note ?? null,
  corrected_by: person?.correctedBy ?? null,
})
