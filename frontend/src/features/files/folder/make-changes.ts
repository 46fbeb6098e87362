import { LecternError } from '@lectern/client'
import type { FileRecord } from '@lectern/protocol'
import { makeChange } from '../../../lectern/finish-changes.ts'
import { forgetChange, keepChange, type LeftChange } from '../../../lectern/left-changes.ts'

/** What is done to one file. */
export interface FileChange {
  readonly file: FileRecord
  readonly change: LeftChange
}

export interface FailedChange {
  readonly file: FileRecord
  readonly error: unknown
}

type Client = Parameters<typeof makeChange>[0]

/** Requests under way at once. */
const LANES = 4
/** How often a server is waited for that is asked for too much. */
const PATIENCE = 20
const PAUSE_MS = 1000

/** Makes all of them, whichever fail. What is not made when the page is closed is made at the next occasion. */
export async function makeChanges(client: Client, changes: readonly FileChange[]): Promise<readonly FailedChange[]> {
  for (const { change } of changes) keepChange(change)
  const failed: FailedChange[] = []
  const next = changes.values()
  const lane = async (): Promise<void> => {
    for (const { file, change } of next) {
      try {
        await patiently(() => makeChange(client, change))
      } catch (error) {
        if (!isGone(error, change)) failed.push({ file, error })
      }
      forgetChange(change)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return failed
}

/** Somebody else has deleted it: so it was to be. */
const isGone = (error: unknown, { kind }: LeftChange): boolean =>
  kind === 'file' && error instanceof LecternError && error.code === 'NOT_FOUND'

async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let refused = 1; ; refused++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof LecternError) || error.code !== 'RATE_LIMITED' || refused === PATIENCE) throw error
      await new Promise((resolve) => setTimeout(resolve, error.retryAfterMs ?? PAUSE_MS))
    }
  }
}
