import type { CourseRoom } from '@lectern/client'
import { API_BASE, type MessageRecord } from '@lectern/protocol'
import { Trash2 } from 'lucide-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../lectern/client-context.tsx'
import { useErrorText } from '../../../lectern/error-text.ts'
import { sendOnLeaving } from '../../../lectern/left-changes.ts'
import { usePendingChanges } from '../../../lectern/use-pending-changes.ts'
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
  const { hidden, changeWithUndo } = usePendingChanges(onLostFocus)
  const deleteWithUndo = useCallback(
    ({ id, file }: MessageRecord) => {
      const make = async (): Promise<void> => {
        try {
          await room.remove(id)
        } catch (error) {
          toastFailed(t('deletion.failed', { reason: errorText(error) }))
        }
      }
      const makeOnLeaving = (): void => {
        const path = `${API_BASE}/chat/messages/${encodeURIComponent(id)}`
        void sendOnLeaving({ kind: 'message', userId, id }, { method: 'DELETE', path })
      }
      const keepsFile = file !== null && !('deleted' in file)
      const text = t(keepsFile ? 'deletion.doneKeepingFile' : 'deletion.done')
      changeWithUndo(
        { id, hides: [id], make, makeOnLeaving },
        { icon: <Trash2 size={16} />, text, undoLabel: t('deletion.undo') },
      )
    },
    [room, changeWithUndo, t, errorText, userId],
  )
  return { hidden, deleteWithUndo }
}
