import { type FocusEvent, type PointerEvent, useCallback, useEffect, useRef, useState } from 'react'

/** The list stands still when it has not moved for so long. */
const STILL_MS = 120

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
    onScroll(): void
    onPointerOver(event: PointerEvent): void
    onPointerLeave(event: PointerEvent): void
    onPointerUp(event: PointerEvent): void
    onFocus(event: FocusEvent): void
  }
}

/**
 * Which row has the toolbar: the one under the mouse, tapped, or focused by the keyboard. Rows that move past a mouse that
 * rests ask for none.
 */
export function useTools(): Tools {
  const [seq, setSeq] = useState<number>()
  const isOpen = useRef(false)
  const moving = useRef<ReturnType<typeof setTimeout>>(undefined)
  const passing = useRef<{ seq: number | undefined }>(undefined)
  useEffect(() => () => clearTimeout(moving.current), [])
  const onOpen = useCallback((open: boolean) => {
    isOpen.current = open
  }, [])
  const give = (next: number | undefined) => {
    if (!isOpen.current) setSeq(next)
  }
  const stand = () => {
    moving.current = undefined
    if (passing.current !== undefined) give(passing.current.seq)
    passing.current = undefined
  }
  return {
    seq,
    onOpen,
    handlers: {
      onScroll: () => {
        clearTimeout(moving.current)
        moving.current = setTimeout(stand, STILL_MS)
      },
      onPointerOver: ({ target, pointerType }) => {
        if (pointerType !== 'mouse') return
        if (moving.current === undefined) give(seqOf(target))
        else passing.current = { seq: seqOf(target) }
      },
      onPointerLeave: ({ pointerType }) => {
        if (pointerType !== 'mouse') return
        passing.current = undefined
        give(undefined)
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
