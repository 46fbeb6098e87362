import { defineOperations } from '../database/operations.ts'
import type { NewMessage, StoredMessage } from '../modules/chat/chat.records.types.ts'
import { announce } from '../modules/chat/chat.repository.announce.ts'
import { type ClassCommit, classState } from '../modules/webrtc/class-state.repository.ts'

export interface AnnouncedCommit {
  readonly commit: ClassCommit
  /** Of the class's course. */
  readonly messages: readonly NewMessage[]
}

/** What two modules write as one. */
export const classCommit = defineOperations(import.meta.url, {
  /** A change of a class and what its course's chat says of it: both, or neither. */
  async commitAndAnnounce(context, { commit, messages }: AnnouncedCommit): Promise<StoredMessage[]> {
    await classState.commitClass.run(context, commit)
    return announce(context, messages)
  },
})
