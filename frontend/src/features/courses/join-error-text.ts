import { LecternError } from '@lectern/client'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../lectern/error-text.ts'

/** Why a code lets nobody in. */
export function useJoinErrorText(): (error: unknown) => string {
  const { t } = useTranslation('courses')
  const errorText = useErrorText()
  return (error) => {
    if (!(error instanceof LecternError)) return errorText(error)
    if (error.code === 'NOT_FOUND' || error.code === 'VALIDATION_FAILED') return t('join.unknown')
    if (error.code === 'FORBIDDEN') return t('join.removed')
    if (error.code === 'RATE_LIMITED') return t('join.tooMany')
    return errorText(error)
  }
}
