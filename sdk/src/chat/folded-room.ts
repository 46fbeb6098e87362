import type { OutboxEntry } from '../outbox/outbox-entry.ts'
import { PagedTimeline } from './paged-timeline.ts'
import { type Reach, reachAt } from './reach.ts'
import type { RoomState } from './room-state.ts'

/** A deletion as it is told of: nothing of the message itself. */
export interface Deletion {
  readonly id: string
  readonly seq: number
  readonly rev: number
  readonly deleted_at: string
}

/** How far `unread` and `mentions` are to be trusted. */
export type CountTrust =
  /** Not asked for, or something has happened that they may not have in them. */
  | 'unknown'
  /** The server said so, and nothing has changed since. */
  | 'told'
  /** All above the mark is loaded and has been counted. */
  | 'exact'

/** A room's state with what the folds need besides. */
export interface FoldedRoom extends RoomState {
  readonly timeline: PagedTimeline
  /** How often all was dropped: what was asked for before is of no use after. */
  readonly generation: number
  /** `lastRev` is its `upTo`. */
  readonly reach: Reach
  /** Of messages that are not loaded, by id: an answer that was read before may still bring their text. */
  readonly unseenDeletions: ReadonlyMap<string, Deletion>
  /** Who is signed in; undefined until known. */
  readonly userId: string | undefined
  readonly countTrust: CountTrust
  /** Whether the mark is the server's as of this connection. */
  readonly isMarkFresh: boolean
  /** The outbox's entries of this course. */
  readonly outgoing: readonly OutboxEntry[]
  /** What has left the outbox as sent, while its message has not come. */
  readonly handedOver: readonly OutboxEntry[]
}

export const newRoom = (courseId: string): FoldedRoom => ({
  courseId,
  status: { kind: 'joining' },
  role: undefined,
  generation: 0,
  timeline: new PagedTimeline(0),
  lastRev: 0,
  reach: reachAt(0),
  epoch: undefined,
  unseenDeletions: new Map(),
  userId: undefined,
  lastReadSeq: undefined,
  unread: 0,
  mentions: 0,
  countTrust: 'unknown',
  isMarkFresh: false,
  online: new Map(),
  onlineCount: 0,
  typing: [],
  pending: [],
  outgoing: [],
  handedOver: [],
})
