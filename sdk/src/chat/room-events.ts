import type { ChangeFeed } from './change-feed.ts'
import { foldStatus } from './fold/joining.ts'
import { foldChange, foldDeletionChange } from './fold/messages.ts'
import { foldArrival, foldDeparture, foldOnlineUsers, foldPresence } from './fold/presence.ts'
import { foldTyping } from './fold/typing.ts'
import { foldMark } from './fold/unread.ts'
import type { FoldedRoom } from './folded-room.ts'
import type { RoomContext } from './room-context.ts'

export interface RoomEventsPorts {
  readonly feed: ChangeFeed
  /** Somebody came, and not as what is known. */
  readonly arrived: () => void
  /** The person is no longer in the course. */
  readonly removed: () => void
}

/** Folds what the connection brings of one course. @returns stops */
export function listenToRoom({ courseId, ports, store }: RoomContext, { feed, arrived, removed }: RoomEventsPorts) {
  const { transport } = ports
  const fold = (event: { courseId: string }, folded: (state: FoldedRoom) => FoldedRoom): void => {
    if (event.courseId === courseId) store.update(folded)
  }
  const stops = [
    transport.on('chat:new_message', (message) => {
      if (message.course_id === courseId) feed.take((state) => foldChange(state, message))
    }),
    transport.on('chat:message_updated', (message) => {
      if (message.course_id === courseId) feed.take((state) => foldChange(state, message))
    }),
    transport.on('chat:message_deleted', ({ course_id, id, seq, rev, deleted_at }) => {
      if (course_id === courseId) feed.take((state) => foldDeletionChange(state, { id, seq, rev, deleted_at }))
    }),
    transport.on('chat:user_joined', (event) => {
      if (event.courseId !== courseId || store.getSnapshot().online.has(event.userId)) return
      store.update((state) => foldArrival(state, event))
      arrived()
    }),
    transport.on('chat:user_left', (event) => fold(event, (state) => foldDeparture(state, event))),
    transport.on('chat:presence', (event) => fold(event, (state) => foldPresence(state, event))),
    transport.on('chat:online_users', (event) => fold(event, (state) => foldOnlineUsers(state, event))),
    transport.on('chat:user_typing', (event) => fold(event, (state) => foldTyping(state, event))),
    transport.on('chat:read', (event) => fold(event, (state) => foldMark({ ...state, isMarkFresh: true }, event.seq))),
    transport.on('chat:error', ({ event, code, details }) => {
      const isRemoval = event === 'chat:join_room' && code === 'NOT_FOUND' && details?.['course_id'] === courseId
      if (!isRemoval) return
      store.update((state) => foldStatus(state, { kind: 'gone', reason: 'removed' }))
      removed()
    }),
  ]
  return (): void => {
    for (const stop of stops) stop()
  }
}
