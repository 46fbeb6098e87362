import type {
  ClientEventName,
  MessageRecord,
  ServerEventName,
  ServerToClientEvents,
  UserRecord,
} from '@lectern/protocol'
import type { CourseRoom, CourseUnread } from './client.types.ts'
import type { Clock } from './clock.ts'
import type { ConnectionState } from './connection/connection-state.ts'
import type { EventAnswer, EventPayload } from './connection/event-types.ts'
import type { OutboxEntry, OutgoingMessage } from './outbox/outbox-entry.ts'
import type { OutboxStore } from './outbox/outbox-store.ts'
import type { Readable } from './readable.ts'
import type { Api } from './rest/api.ts'

/** The connection, as rooms and outbox use it. */
export interface Transport {
  readonly connection: Readable<ConnectionState>
  /**
   * Sent at once, or not at all: nothing waits here for a connection. Events take effect in the order emitted.
   * @throws LecternError the server's own code; `NETWORK` with no connection, or when it ends before the answer: whether
   * it took effect is then unknown; `TIMEOUT`; `CLOSED`
   */
  emit<Name extends ClientEventName>(name: Name, payload: EventPayload<Name>): Promise<EventAnswer<Name>>
  /** Listeners are told in the order in which they began to listen. @returns stops listening */
  on<Name extends ServerEventName>(name: Name, listener: ServerToClientEvents[Name]): () => void
  /**
   * Told each time the connection is up, before any event of it: what is emitted here is the first that the server gets.
   * @returns stops telling
   */
  onOnline(listener: () => void): () => void
}

/** The outbox, as a room uses it. */
export interface Outgoing {
  /** Of all courses, oldest first. */
  readonly entries: Readable<readonly OutboxEntry[]>
  /**
   * @param clientId a new one where left out; what has one that is in `entries` already is not sent twice
   * @returns its `clientId`; it is in `entries` at once
   */
  send(courseId: string, content: OutgoingMessage, clientId?: string): string
  /** What failed goes to the end of the queue again. */
  retry(clientId: string): void
  discard(clientId: string): void
  /** Told of each message that the server has acked, before its entry leaves `entries`. @returns stops telling */
  onSent(listener: (message: MessageRecord) => void): () => void
}

export interface OutboxPorts {
  readonly transport: Transport
  /** The id of who is signed in. @throws LecternError */
  readonly userId: () => Promise<string>
  /** Left out: IndexedDB where there is one, else memory. */
  readonly store?: OutboxStore | undefined
  readonly clock: Clock
  readonly random: () => number
}

/** The calls that rooms make. */
export type RoomsApi = Pick<
  Api,
  'listMessages' | 'getMessage' | 'pinMessage' | 'unpinMessage' | 'getUnread' | 'listUnread'
>

export interface RoomsPorts {
  readonly transport: Transport
  readonly api: RoomsApi
  readonly outbox: Outgoing
  /** Who is signed in. @throws LecternError */
  readonly me: () => Promise<UserRecord>
  readonly clock: Clock
  readonly random: () => number
}

export interface Rooms {
  readonly unread: Readable<ReadonlyMap<string, CourseUnread>>
  /** One per course, until it is disposed of. */
  room(courseId: string): CourseRoom
  /** The program joins it itself: nobody is to leave it for the program. */
  leaveAlone(courseId: string): void
  close(): void
}
