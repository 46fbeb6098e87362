import type { Timeline } from '@lectern/client'
import type { FileRecord, MessageRecord } from '@lectern/protocol'

export interface ShownPicture {
  readonly message: MessageRecord
  readonly file: FileRecord
}

/** The picture of the message at this place; undefined where it bears none, or is not loaded. */
export function pictureAt(timeline: Timeline, seq: number): ShownPicture | undefined {
  const message = timeline.at(seq)
  const file = message?.file
  if (message === undefined || file === null || file === undefined || 'deleted' in file) return undefined
  return file.thumbnail_url === null ? undefined : { message, file }
}

/** The place of the nearest picture before or after, of what is loaded. */
export function nextPicture(timeline: Timeline, seq: number, step: 1 | -1): number | undefined {
  for (let at = seq + step; at >= 1 && at <= timeline.lastSeq; at += step) {
    if (pictureAt(timeline, at) !== undefined) return at
  }
  return undefined
}
