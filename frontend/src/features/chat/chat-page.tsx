import { useTranslation } from 'react-i18next'
import { useIsBeside } from '../../lectern/beside.ts'
import { useCourse } from '../../lectern/course-queries.ts'
import { usePageTitle } from '../../lectern/page-title.ts'
import { RoomProvider, useRoomPart } from '../../lectern/room-context.tsx'
import { ChatHeader } from './chat-header.tsx'
import './chat-colours.css'
import styles from './chat-page.module.css'
import { ChatProvider } from './chat-provider.tsx'
import { Conversation } from './conversation.tsx'
import { NoEntry } from './no-entry.tsx'

interface ChatPageProps {
  courseId: string
  /** The place that a link leads to. */
  at: number | undefined
}

export function ChatPage({ courseId, at }: ChatPageProps) {
  // What waits for its texts is taken down meanwhile: within the room, that would be leaving it and entering again.
  useTranslation('chat')
  return (
    <RoomProvider courseId={courseId}>
      <Chat courseId={courseId} at={at} />
    </RoomProvider>
  )
}

function Chat({ courseId, at }: ChatPageProps) {
  const { data: course } = useCourse(courseId)
  const isBeside = useIsBeside()
  const obstacle = useRoomPart(({ status }) =>
    status.kind === 'gone' || status.kind === 'failed' ? status : undefined,
  )
  if (obstacle !== undefined) return <NoEntry status={obstacle} />
  return (
    <ChatProvider courseId={courseId}>
      <PageTitle title={course?.title} />
      <div className={styles['page']}>
        {!isBeside && <ChatHeader title={course?.title ?? ''} />}
        <Conversation courseTitle={course?.title ?? ''} at={at} />
      </div>
    </ChatProvider>
  )
}

/** Apart, since it draws anew with every message that is read. */
function PageTitle({ title }: { title: string | undefined }) {
  usePageTitle(title)
  return null
}
