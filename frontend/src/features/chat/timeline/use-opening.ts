import type { CourseRoom, RoomState } from '@lectern/client'
import { useEffect, useState } from 'react'
import { useConnection } from '../../../lectern/client-hooks.ts'
import { useReadable } from '../../../lectern/readable.ts'
import type { Opening } from './virtual-scroller.ts'

/** How the page was opened; stays as it was then. */
export interface Opened {
  readonly opening: Opening
  /** The first message that was unread then. */
  readonly firstUnread: number | undefined
  /** What to point out. */
  readonly highlight: number | undefined
}

/** What a screen shows, and a little: loaded before anything is drawn, so that nothing moves at first. */
const AROUND = 40

/** The first message of others above one's mark; what is not loaded counts as theirs. */
export function firstUnreadOf(state: RoomState, meId: string): number | undefined {
  const { timeline, lastReadSeq, unread } = state
  if (lastReadSeq === undefined || unread === 0) return undefined
  for (let seq = lastReadSeq + 1; seq <= timeline.lastSeq; seq += 1) {
    const message = timeline.at(seq)
    if (message === undefined) return seq
    if (message.user_id !== meId && message.user_id !== null && message.deleted_at === null) return seq
  }
  return undefined
}

const placeToOpen = ({ timeline, lastReadSeq = timeline.lastSeq, unread }: RoomState, at: number | undefined): number =>
  Math.min(at ?? (unread > 0 ? lastReadSeq + 1 : timeline.lastSeq), timeline.lastSeq)

function openedAs(state: RoomState, meId: string, at: number | undefined): Opened {
  const firstUnread = firstUnreadOf(state, meId)
  const seq = at !== undefined && at <= state.timeline.lastSeq ? at : firstUnread
  return {
    opening: seq === undefined ? { kind: 'end' } : { kind: 'row', index: seq - 1 },
    firstUnread,
    highlight: seq === at ? at : undefined,
  }
}

/**
 * Waits until it is known where to open, and what is to be seen there is loaded.
 * @param at where a link leads to; takes effect at first
 */
export function useOpening(room: CourseRoom, meId: string, at: number | undefined): Opened | undefined {
  const { lastReadSeq, status } = useReadable(room)
  const isConnected = useConnection().status === 'online'
  // What is kept of an earlier visit is old: it serves where nothing newer is to be had.
  const isReady = lastReadSeq !== undefined && (status.kind === 'live' || !isConnected)
  const [opened, setOpened] = useState<Opened>()
  const isOpened = opened !== undefined
  useEffect(() => {
    if (!isReady || isOpened) return undefined
    let isWanted = true
    const open = () => {
      if (isWanted) setOpened(openedAs(room.getSnapshot(), meId, at))
    }
    const seq = placeToOpen(room.getSnapshot(), at)
    // What could not be loaded is drawn as such, and tried again when the room is back.
    room.load(Math.max(1, seq - AROUND), seq + AROUND).then(open, open)
    return () => {
      isWanted = false
    }
  }, [room, meId, at, isReady, isOpened])
  return opened
}
