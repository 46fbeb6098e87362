import { LecternError } from '@lectern/client'
import { Button, Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { ErrorState } from '../ui/error-state.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useErrorText } from './error-text.ts'

interface NoCourseProps {
  /** Of the page. */
  title: string
  /** What is said where it cannot be known whether the course is there. */
  failed: string
  /** Null while the course is loaded. */
  error: Error | null
  onRetry: () => void
  isRetrying: boolean
}

/** A page of a course while the course is not known. */
export function NoCourse({ title, failed, error, onRetry, isRetrying }: NoCourseProps) {
  const { t } = useTranslation(['courses', 'common'])
  const errorText = useErrorText()
  const back = { to: '/', label: t('common:home') }
  if (error === null) {
    return (
      <PageFrame wide title={<Skeleton height={20} width={180} />} back={back}>
        <Skeleton height={72} radius="md" />
      </PageFrame>
    )
  }
  const isGone = error instanceof LecternError && error.code === 'NOT_FOUND'
  return (
    <PageFrame wide title={title} back={back}>
      {isGone ? (
        <ErrorState title={t('gone.title')} text={t('gone.text')}>
          <Button component={Link} href="/" variant="default">
            {t('common:notFound.home')}
          </Button>
        </ErrorState>
      ) : (
        <ErrorState title={failed} text={errorText(error)} onRetry={onRetry} isRetrying={isRetrying} />
      )}
    </PageFrame>
  )
}
