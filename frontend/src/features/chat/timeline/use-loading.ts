import { type CourseRoom, LecternError } from '@lectern/client'
import { useCallback, useEffect, useRef } from 'react'
import { useRoomState } from '../../../lectern/room-context.tsx'
import type { View } from './virtual-scroller.ts'

/** Messages loaded beyond the screen, each way. */
const AHEAD = 120
/** While somebody scrolls, as often as this. */
const PACE_MS = 100
const AGAIN_MS = 2000

type Timer = ReturnType<typeof setTimeout>

/** Loads what comes on screen. @returns to be called whenever that changes */
export function useLoading(room: CourseRoom): (view: View) => void {
  const isLive = useRoomState().status.kind === 'live'
  const wanted = useRef<View>(undefined)
  const timer = useRef<Timer>(undefined)

  const loadSoon = useCallback(
    (delay: number) => {
      const load = (): void => {
        timer.current = undefined
        if (wanted.current === undefined) return
        const { first, last } = wanted.current
        const lastSeq = room.getSnapshot().timeline.lastSeq
        const [from, to] = [Math.max(1, first + 1 - AHEAD), Math.min(last + 1 + AHEAD, lastSeq)]
        if (from > to) return
        room.load(from, to).catch((error: unknown) => {
          if (error instanceof LecternError && error.shouldRetry()) timer.current ??= setTimeout(load, AGAIN_MS)
        })
      }
      timer.current ??= setTimeout(load, delay)
    },
    [room],
  )

  useEffect(() => {
    if (isLive) loadSoon(0)
    return () => {
      clearTimeout(timer.current)
      timer.current = undefined
    }
  }, [isLive, loadSoon])

  return useCallback(
    (view) => {
      wanted.current = view
      loadSoon(PACE_MS)
    },
    [loadSoon],
  )
}
