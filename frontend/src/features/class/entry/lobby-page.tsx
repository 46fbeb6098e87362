import type { ClassSession } from '@lectern/protocol'
import { Button } from '@mantine/core'
import { Hourglass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../lectern/client-context.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { PageFrame } from '../../../ui/page-frame.tsx'
import { MediaButtons } from '../bar/media-buttons.tsx'
import { useClassroom, useClassroomState } from '../class-context.tsx'
import { LevelMeter } from '../media/level-meter.tsx'
import { Preview } from '../media/preview.tsx'
import styles from './lobby-page.module.css'

/** Until the class goes live; then one is in by itself. */
export function LobbyPage({ session }: { session: ClassSession }) {
  const { t } = useTranslation('class')
  const classroom = useClassroom()
  const state = useClassroomState()
  const me = useMe()
  const name = state.status === 'lobby' ? state.you.displayName : me.name
  return (
    <PageFrame
      title={<bdi>{session.title}</bdi>}
      back={{ to: `/courses/${session.course_id}/classes`, label: t('toClasses') }}
    >
      <div role="status">
        <EmptyState icon={<Hourglass size={26} />} title={t('lobby.title')} text={t('lobby.text')}>
          <Button variant="default" onClick={() => void classroom.leave()}>
            {t('lobby.leave')}
          </Button>
        </EmptyState>
      </div>
      <div className={styles['self']}>
        <Preview name={name}>
          <MediaButtons />
        </Preview>
        <LevelMeter />
        <p className={styles['name']}>{t('lobby.as', { name })}</p>
      </div>
    </PageFrame>
  )
}
