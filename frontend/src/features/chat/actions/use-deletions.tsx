import type { CourseRoom } from '@lectern/client'
import { API_BASE, type MessageRecord } from '@lectern/protocol'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { Trash2 } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../lectern/error-text.ts'
import { useReadable } from '../../../lectern/readable.ts'
import { useSession } from '../../../lectern/session-context.ts'
import { toastFailed } from '../../../ui/toast.tsx'
import { PendingDeletions } from './pending-deletions.ts'
import styles from './undo-toast.module.css'

const toastId = (messageId: string): string => `deletion-${messageId}`

/**
 * `keepalive`: the browser sends it though the page is gone (Fetch). The cookie says who asks: while the page is connected
 * it is renewed before it ends, and without a connection there is nobody to send this to.
 */
const removeOnLeaving = (messageId: string): void => {
  fetch(`${API_BASE}/chat/messages/${encodeURIComponent(messageId)}`, { method: 'DELETE', keepalive: true }).catch(
    // Nobody is there to be told; the message stays, and can be deleted again.
    () => undefined,
  )
}

interface Deletions {
  /** Ids of messages that are deleted, or about to be, and not to be shown meanwhile. */
  readonly hidden: ReadonlySet<string>
  readonly deleteWithUndo: (message: MessageRecord) => void
}

/**
 * Deleting that can be undone for some seconds. Who leaves the course or the page has stopped undoing.
 * @param onLostFocus the button that had the focus is gone; stays the same function
 */
export function useDeletions(room: CourseRoom, onLostFocus: () => void): Deletions {
  const { t } = useTranslation('chat')
  const errorText = useErrorText()
  const session = useSession()
  const deletions = useMemo(
    () =>
      new PendingDeletions({
        remove: (messageId) => room.remove(messageId),
        removeOnLeaving,
        failed: (_, error) => toastFailed(t('deletion.failed', { reason: errorText(error) })),
        closed: (messageId) => {
          if (document.activeElement?.closest(`[data-undo="${messageId}"]`)) onLostFocus()
          notifications.hide(toastId(messageId))
        },
        timer: { set: (callback, ms) => window.setTimeout(callback, ms), clear: (handle) => clearTimeout(handle) },
      }),
    [room, t, errorText, onLostFocus],
  )
  useEffect(() => {
    const leave = (): void => deletions.leave()
    addEventListener('pagehide', leave)
    const stop = session.onSigningOut(leave)
    return () => {
      removeEventListener('pagehide', leave)
      stop()
      leave()
    }
  }, [deletions, session])
  const deleteWithUndo = useMemo(
    () => (message: MessageRecord) => {
      deletions.add(message.id)
      notifications.show({
        id: toastId(message.id),
        autoClose: false,
        withCloseButton: false,
        icon: <Trash2 size={16} />,
        color: 'gray',
        message: <UndoToast messageId={message.id} onUndo={() => deletions.undo(message.id)} />,
      })
    },
    [deletions],
  )
  return { hidden: useReadable(deletions), deleteWithUndo }
}

interface UndoToastProps {
  readonly messageId: string
  readonly onUndo: () => void
}

function UndoToast({ messageId, onUndo }: UndoToastProps) {
  const { t } = useTranslation('chat')
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // What was deleted had the focus, or the menu that did it; in the next frame they are gone.
    const frame = requestAnimationFrame(() => button.current?.focus({ preventScroll: true }))
    return () => cancelAnimationFrame(frame)
  }, [])
  return (
    <div className={styles['toast']}>
      <span>{t('deletion.done')}</span>
      <Button ref={button} variant="subtle" size="compact-sm" onClick={onUndo} data-undo={messageId}>
        {t('deletion.undo')}
      </Button>
    </div>
  )
}
