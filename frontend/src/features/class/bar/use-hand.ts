import { useCallback } from 'react'
import { useErrorText } from '../../../lectern/error-text.ts'
import { toastFailed } from '../../../ui/toast.tsx'
import { useClassroom, useInClass } from '../class-context.tsx'

/** One's own hand. */
export function useHand() {
  const classroom = useClassroom()
  const errorText = useErrorText()
  const isRaised = useInClass(({ you }) => you.handRaisedAt !== null)
  const toggleHand = useCallback(() => {
    const change = isRaised ? classroom.lowerHand() : classroom.raiseHand()
    change.catch((error: unknown) => toastFailed(errorText(error)))
  }, [classroom, isRaised, errorText])
  return { isRaised, toggleHand }
}
