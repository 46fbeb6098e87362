import {
  type Ack,
  CLIENT_EVENTS,
  type ClientToServerEvents,
  SERVER_EVENTS,
  type ServerToClientEvents,
  wireError,
} from '@lectern/protocol'
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client'
import { z } from 'zod'
import { EventBuffer } from './event-buffer.ts'

export type ClientEventName = keyof ClientToServerEvents
export type ServerEventName = keyof ServerToClientEvents
export type PayloadOf<Event extends ServerEventName> = Parameters<ServerToClientEvents[Event]>[0]
type InputOf<Event extends ClientEventName> = Parameters<ClientToServerEvents[Event]>[0]
type AnswerOf<Event extends ClientEventName> = z.output<(typeof CLIENT_EVENTS)[Event]['ack']>

export type ClientOptions = Partial<ManagerOptions & SocketOptions>

const DEADLINE_MS = 30_000

/** A handshake that was refused; `code` as in `connect_error`'s `data`. */
export class ConnectRefused extends Error {
  readonly code: string | undefined

  constructor(error: Error) {
    super(error.message, { cause: error })
    const parsed = z.object({ data: z.object({ code: z.string() }) }).safeParse(error)
    this.code = parsed.success ? parsed.data.data.code : undefined
  }
}

/** A real Socket.IO client. What it is sent is checked against the protocol's schemas, and waits until it is asked for. */
export class TestClient implements AsyncDisposable {
  readonly socket: Socket
  readonly #events = new EventBuffer()

  private constructor(socket: Socket) {
    this.socket = socket
    socket.onAny((event: string, payload: unknown, ...rest: unknown[]) => {
      const isKnown = Object.hasOwn(SERVER_EVENTS, event)
      const schema = isKnown ? Reflect.get(SERVER_EVENTS, event).payload : z.never()
      const parsed = schema.safeParse(payload)
      if (!parsed.success || !restIsOffset(event, rest))
        this.#events.fail(`${event} is not of its schema: ${parsed.error?.message}`)
      this.#events.push(event, payload)
    })
  }

  /** Resolves once connected. @throws ConnectRefused */
  static async connect(url: string, options: ClientOptions = {}): Promise<TestClient> {
    const socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      ...options,
      autoConnect: false,
    })
    const client = new TestClient(socket)
    await client.connect()
    return client
  }

  /** Also after a drop. @throws ConnectRefused */
  async connect(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const refuse = (error: Error) => {
      this.socket.close()
      reject(new ConnectRefused(error))
    }
    this.socket.once('connect', resolve).once('connect_error', refuse)
    this.socket.connect()
    try {
      await promise
    } finally {
      this.socket.off('connect', resolve).off('connect_error', refuse)
    }
  }

  /**
   * The first such event that has not been taken yet, now or when it comes.
   * @throws Error after 30 s, with what came instead
   */
  async next<Event extends ServerEventName>(
    event: Event,
    predicate: (payload: PayloadOf<Event>) => boolean = () => true,
  ): Promise<PayloadOf<Event>> {
    // The schema of the event has been asked when it came.
    return (await this.#events.next(
      event,
      (payload) => predicate(payload as PayloadOf<Event>),
      DEADLINE_MS,
    )) as PayloadOf<Event>
  }

  /** Every such event so far, also those taken, in the order in which they came. */
  received<Event extends ServerEventName>(event: Event): PayloadOf<Event>[] {
    return this.#events.received(event) as PayloadOf<Event>[]
  }

  /** The names of all events so far, in the order in which they came. */
  get log(): readonly { event: string; payload: unknown }[] {
    return this.#events.log
  }

  /** The ack, whichever it is. @throws Error after 30 s, or when its data is not of the protocol's schema */
  async emit<Event extends ClientEventName>(event: Event, payload: InputOf<Event>): Promise<Ack<AnswerOf<Event>>> {
    const answer = await this.emitRaw(event, payload)
    if (answer.ok) CLIENT_EVENTS[event].ack.parse(answer.data)
    return answer as Ack<AnswerOf<Event>>
  }

  /** The ack's data. @throws Error with the ack's code when it is no success */
  async call<Event extends ClientEventName>(event: Event, payload: InputOf<Event>): Promise<AnswerOf<Event>> {
    const answer = await this.emit(event, payload)
    if (answer.ok) return answer.data
    throw new Error(`${event}: ${answer.error.code}: ${answer.error.message}`, { cause: answer.error })
  }

  /** Any name with anything, for what no well-behaved client sends. */
  async emitRaw(event: string, ...args: unknown[]): Promise<Ack<unknown>> {
    return ack.parse(await this.socket.timeout(DEADLINE_MS).emitWithAck(event, ...args))
  }

  /** Resolves when all that the server had sent to this client before has arrived: an answer comes after it on the same connection. */
  async settled(): Promise<void> {
    await this.emitRaw('no:such_event')
  }

  /** Breaks the connection without a word, as a lost network does. */
  async drop(): Promise<void> {
    const gone = this.disconnected()
    this.socket.io.engine.close()
    await gone
  }

  /** Resolves with Socket.IO's reason when the connection ends, or at once where it has ended. */
  async disconnected(): Promise<string> {
    if (!this.socket.connected) return 'not connected'
    const { promise, resolve } = Promise.withResolvers<string>()
    this.socket.once('disconnect', resolve)
    return promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.disconnect()
    this.#events.close()
  }
}

const ack = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({ ok: z.literal(false), error: wireError }),
])

const CHANGES: readonly string[] = ['chat:new_message', 'chat:message_updated', 'chat:message_deleted']

/** An event of the log bears its offset as a second argument; any other has none. */
const restIsOffset = (event: string, rest: readonly unknown[]): boolean =>
  CHANGES.includes(event) ? rest.length === 1 && typeof rest[0] === 'string' : rest.length === 0
