import { LecternError } from '@lectern/client'
import { Alert } from '@mantine/core'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSecondsUntil } from '../../ui/use-seconds-until.ts'

/** Why a form was not accepted. */
export interface Failure {
  readonly text: string
  /** Epoch milliseconds before which trying again is no use. */
  readonly waitUntil: number | undefined
}

/** How long the server asked to wait, as a time. */
export function waitUntil(error: unknown): number | undefined {
  if (!(error instanceof LecternError) || error.code !== 'RATE_LIMITED') return undefined
  return Date.now() + (error.retryAfterMs ?? 0)
}

export function FailureAlert({ failure }: { failure: Failure | undefined }) {
  if (failure === undefined) return null
  return (
    <Alert color="red" icon={<CircleAlert size={18} aria-hidden="true" />} role="alert">
      {failure.text}
      {failure.waitUntil !== undefined && <Wait until={failure.waitUntil} />}
    </Alert>
  )
}

/** Hidden from screen readers, which would read every second. */
function Wait({ until }: { until: number }): ReactNode {
  const { t } = useTranslation('account')
  const seconds = useSecondsUntil(until)
  if (seconds === 0) return null
  return <span aria-hidden="true"> {t('wait', { count: seconds })}</span>
}
