import type { RoomStatus } from '@lectern/client'
import { Button } from '@mantine/core'
import { DoorClosed } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useErrorText } from '../../lectern/error-text.ts'
import { useRoom } from '../../lectern/room-context.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import styles from './chat-page.module.css'

interface NoEntryProps {
  status: Extract<RoomStatus, { kind: 'gone' | 'failed' }>
}

/** Stands in the room's place where one cannot be in it. */
export function NoEntry({ status }: NoEntryProps) {
  const { t } = useTranslation('chat')
  const room = useRoom()
  const errorText = useErrorText()
  const home = (
    <Button component={Link} href="/" variant="default">
      {t('room.toCourses')}
    </Button>
  )
  return (
    <div className={styles['page']}>
      <div className={styles['empty']}>
        {status.kind === 'failed' ? (
          <ErrorState title={t('room.failedTitle')} text={errorText(status.error)} onRetry={() => room.retryJoin()}>
            {home}
          </ErrorState>
        ) : (
          <EmptyState
            icon={<DoorClosed size={26} />}
            title={t(`room.gone.${status.reason}.title`)}
            text={t(`room.gone.${status.reason}.text`)}
          >
            {home}
          </EmptyState>
        )}
      </div>
    </div>
  )
}
