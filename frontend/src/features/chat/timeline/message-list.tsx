import type { RoomState } from '@lectern/client'
import { type Ref, useCallback, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoomState } from '../../../lectern/room-context.tsx'
import type { HeldAttachment } from '../attachments/attachments.ts'
import { useCourseAttachments } from '../attachments/use-course-attachments.ts'
import { useChat, useChatUi } from '../chat-context.ts'
import type { RowLook } from '../message/row-look.ts'
import { SkeletonRow } from '../message/skeleton-row.tsx'
import { picturesOf } from '../pictures/open-picture.ts'
import { JumpToNewest } from './jump-to-newest.tsx'
import styles from './message-list.module.css'
import { MessagePlace } from './message-place.tsx'
import { PendingPlace } from './pending-place.tsx'
import { ScrollDate, type ScrollDateHandle } from './scroll-date.tsx'
import { useListKeys } from './use-list-keys.ts'
import { useLoading } from './use-loading.ts'
import type { Opened } from './use-opening.ts'
import { useReadMark } from './use-read-mark.ts'
import { useTools } from './use-tools.ts'
import { VirtualList, type VirtualListHandle } from './virtual-list.tsx'
import type { View } from './virtual-scroller.ts'

export interface MessageListHandle {
  /** Brings a place into view and flashes it. */
  jump(seq: number, highlight: boolean): void
  /** Scrolls no further than needed to have it on screen. */
  reveal(seq: number): void
  /** One has said something oneself. */
  toEnd(): void
}

interface MessageListProps {
  opened: Opened
  courseTitle: string
  handle: Ref<MessageListHandle>
  /** The keyboard leaves the list at its end. */
  onLeave: () => void
}

export function MessageList({ opened, courseTitle, handle, onLeave }: MessageListProps) {
  const { room } = useChat()
  const { t } = useTranslation('chat')
  const state = useRoomState()
  const { waiting } = useCourseAttachments()
  const list = useRef<VirtualListHandle>(null)
  const view = useRef<View>(undefined)
  const date = useRef<ScrollDateHandle>(null)
  const [isAtEnd, setAtEnd] = useState(true)
  const [flashing, setFlashing] = useState(opened.highlight)
  const keys = useListKeys({ list, view, onLeave })
  const tools = useTools()
  const load = useLoading(room)
  const markRead = useReadMark(room)
  const onView = useCallback(
    (next: View) => {
      view.current = next
      setAtEnd(next.atEnd)
      load(next)
      markRead(next)
      if (!next.atEnd) date.current?.show(next.first)
    },
    [load, markRead],
  )
  useImperativeHandle(
    handle,
    () => ({
      jump: (seq, highlight) => {
        list.current?.show(seq - 1)
        if (highlight) setFlashing(seq)
      },
      reveal: (seq) => list.current?.reveal(seq - 1),
      toEnd: () => list.current?.toEnd(),
    }),
    [],
  )
  const look = useRowLook(courseTitle, setFlashing)
  const row = useRow({
    state,
    waiting,
    look,
    opened,
    flashing,
    toolsAt: tools.seq,
    active: keys.active,
    onToolsOpen: tools.onOpen,
  })
  return (
    <div className={styles['frame']}>
      <VirtualList
        handle={list}
        opening={opened.opening}
        count={state.timeline.lastSeq + state.pending.length + waiting.length}
        keyOf={(index) => keyOf(state, waiting, index)}
        row={row}
        hasContent={(index) => index >= state.timeline.lastSeq || state.timeline.at(index + 1) !== undefined}
        onView={onView}
        role="feed"
        aria-label={t('list.label')}
        tabIndex={0}
        onKeyDown={keys.onKeyDown}
        onPointerDown={keys.clear}
        {...tools.handlers}
      />
      <ScrollDate handle={date} room={room} />
      {!isAtEnd && <JumpToNewest unread={state.unread} onClick={() => list.current?.toEnd()} />}
    </div>
  )
}

/** An own message has the same key before and after its file is uploaded, and it is stored. */
function keyOf({ timeline, pending }: RoomState, waiting: readonly HeldAttachment[], index: number): string {
  const after = index - timeline.lastSeq
  if (after >= 0) return pending[after]?.clientId ?? waiting[after - pending.length]?.id ?? `place${index}`
  const message = timeline.at(index + 1)
  return message?.client_id ?? message?.id ?? `place${index}`
}

function useRowLook(courseTitle: string, setFlashing: (seq: number | undefined) => void): RowLook {
  const { room, me, actions } = useChat()
  const { t, i18n } = useTranslation('chat')
  const [expanded] = useState(() => new Set<string>())
  const { language } = i18n
  return useMemo(
    () => ({
      t,
      language,
      meId: me.id,
      courseTitle,
      expanded,
      onPicture: (seq) => picturesOf(room).open(seq),
      onJump: (messageId) => void actions.jumpToMessage(messageId),
      onFlashEnd: () => setFlashing(undefined),
    }),
    [t, language, me.id, courseTitle, expanded, room, actions, setFlashing],
  )
}

interface RowOptions {
  state: RoomState
  waiting: readonly HeldAttachment[]
  look: RowLook
  opened: Opened
  flashing: number | undefined
  toolsAt: number | undefined
  active: number | undefined
  onToolsOpen: (open: boolean) => void
}

function useRow(options: RowOptions) {
  const { room } = useChat()
  const { editing, hidden } = useChatUi()
  const { state, waiting, look } = options
  const { timeline } = state
  return (index: number) => {
    const seq = index + 1
    if (seq > timeline.lastSeq)
      return <PendingPlace state={state} waiting={waiting} look={look} index={index} room={room} />
    const message = timeline.at(seq)
    if (message === undefined) return <SkeletonRow seq={seq} />
    return (
      <MessagePlace
        message={message}
        previous={timeline.at(seq - 1)}
        look={look}
        isNew={seq === options.opened.firstUnread}
        isHidden={hidden.has(message.id)}
        isEdited={editing === message.id}
        isFlashing={seq === options.flashing}
        hasTools={seq === options.toolsAt}
        isActive={seq === options.active}
        onToolsOpen={options.onToolsOpen}
      />
    )
  }
}
