import { LecternError } from '@lectern/client'
import type { CourseRecord } from '@lectern/protocol'
import { Button, Skeleton } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useMe } from '../../lectern/client-context.tsx'
import { useErrorText } from '../../lectern/error-text.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import type { Viewer } from './file-permissions.ts'

export function useViewer({ role }: CourseRecord): Viewer {
  const { id } = useMe()
  return useMemo(() => ({ id, role }), [id, role])
}

interface NoCourseProps {
  /** Null while the course is loaded. */
  error: Error | null
  onRetry: () => void
  isRetrying: boolean
}

/** A page of files while their course is not known. */
export function NoCourse({ error, onRetry, isRetrying }: NoCourseProps) {
  const { t } = useTranslation(['files', 'courses', 'common'])
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
    <PageFrame wide title={t('title')} back={back}>
      {isGone ? (
        <ErrorState title={t('courses:gone.title')} text={t('courses:gone.text')}>
          <Button component={Link} href="/" variant="default">
            {t('common:notFound.home')}
          </Button>
        </ErrorState>
      ) : (
        <ErrorState title={t('failed')} text={errorText(error)} onRetry={onRetry} isRetrying={isRetrying} />
      )}
    </PageFrame>
  )
}

/** Not for a moment: what is shown of the course is true no longer. */
export const isLost = (error: Error | null): boolean =>
  error instanceof LecternError && (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN')
