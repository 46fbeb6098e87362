import type {
  ClientEventName,
  MessageRecord,
  ServerEventName,
  ServerToClientEvents,
  UserRecord,
} from '@lectern/protocol'
import type { RoomState } from './chat/room-state.ts'
import type { ConnectionState } from './connection/connection-state.ts'
import type { EventAnswer, EventPayload } from './connection/event-types.ts'
import type { Uploads } from './files/uploads.types.ts'
import type { OutboxEntry, OutgoingMessage } from './outbox/outbox-entry.ts'
import type { OutboxStore } from './outbox/outbox-store.ts'
import type { Readable } from './readable.ts'
import type { Api } from './rest/api.ts'

export interface ClientOptions {
  /** The server's origin, such as `https://lectern.example.org`. In a page of its own: left out. */
  readonly url?: string
  /**
   * A token that your LMS signed, or a function that fetches one: called at first, and again whenever the one before
   * is about to end or was refused. Left out: the cookie.
   */
  readonly token?: string | (() => Promise<string>)
  /** With the cookie: gets a new one (`POST /auth/refresh`) and answers its access token. */
  readonly renew?: () => Promise<string>
  /**
   * Whose client it is, where the page knows already; else a token's `sub` says, and with a cookie `GET /auth/me`. What is
   * written before that is known is kept in memory alone.
   */
  readonly userId?: string
  /** Where unsent messages are kept: IndexedDB where there is one, else memory. */
  readonly outboxStore?: OutboxStore
  /** Milliseconds; how far apart tries to reconnect are. Default 500 to 20,000. */
  readonly reconnect?: { readonly minMs?: number; readonly maxMs?: number }
  /** 0 to 1; the tests' own. */
  readonly random?: () => number
}

export interface LecternClient extends Disposable {
  readonly api: Api
  readonly connection: Readable<ConnectionState>
  /** Per course: what is unread. Filled after the first connection, kept by events. */
  readonly unread: Readable<ReadonlyMap<string, CourseUnread>>
  /** What is not sent yet, of all courses, oldest first. */
  readonly outbox: Readable<readonly OutboxEntry[]>
  /** Files on their way. They need no connection. */
  readonly uploads: Uploads
  /** Who is signed in; asked for once. @throws LecternError */
  me(): Promise<UserRecord>
  connect(): void
  /** Try now, rather than at `retryAt`; also after `refused`. */
  reconnect(): void
  /**
   * A room that stays joined, through every reconnection, until it is left. One per course: who asks again is given the
   * same, and it is left when `leave` was called as often as it was asked for.
   */
  room(courseId: string): CourseRoom
  /**
   * Puts a message in the outbox, in whatever room one is; a room of its course has it in `pending` at once.
   * @param clientId 1 to 64 of `A-Za-z0-9._:@-`; a new one where left out. However often one is given, also by other tabs
   * and after a reload, one message is stored.
   * @returns its `clientId`
   */
  send(courseId: string, message: OutgoingMessage, clientId?: string): string
  /** The server's answer. @throws LecternError also when the connection ends first: whether it took effect is then unknown */
  emit<Name extends ClientEventName>(name: Name, payload: EventPayload<Name>): Promise<EventAnswer<Name>>
  /** @returns stops listening */
  on<Name extends ServerEventName>(name: Name, listener: ServerToClientEvents[Name]): () => void
  /** Disconnects for good. What is unsent stays in the outbox's store; what is not uploaded yet, in the browser. */
  close(): void
}

export interface CourseUnread {
  readonly unread: number
  readonly mentions: number
  readonly lastReadSeq: number
}

export interface CourseRoom extends Readable<RoomState>, Disposable {
  readonly courseId: string
  /** Loads what is missing between the two, inclusive; what is loaded or under way is not asked for again. @throws LecternError */
  load(fromSeq: number, toSeq: number): Promise<void>
  /** One message, wherever it is, for a jump to its `seq`. @throws LecternError */
  locate(messageId: string): Promise<MessageRecord>
  /** Puts it in the outbox: it is in `pending` at once, and will be sent. @returns its `clientId` */
  send(message: OutgoingMessage): string
  /** What failed goes to the end of the queue again. */
  retry(clientId: string): void
  discard(clientId: string): void
  /** The changes below are folded into the state as soon as they are acked. @throws LecternError */
  edit(messageId: string, message: string): Promise<void>
  remove(messageId: string): Promise<void>
  react(messageId: string, emoji: string): Promise<void>
  unreact(messageId: string, emoji: string): Promise<void>
  pin(messageId: string): Promise<void>
  unpin(messageId: string): Promise<void>
  /** Call at every keystroke: it says so to the server at most every 3 s, and stops by itself after 5 s. */
  typing(): void
  stopTyping(): void
  /** Moves one's mark, at most once a second; it never goes back. */
  markRead(seq: number): void
  /** After `failed`, or `gone`; a new connection tries once by itself. */
  retryJoin(): void
  /** What `using` calls at the end of its block, where the language has it. */
  leave(): void
}
