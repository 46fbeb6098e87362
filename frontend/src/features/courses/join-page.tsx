import { Center, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Redirect, useLocation } from 'wouter'
import { usePageTitle } from '../../lectern/page-title.ts'
import { PageFrame } from '../../ui/page-frame.tsx'
import { JoinCourseForm } from './join-course-form.tsx'
import { useJoinErrorText } from './join-error-text.ts'
import styles from './join-page.module.css'
import { useCourseChanges } from './use-course-changes.ts'

/** Where an invitation link leads: joins at once, and leads to the course. */
export function JoinPage({ code }: { code: string }) {
  const { t } = useTranslation(['courses', 'common'])
  const { join } = useCourseChanges()
  usePageTitle(t('join.title'))
  // Joining again changes nothing, so that it may be asked for as a query is.
  const { data, error } = useQuery({ queryKey: ['join', code], queryFn: () => join(code), retry: false, gcTime: 0 })
  if (data !== undefined) return <Redirect to={`/courses/${data.id}`} replace />
  return (
    <PageFrame title={t('join.title')} back={{ to: '/', label: t('common:home'), onPhoneOnly: true }}>
      {error === null ? (
        <Center py="xl" role="status" aria-label={t('join.underWay')}>
          <Loader size="sm" type="dots" aria-hidden="true" />
        </Center>
      ) : (
        <Refused code={code} error={error} />
      )}
    </PageFrame>
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
