import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type ReactNode, useEffect, useRef } from 'react'
import styles from './undo-toast.module.css'

const toastId = (id: string): string => `undo-${id}`

/** What such a toast says. */
export interface UndoWords {
  readonly icon: ReactNode
  readonly text: string
  /** On its button. */
  readonly undoLabel: string
}

/** Says that something is done, with a button that undoes it; stays until `hideUndoToast`. */
export function showUndoToast(id: string, { icon, ...words }: UndoWords, onUndo: () => void): void {
  notifications.show({
    id: toastId(id),
    autoClose: false,
    withCloseButton: false,
    icon,
    color: 'gray',
    message: <UndoToast id={id} {...words} onUndo={onUndo} />,
  })
}

/** @returns whether it had the focus */
export function hideUndoToast(id: string): boolean {
  const hadFocus = document.activeElement?.closest(`[data-undo="${CSS.escape(id)}"]`) !== null
  notifications.hide(toastId(id))
  return hadFocus
}

interface UndoToastProps extends Pick<UndoWords, 'text' | 'undoLabel'> {
  id: string
  onUndo: () => void
}

function UndoToast({ id, text, undoLabel, onUndo }: UndoToastProps) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // What was changed had the focus, or the menu that did it; in the next frame they are gone.
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
