import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../../ui/page-frame.tsx'
import styles from './green-room.module.css'

export function GreenRoomLoading({ courseId }: { courseId: string }) {
  const { t } = useTranslation(['class', 'common'])
  return (
    <PageFrame
      wide
      title={<Skeleton height={20} width={180} />}
      back={{ to: `/courses/${courseId}/classes`, label: t('toClasses') }}
    >
      <div className={styles['room']} role="status" aria-label={t('common:loading')}>
        <Skeleton height={320} radius={16} />
        <Skeleton height={200} />
      </div>
    </PageFrame>
  )
}
