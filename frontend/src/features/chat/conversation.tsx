import { useCallback, useEffect } from 'react'
import { useIsBeside } from '../../lectern/beside.ts'
import { useRoomPart, useRoomState } from '../../lectern/room-context.tsx'
import { useAhead } from '../../ui/use-ahead.ts'
import { MessageHistory } from './actions/message-history.tsx'
import { Announcer } from './announcer/announcer.tsx'
import { DropZone, fetchAttachments } from './attachments/attached-on-demand.ts'
import { useAttach } from './attachments/use-attach.ts'
import { useCourseAttachments, useShownUploads } from './attachments/use-course-attachments.ts'
import { useChat } from './chat-context.ts'
import styles from './chat-page.module.css'
import { useChatParts } from './chat-provider.tsx'
import { Composer } from './composer/composer.tsx'
import { isTouch } from './composer/touch.ts'
import { TypingLine } from './composer/typing-line.tsx'
import { EmptyChat } from './empty-chat.tsx'
import { fetchMessageFile } from './message/file-of-message.tsx'
import { SkeletonRow } from './message/skeleton-row.tsx'
import { SidePanel } from './panels/side-panel.tsx'
import { Pictures } from './pictures/pictures.tsx'
import { MessageList } from './timeline/message-list.tsx'
import { useOpening } from './timeline/use-opening.ts'
import { fetchTools } from './tools-on-demand.ts'

/** What shows files, and attaches them. */
const fetchFiles = () => Promise.allSettled([fetchMessageFile(), fetchAttachments()])

interface ConversationProps {
  courseTitle: string
  at: number | undefined
}

export function Conversation({ courseTitle, at }: ConversationProps) {
  const epoch = useRoomPart((state) => state.epoch)
  const { list, composer } = useChatParts()
  const { attach } = useAttach()
  const isBeside = useIsBeside()
  const attachAndWrite = useCallback(
    (files: readonly File[]) => {
      attach(files)
      composer.current?.focus()
    },
    [attach, composer],
  )
  useShownUploads()
  useAhead(fetchFiles, ['files'])
  useAhead(fetchTools)
  // A screen's keyboard would cover what one came to read.
  useEffect(() => {
    if (!isTouch()) composer.current?.focus()
  }, [composer])
  return (
    <div className={styles['body']}>
      <div className={styles['column']}>
        {/* Another epoch is another log: nothing of how this one was looked at holds for it. */}
        <Messages key={epoch ?? ''} courseTitle={courseTitle} at={at} />
        <Announcer />
        <Composer handle={composer} courseTitle={courseTitle} onSent={() => list.current?.toEnd()} />
        <TypingLine />
        <DropZone onFiles={attachAndWrite} />
      </div>
      {!isBeside && <SidePanel />}
      <MessageHistory />
      <Pictures />
    </div>
  )
}

function Messages({ courseTitle, at }: ConversationProps) {
  const { room, me, actions } = useChat()
  const { waiting } = useCourseAttachments()
  const { timeline, pending } = useRoomState()
  const { list, composer } = useChatParts()
  const opened = useOpening(room, me.id, at)
  const isOpened = opened !== undefined
  // A link within the page, to another place, opens nothing anew.
  useEffect(() => {
    if (isOpened && at !== undefined) actions.jumpTo(at, { highlight: true })
  }, [isOpened, at, actions])
  if (opened === undefined) return <Loading />
  if (timeline.lastSeq + pending.length + waiting.length === 0)
    return <EmptyChat onStart={() => composer.current?.focus()} />
  return (
    <MessageList opened={opened} courseTitle={courseTitle} handle={list} onLeave={() => composer.current?.focus()} />
  )
}

/** What fills a tall screen. */
const SKELETONS = 24

function Loading() {
  return (
    <div className={styles['space']} aria-busy="true">
      {Array.from({ length: SKELETONS }, (_, seq) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing but the place tells them apart
        <SkeletonRow key={seq} seq={seq} />
      ))}
    </div>
  )
}
