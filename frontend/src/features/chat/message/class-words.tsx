import type { SystemContent } from '@lectern/protocol'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useLiveSession } from '../../../lectern/class-queries.ts'

interface ClassWordsProps {
  courseId: string
  system: SystemContent
  /** What stands there until the texts have come, and for what this client does not know. */
  children: ReactNode
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** That a class began or ended; while it is live one may go there. */
export function ClassWords({ courseId, system, children }: ClassWordsProps) {
  const { t, ready } = useTranslation('class', { useSuspense: false })
  const { kind, title, session_id: sessionId } = system
  if (!ready || (kind !== 'class_started' && kind !== 'class_ended')) return children
  return (
    <>
      {t(`system.${kind}`, { title: textOf(title) })}
      {kind === 'class_started' && <JoinLink courseId={courseId} sessionId={textOf(sessionId)} />}
    </>
  )
}

function JoinLink({ courseId, sessionId }: { courseId: string; sessionId: string }) {
  const { t } = useTranslation('class')
  const { data } = useLiveSession(courseId)
  if (data?.id !== sessionId) return null
  return (
    <>
      {' '}
      <Link href={`/courses/${courseId}/classes/${sessionId}`}>{t('live.join')}</Link>
    </>
  )
}
