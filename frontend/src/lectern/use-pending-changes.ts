import { useCallback, useEffect, useMemo } from 'react'
import { hideUndoToast, showUndoToast, type UndoWords } from '../ui/undo-toast.tsx'
import { type PendingChange, PendingChanges } from './pending-changes.ts'
import { useReadable } from './readable.ts'
import { useSession } from './session-context.ts'

interface Pending {
  /** Ids of what is changed, or about to be, and not to be shown meanwhile. */
  readonly hidden: ReadonlySet<string>
  readonly changeWithUndo: (change: PendingChange, words: UndoWords) => void
}

/**
 * Changes that can be undone for some seconds. Who leaves the page, or signs out, has stopped undoing.
 * @param onLostFocus the button that had the focus is gone; stays the same function
 */
export function usePendingChanges(onLostFocus: () => void): Pending {
  const session = useSession()
  const changes = useMemo(
    () =>
      new PendingChanges({
        closed: (id) => {
          if (hideUndoToast(id)) onLostFocus()
        },
        timer: { set: (callback, ms) => window.setTimeout(callback, ms), clear: (handle) => clearTimeout(handle) },
      }),
    [onLostFocus],
  )
  useEffect(() => {
    const leave = (): void => changes.leave()
    addEventListener('pagehide', leave)
    const stop = session.onSigningOut(leave)
    return () => {
      removeEventListener('pagehide', leave)
      stop()
      leave()
    }
  }, [changes, session])
  const changeWithUndo = useCallback(
    (change: PendingChange, words: UndoWords) => {
      if (changes.add(change)) showUndoToast(change.id, words, () => changes.undo(change.id))
    },
    [changes],
  )
  return { hidden: useReadable(changes), changeWithUndo }
}
