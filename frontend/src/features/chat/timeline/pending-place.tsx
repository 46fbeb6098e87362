import type { CourseRoom, OutboxEntry, RoomState } from '@lectern/client'
import type { MessageRecord } from '@lectern/protocol'
import { useCallback } from 'react'
import { useMe } from '../../../lectern/client-context.tsx'
import { DayDivider } from '../message/dividers.tsx'
import { PendingRow } from '../message/pending-row.tsx'
import type { RowLook } from '../message/row-look.ts'
import { placeOf } from './place.ts'

type Placed = Parameters<typeof placeOf>[0]

interface PendingPlaceProps {
  state: RoomState
  look: RowLook
  index: number
  room: CourseRoom
}

/** Where the message will stand once it is stored, as far as one can tell now. */
export function PendingPlace({ state: { timeline, pending }, look, index, room }: PendingPlaceProps) {
  const me = useMe()
  const onRetry = useCallback((clientId: string) => room.retry(clientId), [room])
  const onDiscard = useCallback((clientId: string) => room.discard(clientId), [room])
  const asStored = (entry: OutboxEntry): Placed => ({
    user_id: me.id,
    user_name: me.name,
    message_type: entry.content.messageType ?? 'text',
    deleted_at: null,
    created_at: entry.createdAt,
    reply_to_id: entry.content.replyTo?.id ?? null,
  })
  const at = index - timeline.lastSeq
  const entry = pending[at]
  if (entry === undefined) return null
  const before = pending[at - 1]
  const above: Placed | MessageRecord | undefined = before === undefined ? timeline.at(index) : asStored(before)
  const { opensDay, isGrouped } = placeOf(asStored(entry), above, index === 0)
  return (
    <>
      {opensDay && <DayDivider time={entry.createdAt} look={look} />}
      <PendingRow
        entry={entry}
        look={look}
        meName={me.name}
        isGrouped={isGrouped}
        onRetry={onRetry}
        onDiscard={onDiscard}
      />
    </>
  )
}
