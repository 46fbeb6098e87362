import { useCallback, useMemo } from 'react'
import { writeStored } from '../../../ui/storage.ts'
import { useMedia, useMediaPart } from '../class-context.tsx'

/** Whether somebody came to their last class without a microphone, or a camera. */
export const MUTED_KEY = 'lectern.class-muted'
export const WITHOUT_CAMERA_KEY = 'lectern.class-without-camera'

export interface Switches {
  readonly isHeard: boolean
  readonly isSeen: boolean
  /** Whether the device is being asked for. */
  readonly isMicrophoneStarting: boolean
  readonly isCameraStarting: boolean
  readonly setHeard: (on: boolean) => void
  readonly setSeen: (on: boolean) => void
}

/** One's own microphone and camera, as two switches. What does not work is told by the state of the device. */
export function useSwitches(): Switches {
  const media = useMedia()
  const microphone = useMediaPart((state) => state.microphone.status)
  const camera = useMediaPart((state) => state.camera.status)
  const isMuted = useMediaPart((state) => state.isMuted)
  const setHeard = useCallback((on: boolean) => void media.setMicrophone(on).catch(() => undefined), [media])
  const setSeen = useCallback((on: boolean) => void media.setCamera(on).catch(() => undefined), [media])
  return useMemo(
    () => ({
      isHeard: microphone === 'on' && !isMuted,
      isSeen: camera === 'on',
      isMicrophoneStarting: microphone === 'starting',
      isCameraStarting: camera === 'starting',
      setHeard,
      setSeen,
    }),
    [microphone, camera, isMuted, setHeard, setSeen],
  )
}

/** For the next class. */
export function keepSwitches({ isMuted, isWithoutCamera }: { isMuted: boolean; isWithoutCamera: boolean }): void {
  writeStored(MUTED_KEY, isMuted ? 'yes' : null)
  writeStored(WITHOUT_CAMERA_KEY, isWithoutCamera ? 'yes' : null)
}
