import { type FocusEvent, type PointerEvent, useCallback, useRef, useState } from 'react'

const seqOf = (target: EventTarget): number | undefined => {
  const row = target instanceof Element ? target.closest('[data-seq]') : null
  return row instanceof HTMLElement ? Number(row.dataset['seq']) : undefined
}

interface Tools {
  /** The row that has the toolbar. */
  readonly seq: number | undefined
  /** While a menu is open the toolbar stays where it is. */
  readonly onOpen: (open: boolean) => void
  readonly handlers: {
    onPointerOver(event: PointerEvent): void
    onPointerLeave(event: PointerEvent): void
    onPointerUp(event: PointerEvent): void
    onFocus(event: FocusEvent): void
  }
}

/** Which row has the toolbar: the one under the mouse, tapped, or focused by the keyboard. */
export function useTools(): Tools {
  const [seq, setSeq] = useState<number>()
  const isOpen = useRef(false)
  const onOpen = useCallback((open: boolean) => {
    isOpen.current = open
  }, [])
  const give = (next: number | undefined) => {
    if (!isOpen.current) setSeq(next)
  }
  return {
    seq,
    onOpen,
    handlers: {
      onPointerOver: ({ target, pointerType }) => {
        if (pointerType === 'mouse') give(seqOf(target))
      },
      onPointerLeave: ({ pointerType }) => {
        if (pointerType === 'mouse') give(undefined)
      },
      onPointerUp: ({ target, pointerType }) => {
        if (pointerType !== 'mouse') give(seqOf(target))
      },
      onFocus: ({ target }) => {
        if (target.matches(':focus-visible')) give(seqOf(target))
      },
    },
  }
}
