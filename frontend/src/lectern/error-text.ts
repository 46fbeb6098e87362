import { LecternError } from '@lectern/client'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

/** Says in the reader's language what went wrong. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation('common')
  return useCallback((error: unknown) => t(`errors.${error instanceof LecternError ? error.code : 'INTERNAL'}`), [t])
}
