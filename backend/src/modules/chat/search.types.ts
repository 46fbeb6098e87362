import type { MessageType } from '@lectern/protocol'

/** A message that an index is to have, and its place in it. */
export interface IndexedMessage {
  readonly rowId: number
  readonly courseId: string
  readonly seq: number
}

export interface SearchFilters {
  readonly courseId: string
  readonly limit: number
  /** Milliseconds since the epoch, inclusive. */
  readonly from?: number | undefined
  /** Exclusive. */
  readonly to?: number | undefined
  readonly userId?: string | undefined
  readonly type?: MessageType | undefined
}

/** What an index is asked: up to `limit` + 1, newest first. */
export interface FindMessages extends SearchFilters {
  /** Folded; each the beginning of a word of the message. */
  readonly words: readonly string[]
  readonly beforeSeq: number | undefined
}
