import type { MessageRecord } from '@lectern/protocol'
import { daysAgo } from '../../../ui/time.ts'

/** How a message stands to the one above it. */
export interface Place {
  /** The first of its day. */
  readonly opensDay: boolean
  /** Goes on under the name above. */
  readonly isGrouped: boolean
}

/** Someone who pauses for longer than this is introduced again. */
const GROUP_MS = 5 * 60_000

type Placed = Pick<
  MessageRecord,
  'user_id' | 'user_name' | 'message_type' | 'deleted_at' | 'created_at' | 'reply_to_id'
>

const isPlain = ({ message_type, deleted_at }: Placed): boolean =>
  deleted_at === null && message_type !== 'system' && message_type !== 'announcement'

/** `previous`: the message above; undefined where there is none, or it is not known yet. */
export function placeOf(message: Placed, previous: Placed | undefined, isFirst: boolean): Place {
  if (previous === undefined) return { opensDay: isFirst, isGrouped: false }
  const opensDay = daysAgo(previous.created_at, message.created_at) !== 0
  const isSamePerson = previous.user_id === message.user_id && previous.user_name === message.user_name
  const pause = Date.parse(message.created_at) - Date.parse(previous.created_at)
  const isGrouped =
    !opensDay &&
    isSamePerson &&
    pause < GROUP_MS &&
    isPlain(previous) &&
    isPlain(message) &&
    message.reply_to_id === null
  return { opensDay, isGrouped }
}
