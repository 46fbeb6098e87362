import { type ClipboardEvent, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { filesOf, isTextMeant, named, timeInName } from '../../../ui/dropped-files.ts'
import { toastFailed } from '../../../ui/toast.tsx'
import { useChat } from '../chat-context.ts'
import { fetchAttachments } from './attached-on-demand.ts'
import { useAttachmentsOnDemand } from './attachments-context.tsx'

interface Attach {
  readonly attach: (files: readonly File[]) => void
  /** Takes what is pasted, where it is a file. */
  readonly onPaste: (event: ClipboardEvent) => void
}

/** Attaches files to the next message of the course that is open. */
export function useAttach(): Attach {
  const { courseId } = useChat()
  const { t } = useTranslation('chat')
  const fetchShown = useFetchShown()
  const { open, followAttaching } = useAttachmentsOnDemand()
  const add = useCallback(
    async (files: readonly File[]) => {
      const attachments = await open()
      if (attachments === undefined || !(await fetchShown())) return false
      attachments.add(courseId, files)
      return true
    },
    [open, fetchShown, courseId],
  )
  const attach = useCallback((files: readonly File[]) => followAttaching(() => add(files)), [followAttaching, add])
  const onPaste = (event: ClipboardEvent): void => {
    const { clipboardData } = event
    const files = filesOf(clipboardData)
    if (files.length === 0 || isTextMeant(clipboardData)) return
    event.preventDefault()
    const name = (extension: string) => t('attach.pasted', { time: timeInName(new Date()), extension })
    attach(files.map((file) => named(file, name)))
  }
  return { attach, onPaste }
}

/**
 * What draws attachments, from the composer to the message that waits for its upload, is there before there is one: the
 * network may be gone by then, and what somebody has sent must be seen.
 */
function useFetchShown(): () => Promise<boolean> {
  const { t, i18n } = useTranslation('common')
  return useCallback(async () => {
    try {
      await Promise.all([fetchAttachments(), i18n.loadNamespaces('files')])
      return true
    } catch {
      toastFailed(t('chunk.title'))
      return false
    }
  }, [t, i18n])
}
