import { type CompositionEvent, type RefObject, useRef } from 'react'
import type { Composing } from './sends-on-key.ts'

interface ComposingField {
  readonly composing: RefObject<Composing>
  /** For the field. */
  readonly handlers: {
    onCompositionStart(event: CompositionEvent): void
    onCompositionEnd(event: CompositionEvent): void
  }
}

/** Follows what the input method does in a field. */
export function useComposing(): ComposingField {
  const composing = useRef<Composing>({ isActive: false, endedAt: Number.NEGATIVE_INFINITY })
  return {
    composing,
    handlers: {
      onCompositionStart: () => {
        composing.current = { ...composing.current, isActive: true }
      },
      onCompositionEnd: ({ timeStamp }) => {
        composing.current = { isActive: false, endedAt: timeStamp }
      },
    },
  }
}
