import type { ClassSession } from '@lectern/protocol'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link, useRoute } from 'wouter'
import { useLiveSession } from '../../lectern/class-queries.ts'
import styles from './live-class.module.css'

/** Above every page of a course while a class of it is live, but for the class itself and for where all classes are. */
export function LiveClass({ courseId }: { courseId: string }) {
  const { data: session } = useLiveSession(courseId)
  const [isThere] = useRoute('/courses/:courseId/classes/:sessionId?')
  return session && !isThere ? <Live session={session} /> : null
}

function Live({ session }: { session: ClassSession }) {
  const { t } = useTranslation('class')
  return (
    <div className={styles['live']} role="status">
      <span className={styles['dot']} aria-hidden="true" />
      <span className={styles['text']}>{t('live.now', { title: session.title })}</span>
      <Button component={Link} href={`/courses/${session.course_id}/classes/${session.id}`} size="compact-sm">
        {t('live.join')}
      </Button>
    </div>
  )
}
