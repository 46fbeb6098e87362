import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Clock } from '../../../shared/clock.ts'
import { syncPath } from '../storage/durable.ts'
import type { Storage } from '../storage/storage.types.ts'
import type { UploadJournal } from './journal.repository.ts'
import type { Staging } from './staging.ts'

/** Where an upload leaves something. */
export interface UploadTraces {
  readonly journal: UploadJournal
  readonly staging: Staging
  readonly storage: Storage
  readonly clock: Clock
}

/**
 * Removes an upload that became no file. The journal is asked before the object goes: whoever is making the record at
 * the same time has made it by then, or cannot make it any more. Interrupted, it is gone on with at the next start.
 */
export async function endWithoutFile({ journal, staging, storage, clock }: UploadTraces, id: string): Promise<void> {
  await staging.remove(id)
  if (!(await journal.end(id, clock.now()))) return
  await storage.delete([id])
  await journal.forget(id)
}

/**
 * Brings an object that has no record back to the staging area: whoever uploaded it may still finish it. The journal is
 * asked: a commit may have succeeded although nobody could say so, and then these are a file's bytes.
 */
export async function takeBack({ journal, staging, storage }: UploadTraces, id: string): Promise<void> {
  if ((await journal.find(id)) === undefined) return
  if ((await storage.stat(id)) === undefined) return
  const path = staging.pathOf(id)
  await pipeline(await storage.get(id), createWriteStream(path, { mode: 0o600 }))
  await syncPath(path)
  await storage.delete([id])
}
