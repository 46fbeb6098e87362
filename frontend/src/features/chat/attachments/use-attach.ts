import { type ClipboardEvent, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { filesOf, isTextMeant, named, timeInName } from '../../../ui/dropped-files.ts'
import { useChat } from '../chat-context.ts'
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
  const { open } = useAttachmentsOnDemand()
  const attach = useCallback(
    (files: readonly File[]) => void open().then((attachments) => attachments?.add(courseId, files)),
    [open, courseId],
  )
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
