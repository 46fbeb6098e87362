import type { LocalMedia } from '@lectern/client/classes'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { readStored } from '../../../ui/storage.ts'
import { useMedia } from '../class-context.tsx'
import { keepSwitches, MUTED_KEY, WITHOUT_CAMERA_KEY } from '../media/use-switches.ts'

/** Who does not answer the browser's question comes without what it is about. */
const LONGEST_MS = 5_000

/** The first time that a microphone and a camera are asked for. */
export interface Asking {
  /** Before one comes in, so that one comes as it was chosen: heard and seen only where that was to be seen before. */
  settle(): Promise<void>
}

/** Asks for the microphone, then for the camera: two questions of the browser at once are hard to answer. */
async function ask(media: LocalMedia, signal: AbortSignal): Promise<void> {
  const set = (change: Promise<void>) => change.catch(() => undefined)
  await set(media.setMicrophone(true))
  if (!signal.aborted && readStored(MUTED_KEY) !== null) await set(media.setMicrophone(false))
  if (!signal.aborted && readStored(WITHOUT_CAMERA_KEY) === null) await set(media.setCamera(true))
}

async function isWithin(ms: number, promise: Promise<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), ms)
  const isInTime = await Promise.race([promise.then(() => true), late])
  clearTimeout(timer)
  return isInTime
}

/** For the next class; what does not work today was not chosen. */
function keep(media: LocalMedia): void {
  const { microphone, camera, isMuted } = media.getSnapshot()
  keepSwitches({
    isMuted: microphone.status !== 'failed' && (microphone.status !== 'on' || isMuted),
    isWithoutCamera: camera.status === 'off',
  })
}

export function useFirstSwitches(): Asking {
  const media = useMedia()
  const current = useRef({ ending: new AbortController(), asked: Promise.resolve() })
  useEffect(() => {
    const ending = new AbortController()
    current.current = { ending, asked: ask(media, ending.signal) }
    return () => ending.abort()
  }, [media])
  const settle = useCallback(async () => {
    const { ending, asked } = current.current
    if (await isWithin(LONGEST_MS, asked)) return keep(media)
    ending.abort()
    await Promise.all([media.setMicrophone(false), media.setCamera(false)]).catch(() => undefined)
  }, [media])
  return useMemo(() => ({ settle }), [settle])
}
