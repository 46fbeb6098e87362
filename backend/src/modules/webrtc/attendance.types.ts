import type { EffectiveRole } from '@lectern/protocol'

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
