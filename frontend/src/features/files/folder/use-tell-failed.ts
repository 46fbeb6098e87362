import { LecternError } from '@lectern/client'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../lectern/error-text.ts'
import { toastFailed } from '../../../ui/toast.tsx'
import type { FailedChange } from './make-changes.ts'

/** Files that are called by their names. */
const NAMED = 5

/** Says which files are there again, and why: those that failed for one reason together. */
export function useTellFailed(): (key: 'deletion.failed' | 'moving.failed', failed: readonly FailedChange[]) => void {
  const { t, i18n } = useTranslation('files')
  const errorText = useErrorText()
  return useCallback(
    (key, failed) => {
      const reasonOf = ({ error }: FailedChange): string => {
        const code = error instanceof LecternError ? error.code : undefined
        if (code === 'CONFLICT') return t('moving.taken')
        return code === 'NOT_FOUND' ? t('file.changed') : errorText(error)
      }
      for (const [reason, some] of Map.groupBy(failed, reasonOf)) {
        const names = some.map(({ file }) => t('file.quoted', { name: file.filename }))
        const more = names.length - NAMED
        const said = more > 0 ? [...names.slice(0, NAMED), t('file.more', { count: more })] : names
        const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(said)
        toastFailed(t(key, { count: some.length, names: list, reason }))
      }
    },
    [t, i18n, errorText],
  )
}
