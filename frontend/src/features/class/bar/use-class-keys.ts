import { useEffect, useEffectEvent, useState } from 'react'
import { useClassroom, useMediaPart } from '../class-context.tsx'
import { useSwitches } from '../media/use-switches.ts'
import { classKeyOf } from './class-key.ts'
import { useHand } from './use-hand.ts'

/** The keys of a class, on all of its page. @returns whether one talks by holding Space */
export function useClassKeys(): boolean {
  const classroom = useClassroom()
  const { isHeard, isSeen, setHeard, setSeen } = useSwitches()
  const isReady = useMediaPart(({ microphone }) => microphone.status !== 'starting')
  const { toggleHand } = useHand()
  const [isTalking, setTalking] = useState(false)
  const press = useEffectEvent((event: KeyboardEvent) => {
    const meant = classKeyOf(event, event.target instanceof Element ? event.target : null)
    if (meant === undefined || event.defaultPrevented) return
    // Space would scroll.
    event.preventDefault()
    if (event.repeat) return
    if (meant === 'mute' && isReady) setHeard(!isHeard)
    if (meant === 'camera') setSeen(!isSeen)
    if (meant === 'hand') toggleHand()
    if (meant === 'talk' && !isHeard) {
      setTalking(true)
      setHeard(true)
    }
  })
  const release = useEffectEvent(() => {
    if (!isTalking) return
    setTalking(false)
    setHeard(false)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another class has keys of its own
  useEffect(() => {
    const up = (event: KeyboardEvent) => {
      if (event.key === ' ') release()
    }
    const away = () => release()
    document.addEventListener('keydown', press)
    document.addEventListener('keyup', up)
    addEventListener('blur', away)
    return () => {
      document.removeEventListener('keydown', press)
      document.removeEventListener('keyup', up)
      removeEventListener('blur', away)
    }
  }, [classroom])
  return isTalking
}
