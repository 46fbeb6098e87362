import type { Server as HttpServer } from 'node:http'
import { LIMITS } from '@lectern/protocol'
import { Server, type Socket } from 'socket.io'
import type { UserActor } from '../access/actor.ts'
import type { Clock } from '../shared/clock.ts'
import { AppError, rateLimited } from '../shared/errors.ts'
import { newId } from '../shared/ids.ts'
import type { Logger } from '../shared/logger.ts'
import { Connection } from './connection.ts'
import { CorkedWebSocketServer } from './corked-transport.ts'
import type { Dispatcher } from './dispatcher.ts'
import type { ExpiryWatch } from './expiry.ts'
import { authenticateHandshake, type HandshakePorts, previousOf } from './handshake.ts'
import type { People } from './people.ts'
import { watchReceipts } from './receipts.ts'
import type { Previous } from './seats.ts'
import { strictParser } from './strict-parser.ts'
import { boundUnsent } from './unsent.ts'
import { watchLife } from './vital-signs.ts'

/**
 * How a connection ended: for good, by the client's own word or the server's; by our closing its transport, before which
 * all that was sent arrives; or lost, where what was sent last may never have arrived.
 */
export type Ending = 'left' | 'dropped' | 'lost'

export interface ConnectionListener {
  /** Runs before the first event of the connection takes effect. `previous`: what the client says it was. */
  connected(connection: Connection, previous: Previous | undefined): Promise<void>
  disconnected(connection: Connection, ending: Ending): void
  /** It has another token of the same person, by which more or less may be theirs. */
  refreshed?(connection: Connection): Promise<void>
}

/** Each in its turn. */
export const everyListener = (listeners: readonly ConnectionListener[]): Required<ConnectionListener> => ({
  async connected(connection, previous) {
    for (const listener of listeners) await listener.connected(connection, previous)
  },
  disconnected(connection, ending) {
    for (const listener of listeners) listener.disconnected(connection, ending)
  },
  async refreshed(connection) {
    for (const listener of listeners) await listener.refreshed?.(connection)
  },
})

export interface RealtimePorts extends HandshakePorts {
  readonly people: People
  readonly dispatcher: Dispatcher
  readonly expiry: ExpiryWatch
  readonly listener: ConnectionListener
  /** Per person; 0 is no limit. */
  readonly maxSockets: number
  /** Does not jump. */
  readonly steady: Clock
  readonly logger: Logger
}

const REQUEST_ID = 'X-Request-Id'

export function createSocketServer(httpServer: HttpServer, allowedOrigins: ReadonlySet<string>): Server {
  const io = new Server(httpServer, {
    serveClient: false,
    cors: { origin: [...allowedOrigins], credentials: true },
    maxHttpBufferSize: LIMITS.frameBytes,
    perMessageDeflate: false,
    parser: strictParser,
    wsEngine: CorkedWebSocketServer,
  })
  // Before Socket.IO, whose refusals and answers to preflights tell of no headers.
  httpServer.prependListener('request', (_request, response) => response.setHeader(REQUEST_ID, newId()))
  io.engine.on('headers', (headers: Record<string, string>) => {
    headers[REQUEST_ID] = newId()
  })
  return io
}

/** Lets connections in, and hands their events on. */
export function acceptConnections(io: Server, ports: RealtimePorts): void {
  const admitted = new WeakMap<Socket, { actor: UserActor; release: () => void }>()
  const places = new Places()

  io.use((socket, next) => {
    admit(socket).then(
      () => next(),
      (error: unknown) => next(handshakeError(error, ports.logger)),
    )
  })

  io.on('connection', (socket) => {
    const admission = admitted.get(socket)
    if (admission === undefined) return
    admission.release()
    accept(new Connection(connectionIdOf(socket), socket, admission.actor))
  })

  async function admit(socket: Socket): Promise<void> {
    const actor = await authenticateHandshake(socket, ports)
    if (ports.maxSockets > 0 && ports.people.countOf(actor.userId) + places.countOf(actor.userId) >= ports.maxSockets) {
      throw rateLimited(1_000)
    }
    admitted.set(socket, { actor, release: places.take(actor.userId, socket) })
    giveId(socket)
  }

  function accept(connection: Connection): void {
    const { socket } = connection
    ports.people.add(connection)
    ports.expiry.start(connection)
    watchReceipts(connection)
    watchLife(connection, ports.steady)
    boundUnsent(connection, () =>
      ports.logger.warn({ userId: connection.actor.userId }, 'client does not read what it is sent'),
    )
    connection.inTurn(async () => {
      try {
        // Who was disabled after the handshake had looked, and before they were among the connections, is found out here.
        await authenticateHandshake(socket, ports)
        await ports.listener.connected(connection, previousOf(socket))
      } catch (error) {
        if (error instanceof AppError && error.code === 'UNAUTHENTICATED') return connection.end()
        ports.logger.error({ err: error, userId: connection.actor.userId }, 'connection set-up failed')
        connection.drop()
      }
    })
    socket.onAny((event: unknown, ...args: unknown[]) => ports.dispatcher.receive(connection, event, args))
    // What is not Socket.IO ends the connection; without a listener Socket.IO writes to the console.
    socket.on('error', (error: Error) =>
      ports.logger.info({ reason: error.message, userId: connection.actor.userId }, 'malformed frame'),
    )
    socket.on('disconnect', (reason) => {
      ports.expiry.stop(connection)
      ports.people.remove(connection)
      ports.listener.disconnected(connection, connection.isGivenUp ? 'lost' : endingOf(reason))
    })
  }
}

/** Handshakes that are through and are not yet connections. They count: otherwise as many as like come in at once. */
class Places {
  readonly #taken = new Map<string, number>()

  countOf(userId: string): number {
    return this.#taken.get(userId) ?? 0
  }

  /** @returns what gives the place back, once; a client that goes away before it is connected does so too */
  take(userId: string, socket: Socket): () => void {
    this.#taken.set(userId, this.countOf(userId) + 1)
    let isTaken = true
    const release = (): void => {
      if (!isTaken) return
      isTaken = false
      socket.conn.off('close', release)
      const left = this.countOf(userId) - 1
      if (left > 0) this.#taken.set(userId, left)
      else this.#taken.delete(userId)
    }
    socket.conn.on('close', release)
    if (socket.conn.readyState !== 'open') release()
    return release
  }
}

/** What a `connect_error` bears as its `data`. */
function handshakeError(error: unknown, logger: Logger): Error {
  const known = error instanceof AppError ? error : new AppError('INTERNAL', 'Something went wrong.')
  if (known !== error) logger.error({ err: error }, 'handshake failed')
  return Object.assign(new Error(known.message), { data: known.toWire() })
}

function endingOf(reason: string): Ending {
  if (reason === 'client namespace disconnect' || reason === 'server namespace disconnect') return 'left'
  return reason === 'forced close' || reason === 'server shutting down' ? 'dropped' : 'lost'
}

const CONNECTION_ID = 'pid'

/**
 * Socket.IO tells a client `pid` in its CONNECT packet, and the client sends it again when it comes back (protocol v5,
 * connection state recovery). We keep no packets: the log has them. The id tells one tab's drop from another's.
 */
function giveId(socket: Socket): void {
  Reflect.set(socket, CONNECTION_ID, newId())
}

const connectionIdOf = (socket: Socket): string => String(Reflect.get(socket, CONNECTION_ID))
