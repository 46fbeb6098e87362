import { readStored, writeStored } from '../ui/storage.ts'

// Changes that were under way while the page was being left, and of which nobody heard how they went: the cookie may have
// ended, the network been gone. They are made at the next occasion, since making them again changes nothing.

const KEYS = {
  message: 'lectern.deleting',
  file: 'lectern.deleting-files',
  move: 'lectern.moving-files',
} as const

export type LeftKind = keyof typeof KEYS

export interface LeftChange {
  /** A message or a file that is deleted, or a file that is moved. */
  readonly kind: LeftKind
  /** Whose change it is. */
  readonly userId: string
  /** Of a move what `moveId` makes. */
  readonly id: string
}

export const LEFT_KINDS: readonly LeftKind[] = ['message', 'file', 'move']

export const moveId = (fileId: string, folderId: string): string => `${fileId}/${folderId}`

const keyOf = (kind: LeftKind, userId: string): string => `${KEYS[kind]}.${userId}`

const isIds = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((part) => typeof part === 'string')

/** Ids; anybody can write into a browser's storage. */
export function leftChanges(kind: LeftKind, userId: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(readStored(keyOf(kind, userId)) ?? '[]')
    return isIds(kept) ? kept : []
  } catch {
    return []
  }
}

export const hasLeftChanges = (userId: string): boolean =>
  LEFT_KINDS.some((kind) => leftChanges(kind, userId).length > 0)

const keep = (kind: LeftKind, userId: string, ids: readonly string[]): void =>
  writeStored(keyOf(kind, userId), ids.length === 0 ? null : JSON.stringify(ids))

export const keepChange = ({ kind, userId, id }: LeftChange): void =>
  keep(kind, userId, [...new Set([...leftChanges(kind, userId), id])])

export const forgetChange = ({ kind, userId, id }: LeftChange): void =>
  keep(
    kind,
    userId,
    leftChanges(kind, userId).filter((other) => other !== id),
  )

interface Request {
  readonly method: 'DELETE' | 'POST'
  readonly path: string
  /** What is sent as JSON. */
  readonly body?: object
}

/** `keepalive`: the browser sends it though the page is gone (Fetch). What is not heard to be done is done later. */
export async function sendOnLeaving(change: LeftChange, { method, path, body }: Request): Promise<void> {
  keepChange(change)
  const json = body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }
  try {
    const { ok } = await fetch(path, { method, keepalive: true, ...json })
    if (ok) forgetChange(change)
  } catch {
    // Nobody is there to be told.
  }
}
