import type { MessageRecord } from '@lectern/protocol'
import { memo } from 'react'
import { DayDivider, LogStart, NewDivider } from '../message/dividers.tsx'
import { MessageRow } from '../message/message-row.tsx'
import type { RowLook } from '../message/row-look.ts'
import { SystemRow } from '../message/system-row.tsx'
import styles from './message-list.module.css'
import { placeOf } from './place.ts'

interface MessagePlaceProps {
  message: MessageRecord
  /** Undefined where it is not loaded. */
  previous: MessageRecord | undefined
  look: RowLook
  /** The first of what was unread. */
  isNew: boolean
  /** Being deleted. */
  isHidden: boolean
  isEdited: boolean
  isFlashing: boolean
  hasTools: boolean
  isActive: boolean
  onToolsOpen: (open: boolean) => void
}

/** A message, below what divides it from the one above. Drawn again only when something of it changes. */
export const MessagePlace = memo(function MessagePlace({ previous, isNew, isHidden, ...row }: MessagePlaceProps) {
  const { message, look, isActive } = row
  const { opensDay, isGrouped } = placeOf(message, previous, message.seq === 1)
  return (
    <div className={isHidden ? styles['hidden'] : undefined}>
      {message.seq === 1 && <LogStart look={look} />}
      {opensDay && <DayDivider time={message.created_at} look={look} />}
      {isNew && <NewDivider look={look} />}
      {message.message_type === 'system' ? (
        <SystemRow message={message} look={look} isActive={isActive} />
      ) : (
        <MessageRow {...row} isGrouped={isGrouped && !isNew} />
      )}
    </div>
  )
})
