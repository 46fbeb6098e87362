import type { ClientEventName, ServerEventName, ServerToClientEvents } from '@lectern/protocol'
import { Manager, type Socket } from 'socket.io-client'
import { LecternError } from '../errors.ts'
import { Listeners } from '../listeners.ts'
import { isObject, readWireError } from '../wire-error.ts'
import { readAck } from './ack.ts'
import type { EventAnswer, EventPayload } from './event-types.ts'
import { requireFrame } from './frame-size.ts'
import type { Link, LinkListener } from './link.ts'

/** What an event bears is as the server sent it: its schemas would be most of a page's script. */
type Arguments = Parameters<Parameters<Socket['onAny']>[0]>

export interface SocketLinkOptions {
  /** The server's origin; empty: the page's own. */
  readonly url: string
  readonly ackTimeoutMs: number
}

/**
 * A link by Socket.IO. One `Socket` for all its connections: it remembers the id that the server gave it and the last
 * event it handled, and names them when it comes back, so that the server knows which rooms it was in.
 */
export class SocketLink implements Link {
  readonly #socket: Socket
  readonly #listener: LinkListener
  readonly #ackTimeoutMs: number
  readonly #listeners = new Map<string, Listeners<Arguments>>()
  #phase: 'down' | 'opening' | 'up' | 'left' = 'down'
  /** Packets of any kind that the server has sent. */
  #heard = 0

  constructor({ url, ackTimeoutMs }: SocketLinkOptions, listener: LinkListener) {
    this.#listener = listener
    this.#ackTimeoutMs = ackTimeoutMs
    const options = {
      autoConnect: false,
      reconnection: false,
      // A proxy that lets no WebSocket through is found out by the failure, then polling serves.
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      withCredentials: true,
    }
    this.#socket = (url === '' ? new Manager(options) : new Manager(url, options)).socket('/')
    this.#socket.onAny((event: string, payload) => {
      // Every event of Lectern bears an object: what does not is nobody's to fail on.
      if (isObject(payload)) this.#listeners.get(event)?.tell(payload)
    })
    this.#socket.on('connect', () => this.#opened())
    this.#socket.on('connect_error', (error: Error) => this.#failed(errorOf(error)))
    this.#socket.on('disconnect', (reason) => this.#ended(new LecternError('NETWORK', `Disconnected: ${reason}.`)))
  }

  open(bearer: string | undefined): void {
    this.#phase = 'opening'
    this.#socket.auth = bearer === undefined ? {} : { token: bearer }
    this.#socket.connect()
  }

  drop(): void {
    this.#phase = 'down'
    // Without the packet by which a client takes its leave, which `Socket.disconnect` sends.
    this.#socket.io._close()
  }

  leave(): void {
    this.#phase = 'left'
    this.#socket.disconnect()
  }

  check(): void {
    if (this.#phase === 'up') this.#socket.io.engine._hasPingExpired()
  }

  async emit<Name extends ClientEventName>(name: Name, payload: EventPayload<Name>): Promise<EventAnswer<Name>> {
    if (this.#phase !== 'up') throw this.#noConnection()
    requireFrame(payload)
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const heard = this.#heard
    this.#socket.timeout(this.#ackTimeoutMs).emit(name, payload, (error: Error | null, answer: unknown) => {
      if (error === null) return resolve(answer)
      this.#suspect(heard)
      if (this.#phase === 'up') reject(new LecternError('TIMEOUT', 'The server did not answer in time.'))
      else reject(this.#noConnection())
    })
    return readAck<EventAnswer<Name>>(await promise)
  }

  on<Name extends ServerEventName>(name: Name, listener: ServerToClientEvents[Name]): () => void {
    const listeners = this.#listeners.get(name) ?? new Listeners<Arguments>()
    this.#listeners.set(name, listeners)
    return listeners.add(listener)
  }

  /** A network that swallows everything looks open until pings are missed, 45 s later: an ack that is missed tells sooner. */
  #suspect(heard: number): void {
    if (this.#phase !== 'up' || this.#heard !== heard) return
    this.drop()
    this.#listener.lost(new LecternError('NETWORK', 'The server has fallen silent.'))
  }

  #opened(): void {
    if (this.#phase !== 'opening') return
    this.#phase = 'up'
    this.#socket.io.engine.on('packet', () => {
      this.#heard += 1
    })
    this.#listener.opened()
  }

  #failed(error: LecternError): void {
    if (this.#phase !== 'opening') return
    this.drop()
    this.#listener.failed(error)
  }

  #ended(error: LecternError): void {
    // What was emitted when the server was silent already would otherwise be sent on the next connection.
    this.#socket.sendBuffer = []
    const wasUp = this.#phase === 'up'
    this.#failed(error)
    if (!wasUp) return
    this.#phase = 'down'
    this.#listener.lost(error)
  }

  #noConnection(): LecternError {
    return this.#phase === 'left'
      ? new LecternError('CLOSED', 'The client was closed.')
      : new LecternError('NETWORK', 'There is no connection to the server.')
  }
}

/** The server's refusal is in the `data` of Socket.IO's error. */
function errorOf(error: Error): LecternError {
  const data: unknown = 'data' in error ? error.data : undefined
  return readWireError(data) ?? new LecternError('NETWORK', 'The server cannot be reached.', { cause: error })
}
