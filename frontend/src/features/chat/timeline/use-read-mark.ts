import type { CourseRoom } from '@lectern/client'
import { useCallback, useEffect, useRef } from 'react'
import type { View } from './virtual-scroller.ts'

/** Whether somebody looks at the page, as far as a browser can tell. */
const isLookedAt = (): boolean => document.visibilityState === 'visible' && document.hasFocus()

/** Marks as read what was on screen while somebody looked. @returns to be called whenever other rows come on screen */
export function useReadMark(room: CourseRoom): (view: View) => void {
  const seen = useRef(0)
  const mark = useCallback(() => {
    const { timeline, lastReadSeq } = room.getSnapshot()
    const seq = Math.min(seen.current, timeline.lastSeq)
    if (lastReadSeq === undefined || seq <= lastReadSeq || timeline.at(seq) === undefined) return
    if (isLookedAt()) room.markRead(seq)
  }, [room])
  useEffect(() => {
    window.addEventListener('focus', mark)
    document.addEventListener('visibilitychange', mark)
    // A message that comes, or is loaded, where one is already looking moves nothing on screen.
    const stop = room.subscribe(mark)
    return () => {
      window.removeEventListener('focus', mark)
      document.removeEventListener('visibilitychange', mark)
      stop()
    }
  }, [room, mark])
  return useCallback(
    (view) => {
      seen.current = view.last + 1
      mark()
    },
    [mark],
  )
}
