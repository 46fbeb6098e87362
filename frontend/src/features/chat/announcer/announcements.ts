import type { RoomState } from '@lectern/client'
import type { MessageRecord } from '@lectern/protocol'

/** What to say of what has come: each message, or how many where it is more than anybody can follow. */
export type News =
  | { readonly kind: 'messages'; readonly messages: readonly MessageRecord[] }
  | { readonly kind: 'many'; readonly count: number }

/** More at once are counted. */
const READ_OUT = 3

const isOthers = (message: MessageRecord, meId: string): boolean =>
  message.user_id !== null && message.user_id !== meId && message.deleted_at === null

/**
 * What others have said since `heardSeq`. History that is loaded, edits and one's own messages are no news: only what
 * the log has grown by is.
 */
export function newsSince(heardSeq: number, { timeline }: RoomState, meId: string): News | undefined {
  const { lastSeq } = timeline
  if (lastSeq <= heardSeq) return undefined
  const seqs = Array.from({ length: Math.min(lastSeq - heardSeq, READ_OUT) }, (_, index) => lastSeq - index)
  const latest = seqs.map((seq) => timeline.at(seq)).toReversed()
  const isKnown = lastSeq - heardSeq <= READ_OUT && latest.every((message) => message !== undefined)
  if (!isKnown) return { kind: 'many', count: lastSeq - heardSeq }
  const messages = latest.filter((message) => message !== undefined).filter((message) => isOthers(message, meId))
  return messages.length === 0 ? undefined : { kind: 'messages', messages }
}
