import { type RefObject, useLayoutEffect, useRef } from 'react'

const TABBABLE = '[data-autofocus], button, input, [tabindex="0"]'

/** Takes the focus in, and gives it back to where it was when the element goes, unless it went elsewhere meanwhile. */
export function useReturnFocus(): RefObject<HTMLElement | null> {
  const ref = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const { current } = ref
    const before = document.activeElement
    current?.querySelector<HTMLElement>(TABBABLE)?.focus({ preventScroll: true })
    return () => {
      const now = document.activeElement
      const isOurs = now === null || now === document.body || current?.contains(now) === true
      if (isOurs && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  return ref
}
