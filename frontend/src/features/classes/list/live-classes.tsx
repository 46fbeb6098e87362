import type { ClassSession, CourseRecord } from '@lectern/protocol'
import { Button } from '@mantine/core'
import { Lock, LogIn } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { clockTime } from '../../../ui/time.ts'
import { classroomAt } from '../addresses.ts'
import styles from './live-classes.module.css'
import { Section } from './section.tsx'
import { SessionMenu } from './session-menu.tsx'

interface LiveClassesProps {
  course: CourseRecord
  sessions: readonly ClassSession[]
}

/** What is going on now; nothing where nothing is. */
export function LiveClasses({ course, sessions }: LiveClassesProps) {
  const { t } = useTranslation('classes')
  if (sessions.length === 0) return null
  return (
    <Section
      title={
        <span className={styles['now']}>
          <span className={styles['dot']} aria-hidden="true" />
          {t('live.title')}
        </span>
      }
    >
      <ul className={styles['cards']}>
        {sessions.map((session) => (
          <LiveCard key={session.id} course={course} session={session} />
        ))}
      </ul>
    </Section>
  )
}

function LiveCard({ course, session }: { course: CourseRecord; session: ClassSession }) {
  const { t, i18n } = useTranslation('classes')
  const { title, started_at, locked } = session
  return (
    <li className={styles['card']}>
      <div className={styles['text']}>
        <h3 className={styles['title']}>{title}</h3>
        <p className={styles['detail']}>
          {started_at !== null && t('live.since', { time: clockTime(started_at, i18n.language) })}
          {locked && (
            <span className={styles['locked']}>
              <Lock size={14} aria-hidden="true" />
              {t('live.locked')}
            </span>
          )}
        </p>
      </div>
      <Button
        component={Link}
        href={classroomAt(session)}
        className={styles['join'] ?? ''}
        leftSection={<LogIn size={16} aria-hidden="true" />}
        aria-label={t('live.joinOne', { title })}
      >
        {t('live.join')}
      </Button>
      <SessionMenu course={course} session={session} />
    </li>
  )
}
