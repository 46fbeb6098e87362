import type { ServerToClientEvents } from '@lectern/protocol'
import type { Socket } from 'socket.io'
import type { EffectiveRole, UserActor } from '../access/actor.ts'
import { Broadcast } from './broadcast.ts'
import { type Wire, wireOf } from './corked-transport.ts'
import { ping } from './ping.ts'
import type { SeatReach } from './seats.ts'
import type { Position } from './sequencer.ts'
import type { Typist } from './typing.ts'

type ServerEvent = keyof ServerToClientEvents
type PayloadOf<Event extends ServerEvent> = Parameters<ServerToClientEvents[Event]>[0]

/** More events than this of one connection under way at once is a client that does not wait for anything. */
export const MAX_PENDING_EVENTS = 2_000

const NOTHING: ReadonlyMap<string, number> = new Map()

/** A room as a connection that is in it sees it. */
export interface JoinedRoom {
  readonly courseId: string
  readonly position: Position
  leave(connection: Connection, dropped: boolean): void
  isEntering(connection: Connection): boolean
  reachOf(connection: Connection, lost: boolean): SeatReach
  changeRole(connection: Connection, role: EffectiveRole): void
  startTyping(typist: Typist): void
  stopTyping(userId: string): void
}

/** One client's connection: who it is, the rooms it is in, and the order in which its events take effect. */
export class Connection {
  /** Given to the client when it connects and named by it when it comes back; not the socket's id. */
  readonly id: string
  readonly socket: Socket
  actor: UserActor
  readonly rooms = new Map<string, JoinedRoom>()
  /** What the client has surely received of each room, by the last answered ping. */
  confirmed: ReadonlyMap<string, number> = NOTHING
  pendingEvents = 0
  /** When anything came from the client last, by steady time. */
  lastSeenAt = 0
  /** Called at each broadcast that it is sent: those pass Engine.IO's own event by. */
  sent: () => void = () => undefined
  #wire: Wire | undefined
  #isGivenUp = false
  #tail: Promise<void> = Promise.resolve()
  #changes: Set<Promise<unknown>> | undefined

  constructor(id: string, socket: Socket, actor: UserActor) {
    this.id = id
    this.socket = socket
    this.actor = actor
    const { conn } = socket
    this.#wire = wireOf(conn.transport)
    // Engine.IO writes what waited for the new transport in the same turn, before anything else is sent.
    conn.on('upgrade', (transport: object) => {
      this.#wire = wireOf(transport)
    })
  }

  get isOpen(): boolean {
    return this.socket.connected
  }

  emit<Event extends ServerEvent>(event: Event, payload: PayloadOf<Event>): void {
    this.send(new Broadcast(event, payload))
  }

  /** Undefined while it polls. */
  get wire(): Wire | undefined {
    return this.#wire
  }

  /** What may go to many. It passes Socket.IO by, which would encode it anew for each, and goes where Engine.IO writes. */
  send(event: Pick<Broadcast, 'packet' | 'frame'>): void {
    const { conn } = this.socket
    if (this.#wire === undefined) conn.write(event.packet)
    else this.#wire.send(event.frame)
    this.sent()
  }

  /** Remembers a change that has its place among the commits and is not on disk yet. */
  track(change: Promise<unknown>): void {
    this.#changes ??= new Set()
    const changes = this.#changes.add(change)
    const over = (): boolean => changes.delete(change)
    change.then(over, over)
  }

  /** Resolves when the changes made so far have been published, or have failed. */
  async changesDone(): Promise<void> {
    await Promise.allSettled(this.#changes ?? [])
  }

  /** Runs one after the other, in the order of the calls. `work` must not throw. */
  inTurn(work: () => Promise<void>): void {
    this.#tail = this.#tail.then(work)
  }

  /** Whether what was sent last was thrown away. */
  get isGivenUp(): boolean {
    return this.#isGivenUp
  }

  /** Asks for a sign of life. */
  ping(): void {
    ping(this.socket.conn)
  }

  /** Ends the transport without waiting for the client to take what was sent. */
  giveUp(): void {
    this.#isGivenUp = true
    // The first call takes nothing more, and waits; the second does not wait.
    this.socket.conn.close()
    this.socket.conn.close(true)
  }

  /** Ends the transport, not the namespace: a client that still wants to be here comes back by itself. */
  drop(): void {
    this.socket.conn.close()
  }

  /** Ends it for good: a client does not come back by itself. */
  end(): void {
    this.socket.disconnect(true)
  }
}
