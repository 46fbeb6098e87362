import { type LecternClient, LecternError } from '@lectern/client'
import { readStored, writeStored } from '../ui/storage.ts'

// Deletions that were sent while the page was being left, and of which nobody heard how they went: the cookie may have
// ended, the network been gone. They are made at the next occasion, since deleting again changes nothing.

type Client = Pick<LecternClient, 'emit' | 'api'>

const KEYS = { message: 'lectern.deleting', file: 'lectern.deleting-files' } as const

type Kind = keyof typeof KEYS

interface Deletion {
  readonly kind: Kind
  /** Whose deletion it is. */
  readonly userId: string
  readonly id: string
}

const KINDS: readonly Kind[] = ['message', 'file']

const keyOf = (kind: Kind, userId: string): string => `${KEYS[kind]}.${userId}`

const isIds = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((part) => typeof part === 'string')

/** Ids; anybody can write into a browser's storage. */
export function leftDeletions(kind: Kind, userId: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(readStored(keyOf(kind, userId)) ?? '[]')
    return isIds(kept) ? kept : []
  } catch {
    return []
  }
}

const keep = (kind: Kind, userId: string, ids: readonly string[]): void =>
  writeStored(keyOf(kind, userId), ids.length === 0 ? null : JSON.stringify(ids))

export const keepDeletion = ({ kind, userId, id }: Deletion): void =>
  keep(kind, userId, [...new Set([...leftDeletions(kind, userId), id])])

export const forgetDeletion = ({ kind, userId, id }: Deletion): void =>
  keep(
    kind,
    userId,
    leftDeletions(kind, userId).filter((other) => other !== id),
  )

/** `keepalive`: the browser sends it though the page is gone (Fetch). What is not heard to be done is done later. */
export async function sendDeletionOnLeaving(deletion: Deletion, path: string): Promise<void> {
  keepDeletion(deletion)
  try {
    const { ok } = await fetch(path, { method: 'DELETE', keepalive: true })
    if (ok) forgetDeletion(deletion)
  } catch {
    // Nobody is there to be told.
  }
}

const REMOVE: Readonly<Record<Kind, (client: Client, id: string) => Promise<unknown>>> = {
  message: (client, id) => client.emit('chat:delete_message', { message_id: id }),
  // By now another file may have its name: the record tells where the one that was meant is.
  file: async ({ api }, fileId) => {
    const { data } = await api.getFileById({ params: { fileId } })
    await api.deleteFile({ params: { folder: data.folder_id, file: data.filename } })
  },
}

/** Over the person's own connection: the cookie may be another's by now. What is refused for good is given up. */
export async function finishDeletions(client: Client, userId: string): Promise<void> {
  for (const kind of KINDS) await finish(client, kind, userId)
}

async function finish(client: Client, kind: Kind, userId: string): Promise<void> {
  for (const id of leftDeletions(kind, userId)) {
    try {
      await REMOVE[kind](client, id)
    } catch (error) {
      if (!(error instanceof LecternError)) throw error
      if (error.shouldRetry()) return
    }
    forgetDeletion({ kind, userId, id })
  }
}
