import { Button } from '@mantine/core'
import { MessagesSquare } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useChat } from './chat-context.ts'
import styles from './chat-page.module.css'
import { MembersLink } from './members-link.tsx'

/** Nobody has said anything yet. */
export function EmptyChat({ onStart }: { onStart: () => void }) {
  const { isStaff, courseId } = useChat()
  const { t } = useTranslation('chat')
  return (
    <div className={styles['empty']}>
      <EmptyState
        icon={<MessagesSquare size={26} />}
        title={t('room.emptyTitle')}
        text={t(isStaff ? 'room.emptyForStaff' : 'room.emptyForStudents')}
      >
        <Button onClick={onStart}>{t('room.writeFirst')}</Button>
        {isStaff && <MembersLink courseId={courseId} />}
      </EmptyState>
    </div>
  )
}
