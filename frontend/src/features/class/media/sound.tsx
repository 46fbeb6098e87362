import { useCallback, useEffect, useRef } from 'react'
import { sameItems, useInClass } from '../class-context.tsx'
import { canChooseSpeaker, useSpeaker } from './speaker.ts'

interface SoundProps {
  /** The browser lets the page make no sound before somebody has clicked in it. */
  onBlocked: () => void
  /** Another number: try again, now that somebody has clicked. */
  attempt: number
}

const hasSound = (stream: MediaStream | undefined): stream is MediaStream => (stream?.getAudioTracks().length ?? 0) > 0

/** What is to be heard of everybody, however they are shown. */
export function Sound({ onBlocked, attempt }: SoundProps) {
  const streams = useInClass(
    useCallback(({ peers }) => peers.flatMap(({ media, screen }) => [media, screen]).filter(hasSound), []),
    sameItems,
  )
  const [speaker] = useSpeaker()
  return streams.map((stream) => (
    <Voice key={stream.id} stream={stream} speaker={speaker} attempt={attempt} onBlocked={onBlocked} />
  ))
}

interface VoiceProps extends SoundProps {
  stream: MediaStream
  speaker: string
}

function Voice({ stream, speaker, attempt, onBlocked }: VoiceProps) {
  const ref = useRef<HTMLAudioElement>(null)
  useEffect(() => {
    const { current: audio } = ref
    if (audio === null) return
    audio.srcObject = stream
    return () => {
      audio.srcObject = null
    }
  }, [stream])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt plays again, and so does another stream
  useEffect(() => {
    ref.current?.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') onBlocked()
    })
  }, [stream, attempt, onBlocked])
  useEffect(() => {
    // One that was unplugged since: the system's is heard then.
    if (canChooseSpeaker) ref.current?.setSinkId(speaker).catch(() => undefined)
  }, [speaker])
  // biome-ignore lint/a11y/useMediaCaption: nobody writes down what is said
  return <audio ref={ref} autoPlay />
}
