import type { Timeline } from '@lectern/client'
import type { MessageRecord } from '@lectern/protocol'

/** Further back, nobody means their last message. */
const SEARCHED = 100

/** The newest message of one's own that can be edited, of those loaded. */
export function lastOwnMessage(timeline: Timeline, userId: string): MessageRecord | undefined {
  for (let seq = timeline.lastSeq; seq > Math.max(0, timeline.lastSeq - SEARCHED); seq -= 1) {
    const message = timeline.at(seq)
    if (message?.user_id === userId && message.deleted_at === null) return message
  }
  return undefined
}
