import type { MessageRecord } from '@lectern/protocol'
import type { LogPage, Position, Sequenced } from './sequencer.ts'

/** One change of a course's log: the message as it is after it. */
export interface RoomChange extends Sequenced {
  readonly courseId: string
  /** The message's first `rev`: to whoever had reached less it is a new message. */
  readonly createdRev: number
  readonly deletedBy: string | null
  /** With `client_id`, which only its author's connections are sent. */
  readonly message: MessageRecord
}

/** The log as the rooms need it. */
export interface RoomLog {
  position(courseId: string): Promise<Position>
  since(courseId: string, rev: number): Promise<LogPage<RoomChange>>
}
