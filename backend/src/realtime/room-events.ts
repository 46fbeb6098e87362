import type { ServerToClientEvents } from '@lectern/protocol'
import type { RoomChange } from './room-ports.ts'

type PayloadOf<Event extends keyof ServerToClientEvents> = Parameters<ServerToClientEvents[Event]>[0]

type Told =
  | { readonly event: 'chat:new_message' | 'chat:message_updated'; readonly payload: PayloadOf<'chat:new_message'> }
  | { readonly event: 'chat:message_deleted'; readonly payload: PayloadOf<'chat:message_deleted'> }

/**
 * `offset` is the event's second argument: a Socket.IO client that was given a `pid` keeps the last one it has handled,
 * and names it when it comes back (protocol v5, connection state recovery).
 */
export type Emission = Told & { readonly offset: string }

/** How far into a course's log a client has come. */
export interface Offset {
  readonly courseId: string
  readonly rev: number
}

const OFFSET = /^([^/]{1,128})\/(\d{1,15})$/

const toOffset = ({ courseId, rev }: Offset): string => `${courseId}/${rev}`

/** @returns undefined for what is none of ours */
export function parseOffset(text: string): Offset | undefined {
  const [, courseId, rev] = OFFSET.exec(text) ?? []
  return courseId === undefined ? undefined : { courseId, rev: Number(rev) }
}

/** The event that tells of a change to whoever has had everything up to `reached`. */
export function eventsOf(change: RoomChange, reached: number): { forAuthor: Emission; forOthers: Emission } {
  const { message } = change
  const offset = toOffset(change)
  if (message.deleted_at !== null) {
    const { id, course_id, seq, rev, deleted_at } = message
    const deleted: Emission = {
      event: 'chat:message_deleted',
      payload: { id, course_id, seq, rev, deleted_by: change.deletedBy ?? '', deleted_at },
      offset,
    }
    return { forAuthor: deleted, forOthers: deleted }
  }
  const event = change.createdRev > reached ? 'chat:new_message' : 'chat:message_updated'
  const payload = message.client_id === null ? message : { ...message, client_id: null }
  const forOthers: Emission = { event, payload, offset }
  return { forAuthor: { event, payload: message, offset }, forOthers }
}
