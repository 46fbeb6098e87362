import { useMemo } from 'react'
import { useMediaPart } from '../class-context.tsx'

/** One's own camera as a stream to look at; undefined while it is off. */
export function useOwnStream(): MediaStream | undefined {
  const track = useMediaPart(({ camera }) => (camera.status === 'on' ? camera.track : undefined))
  return useMemo(() => (track === undefined ? undefined : new MediaStream([track])), [track])
}
