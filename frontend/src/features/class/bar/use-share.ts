import { LecternError } from '@lectern/client'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../lectern/error-text.ts'
import { toastFailed } from '../../../ui/toast.tsx'
import { useClassroom, useInClass } from '../class-context.tsx'

/** Browsers of phones have no such thing. */
export const canShareScreen = typeof navigator !== 'undefined' && navigator.mediaDevices?.getDisplayMedia !== undefined

/** One's own screen. */
export function useShare() {
  const { t } = useTranslation('class')
  const classroom = useClassroom()
  const errorText = useErrorText()
  const status = useInClass(({ screen }) => screen.status)
  const isSharing = status === 'on'
  const toggleShare = useCallback(() => {
    const change = isSharing ? classroom.stopSharing() : classroom.shareScreen()
    change.catch((error: unknown) => {
      if (!(error instanceof LecternError)) return
      toastFailed(error.code === 'CONFLICT' ? t('notice.screen.taken') : errorText(error))
    })
  }, [classroom, isSharing, errorText, t])
  return { isSharing, isStarting: status === 'starting', toggleShare }
}
