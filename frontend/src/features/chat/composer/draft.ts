import type { MessageType, ReplyTo } from '@lectern/protocol'
import { readStored, writeStored } from '../../../ui/storage.ts'
import type { Mentionable } from '../mentions/mention-ranges.ts'

/** What is written and not sent. */
export interface Draft {
  readonly text: string
  readonly replyTo: ReplyTo | undefined
  /** Whom it mentions, as far as they were chosen from the list. */
  readonly chosen: readonly Mentionable[]
}

const EMPTY: Draft = { text: '', replyTo: undefined, chosen: [] }

/** Of this person's in this course: the next one to use the browser does not see it. */
const keyOf = (userId: string, courseId: string): string => `lectern.draft.${userId}.${courseId}`

export function readDraft(userId: string, courseId: string): Draft {
  const stored = readStored(keyOf(userId, courseId))
  if (stored === null) return EMPTY
  try {
    return draftOf(JSON.parse(stored))
  } catch {
    return EMPTY
  }
}

/** An empty one is forgotten. */
export function writeDraft(userId: string, courseId: string, { text, replyTo, chosen }: Draft): void {
  const isEmpty = text.trim() === '' && replyTo === undefined
  writeStored(keyOf(userId, courseId), isEmpty ? null : JSON.stringify({ text, replyTo, chosen }))
}

const draftOf = (value: unknown): Draft =>
  isRecord(value) && typeof value['text'] === 'string'
    ? { text: value['text'], replyTo: replyOf(value['replyTo']), chosen: chosenOf(value['chosen']) }
    : EMPTY

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string'

const isPerson = (value: unknown): value is Mentionable =>
  isRecord(value) && typeof value['userId'] === 'string' && typeof value['userName'] === 'string'

const chosenOf = (value: unknown): Mentionable[] => (Array.isArray(value) ? value.filter(isPerson) : [])

const TYPES: readonly MessageType[] = ['text', 'file', 'image', 'announcement', 'system']

export function replyOf(value: unknown): ReplyTo | undefined {
  if (!isRecord(value)) return undefined
  const { id, user_id, user_name, message, message_type, deleted_at } = value
  const type = TYPES.find((known) => known === message_type)
  if (typeof id !== 'string' || typeof user_name !== 'string' || typeof message !== 'string') return undefined
  if (type === undefined || !isTextOrNull(user_id) || !isTextOrNull(deleted_at)) return undefined
  return { id, user_id, user_name, message, message_type: type, deleted_at }
}
