import type { CourseRoom } from '@lectern/client'
import { API_BASE, type MessageRecord } from '@lectern/protocol'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../lectern/client-context.tsx'
import { useErrorText } from '../../../lectern/error-text.ts'
import { sendDeletionOnLeaving } from '../../../lectern/left-deletions.ts'
import { type Deleting, usePendingDeletions } from '../../../lectern/use-pending-deletions.ts'
import { toastFailed } from '../../../ui/toast.tsx'

interface Deletions {
  /** Ids of messages that are deleted, or about to be, and not to be shown meanwhile. */
  readonly hidden: ReadonlySet<string>
  readonly deleteWithUndo: (message: MessageRecord) => void
}

/**
 * Deleting messages, which can be undone for some seconds. Who leaves the course or the page has stopped undoing.
 * @param onLostFocus the button that had the focus is gone; stays the same function
 */
export function useDeletions(room: CourseRoom, onLostFocus: () => void): Deletions {
  const { t } = useTranslation('chat')
  const errorText = useErrorText()
  const { id: userId } = useMe()
  const deleting = useMemo<Deleting>(
    () => ({
      remove: (messageId) => room.remove(messageId),
      removeOnLeaving: (messageId) => {
        const path = `${API_BASE}/chat/messages/${encodeURIComponent(messageId)}`
        void sendDeletionOnLeaving({ kind: 'message', userId, id: messageId }, path)
      },
      failed: (_, error) => toastFailed(t('deletion.failed', { reason: errorText(error) })),
    }),
    [room, t, errorText, userId],
  )
  const { hidden, deleteWithUndo } = usePendingDeletions(deleting, onLostFocus)
  return {
    hidden,
    deleteWithUndo: useCallback(
      ({ id, file }: MessageRecord) => {
        const keepsFile = file !== null && !('deleted' in file)
        const text = t(keepsFile ? 'deletion.doneKeepingFile' : 'deletion.done')
        deleteWithUndo(id, { text, undoLabel: t('deletion.undo') })
      },
      [deleteWithUndo, t],
    ),
  }
}
