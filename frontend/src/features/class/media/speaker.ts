import type { Readable } from '@lectern/client'
import { useReadable } from '../../../lectern/readable.ts'
import { readStored, writeStored } from '../../../ui/storage.ts'

const SPEAKER_KEY = 'lectern.class-speaker'

/** Whether this browser lets a page choose where sound goes. */
export const canChooseSpeaker = typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype

/** The loudspeaker that was chosen, for every class of this browser; '' is the system's. */
const chosen = (() => {
  const listeners = new Set<() => void>()
  let deviceId = readStored(SPEAKER_KEY) ?? ''
  const readable: Readable<string> = {
    getSnapshot: () => deviceId,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const set = (next: string): void => {
    deviceId = next
    writeStored(SPEAKER_KEY, next === '' ? null : next)
    for (const listener of listeners) listener()
  }
  return { readable, set }
})()

export const useSpeaker = () => [useReadable(chosen.readable), chosen.set] as const
