import { useEffect, useRef } from 'react'
import { clsx } from '../../../ui/class-names.ts'
import styles from './video.module.css'

interface VideoProps {
  stream: MediaStream
  /** What a screen reader says it is. */
  label: string
  /** As in a mirror: one's own. */
  mirrored?: boolean
  /** All of it is to be seen, with bars beside it: a screen. */
  whole?: boolean
}

/** The picture of a stream. Sound is `Sound`'s: browsers let a muted picture play by itself. */
export function Video({ stream, label, mirrored = false, whole = false }: VideoProps) {
  const ref = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const { current: video } = ref
    if (video === null) return
    video.srcObject = stream
    return () => {
      video.srcObject = null
    }
  }, [stream])
  return (
    <video
      ref={ref}
      autoPlay
      muted
      playsInline
      disablePictureInPicture={!whole}
      className={clsx(styles['video'], mirrored && styles['mirrored'], whole && styles['whole'])}
      aria-label={label}
    />
  )
}
