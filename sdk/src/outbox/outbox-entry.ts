import type { ErrorCode, FileRecord, ReplyTo, SentType } from '@lectern/protocol'

export interface OutgoingMessage {
  readonly message: string
  /** `text` when left out. */
  readonly messageType?: SentType
  /** What it bears, by its id; needed by `file` and `image`, whose `message` may be empty. Drawn as it is while it is not sent. */
  readonly file?: FileRecord
  /** The original, as drawn above the reply while it is not sent. */
  readonly replyTo?: ReplyTo
  readonly mentions?: readonly string[]
}

export type OutboxState =
  /** Its turn has not come, or there is no connection. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending' }
  /** Refused for good: it stays until the person retries or discards it. */
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string }

/** A message on its way, kept until the server has acked it. */
export interface OutboxEntry {
  /** Makes sending it again safe. */
  readonly clientId: string
  readonly courseId: string
  /** Whose it is: an outbox outlives a signing out. Empty, and the entry not yet kept, until the server has said who is signed in. */
  readonly userId: string
  readonly content: OutgoingMessage
  /** ISO 8601, by this machine's clock. */
  readonly createdAt: string
  readonly state: OutboxState
}
