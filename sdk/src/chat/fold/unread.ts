import type { MessageRecord, UnreadRecord } from '@lectern/protocol'
import type { FoldedRoom } from '../folded-room.ts'

/** A message that has changed; `before` is undefined where it was not loaded. */
export interface Replacement {
  readonly before: MessageRecord | undefined
  readonly after: MessageRecord
}

interface Counts {
  readonly unread: number
  readonly mentions: number
}

const NOTHING: Counts = { unread: 0, mentions: 0 }

/** What one message adds: others' messages above the mark, neither deleted nor the system's. */
function weightOf(message: MessageRecord, userId: string, mark: number): Counts {
  const isCounted =
    message.seq > mark && message.user_id !== userId && message.message_type !== 'system' && message.deleted_at === null
  if (!isCounted) return NOTHING
  const isNamed = message.mentions.some((mention) => mention.user_id === userId || mention.user_id === 'all')
  return { unread: 1, mentions: isNamed ? 1 : 0 }
}

/** Counts anew where the count is not exact and all above the mark is loaded. */
export function recounted(state: FoldedRoom): FoldedRoom {
  const { userId, lastReadSeq, timeline, countTrust } = state
  if (countTrust === 'exact' || userId === undefined || lastReadSeq === undefined) return state
  if (!timeline.isLoaded(lastReadSeq + 1, timeline.lastSeq)) return state
  return { ...state, ...countBetween(state, lastReadSeq, timeline.lastSeq), countTrust: 'exact' }
}

/** After messages have changed. `before`: the room without the changes. */
export function countedOn(before: FoldedRoom, after: FoldedRoom, replaced: readonly Replacement[]): FoldedRoom {
  const { userId, lastReadSeq } = before
  if (userId === undefined || lastReadSeq === undefined) return after
  const previousLast = before.timeline.lastSeq
  let { unread, mentions } = before
  let places = after.timeline.lastSeq - previousLast
  let isSure = true
  for (const { before: was, after: is } of replaced) {
    if (was === undefined && is.seq > previousLast) places--
    else if (was === undefined) {
      // Whether the count has an unloaded message that is now deleted, nobody knows.
      if (is.seq > lastReadSeq && is.deleted_at !== null) isSure = false
      continue
    }
    const taken = was === undefined ? NOTHING : weightOf(was, userId, lastReadSeq)
    const given = weightOf(is, userId, lastReadSeq)
    unread += given.unread - taken.unread
    mentions += given.mentions - taken.mentions
  }
  if (places > 0) isSure = false
  const isSame = unread === before.unread && mentions === before.mentions
  const keeps = isSure && (before.countTrust === 'exact' || (before.countTrust === 'told' && isSame))
  const counts = { unread: Math.max(0, unread), mentions: Math.max(0, mentions) }
  return recounted({ ...after, ...counts, countTrust: keeps ? before.countTrust : 'unknown' })
}

/** One's mark, moved here or on another connection; it never goes back. */
export function foldMark(state: FoldedRoom, seq: number): FoldedRoom {
  const mark = state.lastReadSeq ?? 0
  if (state.lastReadSeq !== undefined && seq <= mark) return state
  const read = countBetween(state, mark, seq)
  return recounted({
    ...state,
    lastReadSeq: seq,
    unread: Math.max(0, state.unread - read.unread),
    mentions: Math.max(0, state.mentions - read.mentions),
    countTrust: 'unknown',
  })
}

/** Whether what the server counted in between has everything that is here. */
export const isUnchanged = (asked: FoldedRoom, state: FoldedRoom): boolean =>
  asked.timeline === state.timeline && asked.reach === state.reach

/**
 * The server's count.
 * @param isCurrent whether it was read after the last change that has been folded
 */
export function foldUnread(state: FoldedRoom, answer: UnreadRecord, isCurrent: boolean): FoldedRoom {
  const mark = state.lastReadSeq ?? 0
  if (answer.last_read_seq < mark) return { ...state, isMarkFresh: true }
  const told: FoldedRoom = {
    ...state,
    lastReadSeq: answer.last_read_seq,
    unread: answer.unread,
    mentions: answer.mentions,
    isMarkFresh: true,
    countTrust: isCurrent ? 'told' : 'unknown',
  }
  return recounted(told)
}

export const foldUser = (state: FoldedRoom, userId: string): FoldedRoom => recounted({ ...state, userId })

/** Of what is loaded above `mark`, up to `last`. */
function countBetween({ timeline, userId }: FoldedRoom, mark: number, last: number): Counts {
  let unread = 0
  let mentions = 0
  if (userId === undefined) return NOTHING
  for (let seq = mark + 1; seq <= last; seq++) {
    const message = timeline.at(seq)
    if (message === undefined) continue
    const weight = weightOf(message, userId, mark)
    unread += weight.unread
    mentions += weight.mentions
  }
  return { unread, mentions }
}
