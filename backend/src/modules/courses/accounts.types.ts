import type { GlobalRole } from '@lectern/protocol'
import type { Realm } from '../../access/actor.ts'

/** A person of either realm, as stored; times in epoch milliseconds. */
export interface User {
  readonly id: string
  readonly realm: Realm
  readonly name: string
  readonly email: string | null
  readonly role: GlobalRole
  readonly locale: string | null
  readonly disabled: boolean
  readonly createdAt: number
}

/** Port to a person's live connections. */
export interface LiveAccess {
  /** May not be here any more: they end for good. */
  userGone(userId: string): void
  /** Has another name or role: they come back with it. */
  userChanged(userId: string): void
}

/** Whether people may make their own accounts: anybody, who knows a course's join code, nobody. */
export type Registration = 'open' | 'invite' | 'closed'

/** Both tokens of somebody who signed in; times in epoch milliseconds. */
export interface SignedIn {
  readonly user: User
  readonly accessToken: string
  readonly accessExpiresAt: number
  readonly refreshToken: string
  readonly refreshExpiresAt: number
}
