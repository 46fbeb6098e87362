import { useSyncExternalStore } from 'react'
import { readStored, writeStored } from '../../../ui/storage.ts'

const KEY = 'lectern.emoji.recent'
const KEPT = 18
/** What people in a course react with before they have habits of their own. */
const USUAL = ['👍', '❤️', '😂', '🎉', '😮', '🙏'] as const

/** One emoji and no markup: the storage is anybody's who has this browser. */
const isEmoji = (value: unknown): value is string => typeof value === 'string' && /^\p{RGI_Emoji}$/v.test(value)

const parsed = (stored: string | null): readonly string[] => {
  if (stored === null) return []
  try {
    const value: unknown = JSON.parse(stored)
    return Array.isArray(value) ? value.filter(isEmoji).slice(0, KEPT) : []
  } catch {
    return []
  }
}

let recent: readonly string[] | undefined
const listeners = new Set<() => void>()

const recentEmoji = (): readonly string[] => {
  recent ??= parsed(readStored(KEY))
  return recent
}

/** The latest first, each once. */
export const withLatest = (emoji: string, before: readonly string[]): string[] =>
  [emoji, ...before.filter((other) => other !== emoji)].slice(0, KEPT)

export const rememberEmoji = (emoji: string): void => {
  recent = withLatest(emoji, recentEmoji())
  writeStored(KEY, JSON.stringify(recent))
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useRecentEmoji = (): readonly string[] => useSyncExternalStore(subscribe, recentEmoji)

/** The first to offer: the usual ones, which keep their places so that the hand finds them. */
export const QUICK_EMOJI: readonly string[] = USUAL
