import type { MessageRecord } from '@lectern/protocol'

/** A course's messages by `seq`, as far as they are loaded. Never changes: what changes it makes a new one. */
export interface Timeline {
  /** The newest there is, loaded or not. Every place from 1 to it is a message. */
  readonly lastSeq: number
  /** Undefined: not loaded (or out of range). */
  at(seq: number): MessageRecord | undefined
  /** By id, of what is loaded. */
  find(messageId: string): MessageRecord | undefined
}
