import { Button, Center, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { DoorOpen } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Redirect, useLocation } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { hasAgreed } from '../../lectern/join-agreement.ts'
import { codeIn } from '../../lectern/join-code.ts'
import { usePageTitle } from '../../lectern/page-title.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { JoinCourseForm } from './join-course-form.tsx'
import { useJoinErrorText } from './join-error-text.ts'
import styles from './join-page.module.css'
import { useCourseChanges } from './use-course-changes.ts'

/** Where an invitation link leads. Anybody can send one: who has not asked to be let in is asked first. */
export function JoinPage({ code }: { code: string }) {
  const { t } = useTranslation(['courses', 'common'])
  const hasAskedAlready = hasAgreed(useHistoryState<unknown>())
  const [isConfirmed, setConfirmed] = useState(false)
  usePageTitle(t('join.title'))
  return (
    <PageFrame title={t('join.title')} back={{ to: '/', label: t('common:home'), onPhoneOnly: true }}>
      {hasAskedAlready || isConfirmed ? (
        <Joining code={code} />
      ) : (
        <Question code={code} onConfirm={() => setConfirmed(true)} />
      )}
    </PageFrame>
  )
}

function Question({ code, onConfirm }: { code: string; onConfirm: () => void }) {
  const { t } = useTranslation('courses')
  return (
    <EmptyState
      icon={<DoorOpen size={26} />}
      title={t('join.question')}
      text={t('join.questionText', { code: codeIn(code) })}
    >
      <Button component={Link} href="/" variant="default">
        {t('join.notNow')}
      </Button>
      <Button onClick={onConfirm}>{t('join.submit')}</Button>
    </EmptyState>
  )
}

/** Joins at once, and leads to the course. */
function Joining({ code }: { code: string }) {
  const { t } = useTranslation('courses')
  const { join } = useCourseChanges()
  // Joining again changes nothing, so that it may be asked for as a query is.
  const { data, error } = useQuery({ queryKey: ['join', code], queryFn: () => join(code), retry: false, gcTime: 0 })
  if (data !== undefined) return <Redirect to={`/courses/${data.id}`} replace />
  if (error !== null) return <Refused code={code} error={error} />
  return (
    <Center py="xl" role="status" aria-label={t('join.underWay')}>
      <Loader size="sm" type="dots" aria-hidden="true" />
    </Center>
  )
}

function Refused({ code, error }: { code: string; error: Error }) {
  const errorText = useJoinErrorText()
  const [, navigate] = useLocation()
  return (
    <div className={styles['refused']}>
      <p role="alert">{errorText(error)}</p>
      <JoinCourseForm initial={code} onCancel={() => navigate('/')} />
    </div>
  )
}
