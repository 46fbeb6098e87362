import { ActionIcon } from '@mantine/core'
import { Video } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useLiveSession } from '../../lectern/class-queries.ts'
import styles from './classes-button.module.css'

/** Leads to the course's classes, with a mark while one is live. */
export function ClassesButton({ courseId }: { courseId: string }) {
  const { t } = useTranslation('chat')
  const { data: live } = useLiveSession(courseId)
  const isLive = live !== undefined && live !== null
  const label = isLive ? t('header.classesLive') : t('header.classes')
  return (
    <ActionIcon
      component={Link}
      href={`/courses/${courseId}/classes`}
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={label}
      title={label}
    >
      <Video size={18} aria-hidden="true" />
      {isLive && <span className={styles['live']} aria-hidden="true" />}
    </ActionIcon>
  )
}
