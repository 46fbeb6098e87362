import type { AttendanceStatus, CourseRole, EffectiveRole } from '@lectern/protocol'
import type { CourseAccess, UserActor } from '../../access/actor.ts'

/**
 * What happens in a class that attendance is made of. Written in the transaction that changes the class, in the order in
 * which it happened; `at` in epoch milliseconds of a clock that does not jump while the process runs.
 */
export type AttendanceChange =
  /** A span begins. */
  | { readonly kind: 'live'; readonly at: number }
  /** The span ends. Whoever was still there has left before. */
  | { readonly kind: 'ended'; readonly at: number }
  | {
      readonly kind: 'entered'
      readonly at: number
      readonly userId: string
      readonly userName: string
      /** The enrolment's: who asked for a lower one in the class is what they are all the same. */
      readonly role: EffectiveRole
      /** False for who is back within the grace after a restart, which had ended their interval. */
      readonly isEntry: boolean
    }
  /** `at`: when they left, or their last sign of life. */
  | { readonly kind: 'left'; readonly at: number; readonly userId: string }
  | { readonly kind: 'hand_raised'; readonly at: number; readonly userId: string }

/** Who is in a class, and gives no sign of life at the moment. */
export interface Absentee {
  readonly sessionId: string
  readonly userId: string
}

/** One sign of life of everybody who is in a class, and of every class that is live, in one statement each. */
export interface Heartbeat {
  readonly at: number
  readonly absent: readonly Absentee[]
}

/** A time in epoch milliseconds; without an end it goes on. */
export interface Stretch {
  readonly from: number
  readonly to: number | null
}

/** A time during which a class was live. */
export interface StoredSpan extends Stretch {
  readonly id: string
  /** Messages of the course's chat with a greater `seq`, */
  readonly afterSeq: number
  /** up to this one where it has ended, are those of the time. */
  readonly upToSeq: number | null
}

/** A time during which somebody was in a class; it lies within one of the class's spans, and no two of theirs overlap. */
export interface StoredInterval extends Stretch {
  readonly spanId: string
  readonly userId: string
  readonly userName: string
  readonly role: EffectiveRole
  readonly isEntry: boolean
}

/** What is counted of somebody, and what staff say of them. */
export interface StoredPerson {
  readonly userId: string
  readonly handsRaised: number
  readonly status: AttendanceStatus | null
  readonly note: string | null
  readonly correctedBy: string | null
}

/** What the database knows of one class's attendance. */
export interface StoredAttendance {
  /** Both as they followed each other, whatever their clocks say. */
  readonly spans: readonly StoredSpan[]
  readonly intervals: readonly StoredInterval[]
  readonly people: readonly StoredPerson[]
}

/** Who may be where, and who is enrolled; the courses module answers. */
export interface EnrolmentPort {
  /** @throws AppError `NOT_FOUND` for a stranger, the removed, an archived course and none alike */
  accessTo(actor: UserActor, courseId: string): Promise<CourseAccess>
  members(
    courseId: string,
  ): Promise<readonly { readonly userId: string; readonly name: string; readonly role: CourseRole }[]>
}

/** What was said meanwhile; the chat module answers. */
export interface ChatPort {
  /** By person, neither the deleted nor the system's; who said nothing may be missing. */
  messagesDuring(
    courseId: string,
    stretches: readonly { readonly afterSeq: number; readonly upToSeq: number | null }[],
  ): Promise<ReadonlyMap<string, number>>
}

/** Where it is written down what staff do to somebody; ids alone. */
export interface AuditLog {
  info(fields: Record<string, unknown>, message: string): void
}
