import type { EffectiveRole, OnlineUser } from '@lectern/protocol'
import type { LecternError } from '../errors.ts'
import type { OutboxEntry } from '../outbox/outbox-entry.ts'
import type { Timeline } from './timeline.ts'

export type RoomStatus =
  /** Entering for the first time: nothing is known yet. */
  | { readonly kind: 'joining' }
  /** What is shown is what the server has. */
  | { readonly kind: 'live' }
  /** Was live; what is shown may be old until the connection is back and the room has caught up. */
  | { readonly kind: 'stale' }
  /** No longer (or never) a member, or the course is archived. */
  | { readonly kind: 'gone'; readonly reason: 'removed' | 'not_found' }
  /** The server refused the join for another reason; `retry()` of the room tries again. */
  | { readonly kind: 'failed'; readonly error: LecternError }

export interface TypingPerson {
  readonly userId: string
  readonly userName: string
}

/** All that is known of one course's chat. Never changes: each change is a new one. */
export interface RoomState {
  readonly courseId: string
  readonly status: RoomStatus
  /** The caller's, once joined. */
  readonly role: EffectiveRole | undefined
  readonly timeline: Timeline
  /** The rev that this state has reached, in this epoch. */
  readonly lastRev: number
  readonly epoch: string | undefined
  /** One's own mark; undefined until known. */
  readonly lastReadSeq: number | undefined
  readonly unread: number
  readonly mentions: number
  /** By user id. Of a big room only the first, staff first. */
  readonly online: ReadonlyMap<string, OnlineUser>
  readonly onlineCount: number
  /** Others, never oneself. */
  readonly typing: readonly TypingPerson[]
  /** One's own messages that are not in the timeline yet, oldest first. */
  readonly pending: readonly OutboxEntry[]
}
