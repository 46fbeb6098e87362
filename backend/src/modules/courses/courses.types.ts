import type { CourseRole } from '@lectern/protocol'
import type { Realm } from '../../access/actor.ts'

/** What put an enrolment there; what each is worth beside a token's `courses` claim, `access.ts` says. */
export type EnrolmentSource = 'made' | 'code' | 'roster' | 'claim'

export interface Enrolment {
  readonly role: CourseRole
  readonly source: EnrolmentSource
}

/** What the database knows of one person in one course. */
export interface CourseStanding {
  readonly courseId: string
  readonly realm: Realm
  readonly archived: boolean
  readonly enrolment: Enrolment | undefined
  /** Epoch milliseconds of the latest removal that no enrolment by staff has undone. */
  readonly removedAt: number | undefined
}

/** A course as stored; times in epoch milliseconds. */
export interface Course {
  readonly id: string
  readonly realm: Realm
  readonly title: string
  readonly joinCode: string
  readonly memberCount: number
  readonly createdAt: number
  readonly archivedAt: number | null
}

/** Where a page of courses goes on. */
export type CoursePlace = Pick<Course, 'createdAt' | 'id'>

/** Somebody enrolled, with the name they have now; `joinedAt` in epoch milliseconds. */
export interface Member {
  readonly userId: string
  readonly name: string
  readonly role: CourseRole
  readonly joinedAt: number
}

/** Where a page of members goes on. */
export type MemberPlace = Pick<Member, 'joinedAt' | 'userId'>

/**
 * Who hears of changed enrolments. Each is told after its commit, and before whoever asked for the change is answered,
 * so that a person removed is out of the live room by then.
 */
export interface EnrolmentEvents {
  /** They are enrolled no more: removed, or gone by themselves. */
  removed(courseId: string, userIds: readonly string[]): Promise<void> | void
  /** They are enrolled now, or with another role. */
  changed(courseId: string, userIds: readonly string[]): Promise<void> | void
  /** Everybody is out. */
  archived(courseId: string): Promise<void> | void
  /** Who was in when it was archived is in again. */
  restored(courseId: string): Promise<void> | void
}

/** Who hears of the classes that tokens have made. Told after the commit. */
export interface ClaimedSessions {
  planned(sessions: readonly { readonly id: string; readonly courseId: string }[]): void
}

/** Where uses of the API key and removals are written down; ids alone. */
export interface AuditLog {
  info(fields: Record<string, unknown>, message: string): void
}
