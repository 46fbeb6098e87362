import type { FileRecord } from '@lectern/protocol'
import type { Clock } from '../clock.ts'
import type { Identity } from './identity.ts'
import type { StoredUpload, UploadStore } from './store/upload-store.ts'
import type { Turns } from './turns.ts'
import type { Outcome, Sending } from './tus/send.ts'

/** What an upload is from its beginning to its end. */
export type UploadFacts = Pick<
  StoredUpload,
  'id' | 'name' | 'size' | 'type' | 'lastModified' | 'target' | 'startedAt' | 'endpoint'
>

export interface TaskPorts {
  readonly clock: Clock
  readonly random: () => number
  readonly turns: Turns
  readonly store: UploadStore
  readonly identity: Pick<Identity, 'assured' | 'renew'>
  readonly send: (sending: Sending, signal: AbortSignal) => Promise<Outcome>
  /** Deletes on the server what was begun. */
  readonly end: (url: string) => void
  /** @throws LecternError */
  readonly record: (fileId: string) => Promise<FileRecord>
  /** There is another view of it. */
  readonly changed: () => void
  /** It is no longer in the list. */
  readonly left: () => void
}
