import { type RefObject, useEffect } from 'react'
import type { FileSelection } from './selection-context.ts'

/** These have letters for themselves. */
const TYPED_IN = 'input:not([type="checkbox"]), textarea, select, [contenteditable="true"]'

/** Whether the key was pressed on the page: not where one types, nor in a menu or a dialog over it. */
function isOnPage(target: EventTarget | null, page: Element | null): boolean {
  if (!(target instanceof Element) || target.closest(TYPED_IN) !== null) return false
  const isNowhere = target === document.body && document.querySelector('[aria-modal="true"]') === null
  return isNowhere || page?.contains(target) === true
}

/** Ctrl+A, on a Mac Cmd+A, selects all that is shown; Escape selects nothing. */
export function useSelectionKeys(page: RefObject<Element | null>, { files, selectAll, clear }: FileSelection): void {
  const isSelecting = files.length > 0
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { key, ctrlKey, metaKey, shiftKey, altKey, target } = event
      const isAll = key.toLowerCase() === 'a' && ctrlKey !== metaKey && !shiftKey && !altKey
      const isEnd = key === 'Escape' && isSelecting
      if (event.defaultPrevented || !(isAll || isEnd) || !isOnPage(target, page.current)) return
      event.preventDefault()
      if (isAll) selectAll()
      else clear()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [page, isSelecting, selectAll, clear])
}
