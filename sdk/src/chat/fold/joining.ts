import type { JoinAnswer } from '@lectern/protocol'
import type { LecternError } from '../../errors.ts'
import type { FoldedRoom } from '../folded-room.ts'
import { PagedTimeline } from '../paged-timeline.ts'
import { heardOf, isBehind, reachAt } from '../reach.ts'
import type { RoomStatus } from '../room-state.ts'
import { foldChanges, withReach } from './messages.ts'
import { foldOutbox } from './pending.ts'
import { foldOnlineUsers } from './presence.ts'

/** From how many missed changes on the room is loaded anew rather than caught up, one page of changes after the other. */
export const FAR_BEHIND = 5_000

/** Whether what the room has is to be dropped: another database, too far behind, or nothing is there yet. */
export const startsAnew = (state: FoldedRoom, answer: JoinAnswer): boolean =>
  state.epoch === undefined || answer.reset || answer.lastRev - state.reach.upTo > FAR_BEHIND

/** The room's door has opened. Where changes are missing still, the room stays as old as it was until they have come. */
export function foldJoined(state: FoldedRoom, answer: JoinAnswer): FoldedRoom {
  const { epoch, role, lastRev, lastSeq, changes, more } = answer
  const entered = foldOnlineUsers(
    // Whoever types says so again; that one has stopped was perhaps said before the door opened.
    { ...state, epoch, role, isMarkFresh: false, typing: [] },
    { users: answer.onlineUsers, count: answer.onlineCount },
  )
  if (startsAnew(state, answer)) return settledStatus(emptied(entered, { lastRev, lastSeq }))
  const caughtUp = foldChanges(entered, changes, { last_seq: lastSeq, last_rev: lastRev, more })
  return settledStatus(withReach(caughtUp, heardOf(caughtUp.reach, lastRev)))
}

/** Of a room that is joined: live as soon as nothing is missing. */
export function settledStatus(state: FoldedRoom): FoldedRoom {
  const { kind } = state.status
  if (!isBehind(state.reach)) return kind === 'live' ? state : foldStatus(state, { kind: 'live' })
  return kind === 'gone' || kind === 'failed' ? foldStatus(state, { kind: 'stale' }) : state
}

/** The connection is gone: who types and whose mark is where is not known any more. */
export function foldDisconnected(state: FoldedRoom): FoldedRoom {
  if (state.status.kind !== 'live' && state.typing.length === 0 && !state.isMarkFresh) return state
  const left: FoldedRoom = { ...state, typing: [], isMarkFresh: false }
  return state.status.kind === 'live' ? foldStatus(left, { kind: 'stale' }) : left
}

/** The server lets nobody in here: not this person, or not now. */
export function foldRefused(state: FoldedRoom, error: LecternError): FoldedRoom {
  if (error.code !== 'NOT_FOUND') return foldStatus(state, { kind: 'failed', error })
  // Who was put out is still told so.
  return state.status.kind === 'gone' ? state : foldStatus(state, { kind: 'gone', reason: 'not_found' })
}

export const foldStatus = (state: FoldedRoom, status: RoomStatus): FoldedRoom => ({ ...state, status })

function emptied(state: FoldedRoom, { lastRev, lastSeq }: { lastRev: number; lastSeq: number }): FoldedRoom {
  const empty: FoldedRoom = {
    ...state,
    generation: state.generation + 1,
    timeline: new PagedTimeline(lastSeq),
    unseenDeletions: new Map(),
    reach: reachAt(lastRev),
    lastRev,
    lastReadSeq: undefined,
    unread: 0,
    mentions: 0,
    countTrust: 'unknown',
    handedOver: [],
    outgoing: [],
  }
  return foldOutbox(empty, state.outgoing)
}
