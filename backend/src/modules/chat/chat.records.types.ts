import type { DeletedFile, FileCategory, Mention, MessageType, SenderRole, SystemContent } from '@lectern/protocol'

/** Who sends, as the message will bear it for good. */
export interface Author {
  readonly userId: string
  readonly userName: string
  readonly userRole: SenderRole
}

export interface StoredReaction {
  readonly emoji: string
  /** In the order in which they reacted; never empty. */
  readonly user_ids: readonly string[]
}

/** The original of a reply as it is now; its text is empty once it is deleted. */
export interface StoredReply {
  readonly id: string
  readonly user_id: string | null
  readonly user_name: string
  readonly message: string
  readonly message_type: MessageType
  readonly deleted_at: number | null
}

/** A file that a message bears, as it is now. The files module makes its record. */
export interface StoredAttachment {
  readonly id: string
  readonly folder: { readonly id: string; readonly name: string; readonly courseId: string | null }
  readonly filename: string
  readonly originalName: string
  readonly mimeType: string
  readonly category: FileCategory
  /** Bytes. */
  readonly size: number
  readonly sha256: string
  readonly uploadedBy: string
  readonly uploadedByName: string
  readonly description: string | null
  readonly createdAt: number
}

/** A message of the log with its original. Times in epoch milliseconds. Once deleted: no text, no file, no reactions. */
export interface StoredMessage {
  readonly id: string
  readonly course_id: string
  readonly seq: number
  readonly rev: number
  /** Its first `rev`: whoever had reached less has never been sent it. */
  readonly created_rev: number
  /** Null for a system message. */
  readonly user_id: string | null
  readonly user_name: string
  readonly user_role: SenderRole
  readonly message: string
  readonly message_type: MessageType
  readonly reply_to_id: string | null
  readonly reply_to: StoredReply | null
  readonly file_id: string | null
  /** What `file_id` means now; null where the message bears none. */
  readonly file: StoredAttachment | DeletedFile | null
  readonly client_id: string | null
  readonly mentions: readonly Mention[]
  readonly reactions: readonly StoredReaction[]
  readonly system: SystemContent | null
  readonly pinned_at: number | null
  readonly edited_at: number | null
  readonly deleted_at: number | null
  readonly deleted_by: string | null
  readonly created_at: number
}

/**
 * `created`, `updated` and `deleted` took the course's next `rev`, which `message` bears; `unchanged` took none.
 * `repeated`: the `client_id` was here before; it took no number, and `message` is that one as it is now.
 */
export type Change =
  | { readonly outcome: 'created' | 'repeated' | 'unchanged'; readonly message: StoredMessage }
  | {
      readonly outcome: 'updated' | 'deleted'
      readonly message: StoredMessage
      /** What `message` bore before: that `rev` will not be seen any more. */
      readonly previousRev: number
    }

export interface NewMessage {
  readonly id: string
  readonly courseId: string
  /** Null: the server itself; `messageType` is then `system`. */
  readonly author: Author | null
  readonly message: string
  readonly messageType: MessageType
  readonly replyToId: string | null
  readonly fileId: string | null
  readonly clientId: string | null
  /** Each person once. */
  readonly mentions: readonly Mention[]
  readonly system: SystemContent | null
  readonly now: number
}

/** A message that somebody names; one of another course is not found. */
export interface MessageTarget {
  readonly messageId: string
  readonly courseId: string
}

export interface Edit extends MessageTarget {
  readonly actorId: string
  readonly message: string
  readonly now: number
}

export interface Removal extends MessageTarget {
  readonly actorId: string
  /** Whether the actor may delete what others wrote. */
  readonly staff: boolean
  readonly now: number
}

export interface ReactionChange extends MessageTarget {
  readonly userId: string
  readonly emoji: string
}

export interface Pinning extends MessageTarget {
  readonly now: number
}

export interface Mark {
  readonly courseId: string
  readonly userId: string
  /** Beyond the last message it means the last one. */
  readonly seq: number
}

export interface MarkResult {
  readonly lastReadSeq: number
  /** False where the mark stood there, or further on, already. */
  readonly moved: boolean
}

export interface Positions {
  readonly lastSeq: number
  readonly lastRev: number
}

export interface Changes {
  /** By `rev`, as they are now. */
  readonly messages: readonly StoredMessage[]
  readonly more: boolean
}

export interface StoredVersion {
  readonly message: string
  readonly at: number
  readonly by: string
}

export interface Unread {
  readonly courseId: string
  readonly unread: number
  /** Unread messages that name the person, or all. */
  readonly mentions: number
  readonly lastReadSeq: number
}

export interface Activity {
  readonly userId: string
  readonly unread: number
  readonly mentioned: boolean
}
