import type { RoomState } from '@lectern/client'
import type { MessageRecord } from '@lectern/protocol'

/** What to say of what has come: each message, or how many where it is more than anybody can follow. */
export type News =
  | { readonly kind: 'messages'; readonly messages: readonly MessageRecord[] }
  | { readonly kind: 'many'; readonly count: number }

/** More of others at once are counted. */
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
  const latest = Array.from({ length: lastSeq - heardSeq }, (_, index) => timeline.at(heardSeq + 1 + index))
  const known = latest.filter((message) => message !== undefined)
  const messages = known.filter((message) => isOthers(message, meId))
  // What is not loaded may be anybody's.
  const count = messages.length + latest.length - known.length
  if (count === 0) return undefined
  return count === messages.length && count <= READ_OUT ? { kind: 'messages', messages } : { kind: 'many', count }
}
