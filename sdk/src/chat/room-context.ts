import { LecternError } from '../errors.ts'
import type { RoomsPorts } from '../ports.ts'
import type { RoomStore } from './room-store.ts'

/** What the parts of one room share. */
export interface RoomContext {
  readonly courseId: string
  readonly ports: RoomsPorts
  readonly store: RoomStore
  /** Aborted, with a `CLOSED` error, when the room is left for good. */
  readonly signal: AbortSignal
}

/**
 * Resolves when the room has been entered, at once where it ever was.
 * @throws LecternError why nobody is let in; the signal's reason
 */
export async function entered({ store, signal }: RoomContext): Promise<void> {
  await store.until(({ epoch, status }) => epoch !== undefined || status.kind !== 'joining', signal)
  const { epoch, status } = store.getSnapshot()
  if (epoch !== undefined) return
  throw status.kind === 'failed' ? status.error : new LecternError('NOT_FOUND', 'There is no such room.')
}

export const isOnline = ({ ports }: RoomContext): boolean =>
  ports.transport.connection.getSnapshot().status === 'online'
