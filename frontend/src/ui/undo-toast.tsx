import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { Trash2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import styles from './undo-toast.module.css'

const toastId = (id: string): string => `deletion-${id}`

interface Undoing {
  /** What it says. */
  readonly text: string
  /** On its button. */
  readonly undoLabel: string
  readonly onUndo: () => void
}

/** Says that something is deleted, with a button that undoes it; stays until `hideUndoToast`. */
export function showUndoToast(id: string, undoing: Undoing): void {
  notifications.show({
    id: toastId(id),
    autoClose: false,
    withCloseButton: false,
    icon: <Trash2 size={16} />,
    color: 'gray',
    message: <UndoToast id={id} {...undoing} />,
  })
}

/** @returns whether it had the focus */
export function hideUndoToast(id: string): boolean {
  const hadFocus = document.activeElement?.closest(`[data-undo="${CSS.escape(id)}"]`) !== null
  notifications.hide(toastId(id))
  return hadFocus
}

function UndoToast({ id, text, undoLabel, onUndo }: Undoing & { readonly id: string }) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // What was deleted had the focus, or the menu that did it; in the next frame they are gone.
    const frame = requestAnimationFrame(() => button.current?.focus({ preventScroll: true }))
    return () => cancelAnimationFrame(frame)
  }, [])
  return (
    <div className={styles['toast']}>
      <span>{text}</span>
      <Button ref={button} variant="subtle" size="compact-sm" onClick={onUndo} data-undo={id}>
        {undoLabel}
      </Button>
    </div>
  )
}
