import type { ClientEventName, ServerEventName, ServerToClientEvents, UserRecord } from '@lectern/protocol'
import { createRooms } from './chat/rooms.ts'
import type { ClientOptions, CourseRoom, LecternClient } from './client.types.ts'
import { type Clock, systemClock } from './clock.ts'
import { Connection } from './connection/connection.ts'
import type { EventAnswer, EventPayload } from './connection/event-types.ts'
import { browserNetwork } from './connection/network.ts'
import { DEFAULT_PACE } from './connection/reconnect-delay.ts'
import { SocketLink } from './connection/socket-link.ts'
import { TokenRenewal } from './connection/token-renewal.ts'
import { Credentials } from './credentials.ts'
import { defaultUploadStore } from './files/store/default-upload-store.ts'
import { LiveUploads } from './files/uploads.ts'
import type { Uploads } from './files/uploads.types.ts'
import { uploadEndpoint } from './files/urls.ts'
import { subjectOf } from './jwt.ts'
import { Outbox } from './outbox/outbox.ts'
import type { OutgoingMessage } from './outbox/outbox-entry.ts'
import { OwnCookie } from './own-cookie.ts'
import type { Rooms, Transport } from './ports.ts'
import type { Api } from './rest/api.ts'
import { apiOf } from './rest/create-api.ts'

const ACK_TIMEOUT_MS = 10_000

/** A person's client of one server. It does nothing until `connect`, but for what is asked of its `api`. */
export const createClient = (options: ClientOptions = {}): LecternClient => new Client(options, systemClock)

class Client implements LecternClient {
  readonly api: Api
  readonly #connection: Connection
  readonly #renewal: TokenRenewal
  readonly #outbox: Outbox
  readonly #rooms: Rooms
  readonly #uploads: LiveUploads
  #me: Promise<UserRecord> | undefined

  constructor(options: ClientOptions, clock: Clock) {
    const { url = '', random = Math.random } = options
    const credentials = new Credentials(options, clock)
    const api = apiOf({ url, credentials, clock, random })
    const shown =
      options.token === undefined && options.userId !== undefined
        ? new OwnCookie(credentials, options.userId, async () => (await api.me()).data.id)
        : credentials
    this.api = api
    const connection = new Connection({
      openLink: (listener) => new SocketLink({ url, ackTimeoutMs: ACK_TIMEOUT_MS }, listener),
      credentials: shown,
      network: browserNetwork,
      clock,
      random,
      pace: { ...DEFAULT_PACE, ...options.reconnect },
    })
    const transport: Transport = {
      connection: connection.state,
      emit: (name, payload) => connection.link.emit(name, payload),
      on: (name, listener) => connection.link.on(name, listener),
      onOnline: (listener) => connection.onOnline(listener),
    }
    const me = () => this.me()
    // A token says whose it is, also where nobody can be asked.
    const userId = async () => options.userId ?? subjectOf((await credentials.current()).token ?? '') ?? (await me()).id
    this.#connection = connection
    this.#renewal = new TokenRenewal({
      onOnline: transport.onOnline,
      onExpiring: (listener) => transport.on('auth:expiring', ({ expiresAt }) => listener(Date.parse(expiresAt))),
      refresh: (token) => transport.emit('auth:refresh', { token }),
      credentials: shown,
      isOnline: () => connection.state.getSnapshot().status === 'online',
      credential: () => connection.credential,
      clock,
      random,
    })
    this.#outbox = new Outbox({ transport, userId, store: options.outboxStore, clock, random })
    this.#uploads = new LiveUploads({
      transport,
      network: browserNetwork,
      api,
      credentials,
      userId,
      store: defaultUploadStore(),
      endpoint: uploadEndpoint(url),
      clock,
      random,
    })
    this.#rooms = createRooms({ transport, api: this.api, outbox: this.#outbox, me, clock, random })
  }

  get connection() {
    return this.#connection.state
  }

  get unread() {
    return this.#rooms.unread
  }

  get outbox() {
    return this.#outbox.entries
  }

  get uploads(): Uploads {
    return this.#uploads
  }

  me(): Promise<UserRecord> {
    this.#me ??= this.#askWhoIAm()
    return this.#me
  }

  connect(): void {
    this.#connection.connect()
  }

  reconnect(): void {
    this.#connection.reconnect()
  }

  room(courseId: string): CourseRoom {
    return this.#rooms.room(courseId)
  }

  send(courseId: string, message: OutgoingMessage, clientId?: string): string {
    return this.#outbox.send(courseId, message, clientId)
  }

  emit<Name extends ClientEventName>(name: Name, payload: EventPayload<Name>): Promise<EventAnswer<Name>> {
    const courseId: unknown = Reflect.get(payload, 'courseId') ?? Reflect.get(payload, 'course_id')
    if (name === 'chat:join_room' && typeof courseId === 'string') this.#rooms.leaveAlone(courseId)
    return this.#connection.link.emit(name, payload)
  }

  on<Name extends ServerEventName>(name: Name, listener: ServerToClientEvents[Name]): () => void {
    return this.#connection.link.on(name, listener)
  }

  close(): void {
    this.#renewal.close()
    this.#rooms.close()
    this.#outbox.close()
    void this.#uploads.close()
    this.#connection.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  /** An answer that did not come is asked for again. */
  async #askWhoIAm(): Promise<UserRecord> {
    try {
      return (await this.api.me()).data
    } catch (error) {
      this.#me = undefined
      throw error
    }
  }
}
