import { useCallback, useEffect, useState } from 'react'
import { useMedia, useMediaPart } from '../class-context.tsx'
import { hearMuted, LOOK_MS, SILENT } from './muted-talk.ts'

/** Whether one talks while muted, and how to hear no more of it until the next time that one mutes. */
export function useMutedTalk(): readonly [isTalking: boolean, putAside: () => void] {
  const media = useMedia()
  const isMuted = useMediaPart((state) => state.isMuted)
  const [isTalking, setTalking] = useState(false)
  const [isAside, setAside] = useState(false)
  useEffect(() => {
    if (!isMuted || isAside) return
    let talk = SILENT
    // The level is told when it changes, and counts for as long as it stays.
    const timer = setInterval(() => {
      const now = performance.now()
      talk = hearMuted(talk, media.getSnapshot().level, now)
      setTalking(talk.until > now)
    }, LOOK_MS)
    return () => {
      clearInterval(timer)
      setTalking(false)
    }
  }, [media, isMuted, isAside])
  if (!isMuted && isAside) setAside(false)
  return [isTalking, useCallback(() => setAside(true), [])]
}
