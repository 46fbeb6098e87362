import type { CourseRoom, OutboxEntry, RoomState } from '@lectern/client'
import type { MessageRecord } from '@lectern/protocol'
import { type ReactNode, useCallback } from 'react'
import { useMe } from '../../../lectern/client-context.tsx'
import { WaitingRow } from '../attachments/attached-on-demand.ts'
import type { HeldAttachment } from '../attachments/attachments.ts'
import { DayDivider } from '../message/dividers.tsx'
import { PendingRow } from '../message/pending-row.tsx'
import type { RowLook } from '../message/row-look.ts'
import { placeOf } from './place.ts'

type Placed = Parameters<typeof placeOf>[0]

interface PendingPlaceProps {
  state: RoomState
  /** Of which the files are not uploaded yet. */
  waiting: readonly HeldAttachment[]
  look: RowLook
  index: number
  room: CourseRoom
}

/** Where the message will stand once it is stored, as far as one can tell now. */
export function PendingPlace({ state: { timeline, pending }, waiting, look, index, room }: PendingPlaceProps) {
  const { id: meId, name: meName } = useMe()
  const onRetry = useCallback((clientId: string) => room.retry(clientId), [room])
  const onDiscard = useCallback((clientId: string) => room.discard(clientId), [room])
  const at = index - timeline.lastSeq
  const entry = pending[at]
  const one = waiting[at - pending.length]
  const before = factsOf(pending[at - 1], waiting[at - pending.length - 1])
  const above: Placed | MessageRecord | undefined =
    before === undefined ? timeline.at(index) : asStored(before, meId, meName)
  const facts = factsOf(entry, one)
  if (facts === undefined) return null
  const { opensDay, isGrouped } = placeOf(asStored(facts, meId, meName), above, index === 0)
  const row: ReactNode =
    entry === undefined ? (
      one !== undefined && <WaitingRow one={one} look={look} meName={meName} isGrouped={isGrouped} />
    ) : (
      <PendingRow
        entry={entry}
        look={look}
        meName={meName}
        isGrouped={isGrouped}
        onRetry={onRetry}
        onDiscard={onDiscard}
      />
    )
  return (
    <>
      {opensDay && <DayDivider time={facts.at} look={look} />}
      {row}
    </>
  )
}

interface Facts {
  readonly at: string
  readonly type: MessageRecord['message_type']
  readonly replyToId: string | undefined
}

function factsOf(entry: OutboxEntry | undefined, one: HeldAttachment | undefined): Facts | undefined {
  if (entry !== undefined) {
    const { messageType = 'text', replyTo } = entry.content
    return { at: entry.createdAt, type: messageType, replyToId: replyTo?.id }
  }
  if (one?.caption === undefined) return undefined
  return { at: one.caption.sentAt, type: 'file', replyToId: one.caption.replyTo?.id }
}

const asStored = ({ at, type, replyToId }: Facts, meId: string, meName: string): Placed => ({
  user_id: meId,
  user_name: meName,
  message_type: type,
  deleted_at: null,
  created_at: at,
  reply_to_id: replyToId ?? null,
})
