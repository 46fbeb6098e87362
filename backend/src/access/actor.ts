import type { CourseRole, EffectiveRole, GlobalRole, Realm } from '@lectern/protocol'

/** `local`: accounts made here. `external`: tokens by `JWT_*`, and what the API key makes. Neither reaches the other's users or courses. */
export type { Realm } from '@lectern/protocol'

/** Who is calling, as a verified token says; never as a payload says. */
export interface UserActor {
  readonly kind: 'user'
  readonly userId: string
  readonly realm: Realm
  readonly name: string
  readonly role: GlobalRole
  /** Whole seconds since the epoch; 0 when the token bears none. */
  readonly issuedAt: number
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
  /** The token's `courses` claim; with it the token is the sole authority on enrolments, but for courses made or joined by code here. */
  readonly courses: ReadonlyMap<string, CourseRole> | undefined
}

/** The bearer of `ADMIN_API_KEY`: external users and courses alone. */
export interface ApiKeyActor {
  readonly kind: 'api_key'
  readonly realm: 'external'
}

export type Actor = UserActor | ApiKeyActor

export type { EffectiveRole } from '@lectern/protocol'

export interface CourseAccess {
  readonly courseId: string
  readonly role: EffectiveRole
}

export const isStaff = (access: CourseAccess): boolean => access.role !== 'student'
export const isTeacher = (access: CourseAccess): boolean => access.role === 'teacher' || access.role === 'admin'
