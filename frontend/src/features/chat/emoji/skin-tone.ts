import type { SkinTone } from 'frimousse'
import { useState } from 'react'
import { readStored, writeStored } from '../../../ui/storage.ts'

const KEY = 'lectern.emoji.tone'
const TONES = ['none', 'light', 'medium-light', 'medium', 'medium-dark', 'dark'] as const satisfies readonly SkinTone[]

const storedTone = (): SkinTone => TONES.find((tone) => tone === readStored(KEY)) ?? 'none'

/** The tone that this browser remembers, and how to keep another. */
export const useStoredTone = (): [SkinTone, (tone: SkinTone) => void] => {
  const [tone, setTone] = useState(storedTone)
  const keep = (chosen: SkinTone): void => {
    writeStored(KEY, chosen === 'none' ? null : chosen)
    setTone(chosen)
  }
  return [tone, keep]
}
