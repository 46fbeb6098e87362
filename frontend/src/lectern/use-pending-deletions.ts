import { useCallback, useEffect, useMemo } from 'react'
import { hideUndoToast, showUndoToast } from '../ui/undo-toast.tsx'
import { type DeletionPort, PendingDeletions } from './pending-deletions.ts'
import { useReadable } from './readable.ts'
import { useSession } from './session-context.ts'

/** How what is deleted is deleted. Stays the same object, or all that waits is deleted at once. */
export type Deleting = Pick<DeletionPort, 'remove' | 'removeOnLeaving' | 'failed'>

/** What the toast says. */
interface Words {
  readonly text: string
  readonly undoLabel: string
}

interface Deletions {
  /** Ids of what is deleted, or about to be, and not to be shown meanwhile. */
  readonly hidden: ReadonlySet<string>
  readonly deleteWithUndo: (id: string, words: Words) => void
}

/**
 * Deleting that can be undone for some seconds. Who leaves the page, or signs out, has stopped undoing.
 * @param onLostFocus the button that had the focus is gone; stays the same function
 */
export function usePendingDeletions(deleting: Deleting, onLostFocus: () => void): Deletions {
  const session = useSession()
  const deletions = useMemo(
    () =>
      new PendingDeletions({
        ...deleting,
        closed: (id) => {
          if (hideUndoToast(id)) onLostFocus()
        },
        timer: { set: (callback, ms) => window.setTimeout(callback, ms), clear: (handle) => clearTimeout(handle) },
      }),
    [deleting, onLostFocus],
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
  const deleteWithUndo = useCallback(
    (id: string, words: Words) => {
      deletions.add(id)
      showUndoToast(id, { ...words, onUndo: () => deletions.undo(id) })
    },
    [deletions],
  )
  return { hidden: useReadable(deletions), deleteWithUndo }
}
