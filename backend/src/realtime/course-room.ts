import type { OnlineUser, OnlineUsers } from '@lectern/protocol'
import type { Server } from 'socket.io'
import type { EffectiveRole } from '../access/actor.ts'
import { Broadcast } from './broadcast.ts'
import type { Connection, JoinedRoom } from './connection.ts'
import { Presence, type PresenceOptions, type PresentPerson, type Visitor } from './presence.ts'
import { type Emission, eventsOf } from './room-events.ts'
import type { RoomChange, RoomLog } from './room-ports.ts'
import type { SeatReach } from './seats.ts'
import { type Position, Sequencer } from './sequencer.ts'
import { Typing, type Typist } from './typing.ts'

/** `/` is in no id, so that no course and person together make another's name. */
export const roomName = (courseId: string): string => `course/${courseId}`
export const personRoomName = (courseId: string, userId: string): string => `course/${courseId}/${userId}`

/** A connection that is being let in: what happens meanwhile is held until its ack has gone. */
interface Entrance {
  readonly connection: Connection
  /** Up to which it has been sent everything. */
  readonly from: number
  readonly held: { change: RoomChange; reached: number }[]
}

interface Member {
  readonly connection: Connection
  readonly visitor: Visitor
  /** From where on it has been sent everything on this connection. */
  readonly entered: number
}

export interface CourseRoomOptions {
  readonly courseId: string
  readonly io: Server
  readonly log: RoomLog
  readonly presence: PresenceOptions
  readonly emptied: () => void
  readonly failed: (error: unknown) => void
}

/** The connections of this node that are in a course's room. */
export class CourseRoom implements JoinedRoom {
  readonly courseId: string
  readonly #io: Server
  readonly #sequencer: Sequencer<RoomChange>
  readonly #presence: Presence
  readonly #typing: Typing
  readonly #batchFrom: number
  readonly #members = new Map<string, Member>()
  readonly #entrances = new Map<string, Entrance>()
  /** Who is sent each change as it comes. */
  readonly #audience = new Set<Connection>()
  readonly #emptied: () => void
  #opening: Promise<void> | undefined
  #isOpen = false

  constructor(options: CourseRoomOptions) {
    this.courseId = options.courseId
    this.#io = options.io
    this.#batchFrom = options.presence.batchFrom
    this.#emptied = options.emptied
    this.#sequencer = new Sequencer({
      position: () => options.log.position(options.courseId),
      since: (rev) => options.log.since(options.courseId, rev),
      deliver: (change, reached) => this.#deliver(change, reached),
      failed: options.failed,
    })
    this.#presence = new Presence(options.presence, {
      joined: (person) => this.#toOthers(person.userId).emit('chat:user_joined', this.#whoAndWhen(person)),
      left: (person) => this.#toOthers(person.userId).emit('chat:user_left', this.#whoAndWhen(person)),
      changed: ({ joined, left, count }) =>
        this.#io.to(roomName(this.courseId)).emit('chat:presence', {
          courseId: this.courseId,
          count,
          joined: joined.map(toOnlineUser),
          left,
        }),
      emptied: () => this.closeIfUnused(),
    })
    this.#typing = new Typing((typist, isTyping) =>
      this.#toOthers(typist.userId).emit('chat:user_typing', { courseId: this.courseId, ...typist, isTyping }),
    )
  }

  async open(): Promise<void> {
    this.#opening ??= this.#sequencer.open()
    await this.#opening
    this.#isOpen = true
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** What has been handed out to the connections in this room. */
  get position(): Position {
    return this.#sequencer.position
  }

  publish(change: RoomChange): void {
    this.#sequencer.push(change)
  }

  /** Resolves when `rev`, known to be committed, has been handed out here. */
  reached(rev: number): Promise<void> {
    return this.#sequencer.reached(rev)
  }

  /**
   * Takes a connection in at the room's position. From now until `finishEntrance` no change is sent to it:
   * all that comes after the position is held for it. `from`: what it has been sent before.
   */
  beginEntrance(connection: Connection, from = this.position.rev): Position {
    this.#leaveBroadcast(connection)
    this.#entrances.set(connection.id, { connection, from, held: [] })
    connection.rooms.set(this.courseId, this)
    return this.position
  }

  /** False once it has been put out meanwhile. */
  isEntering(connection: Connection): boolean {
    return this.#entrances.has(connection.id)
  }

  /** Makes the person present. Told to the others, unless they are here already. */
  arrive(connection: Connection, role: EffectiveRole): void {
    const visitor: Visitor = { userId: connection.actor.userId, userName: connection.actor.name, role }
    this.#members.set(connection.id, { connection, visitor, entered: this.#enteredAt(connection) })
    this.#presence.arrive(connection.id, visitor)
  }

  /** For one who is in; nobody is told. */
  changeRole(connection: Connection, role: EffectiveRole): void {
    const member = this.#members.get(connection.id)
    if (member === undefined) return
    const visitor: Visitor = { ...member.visitor, role }
    this.#members.set(connection.id, { ...member, visitor })
    this.#presence.arrive(connection.id, visitor)
  }

  /** Sends what was held after `rev`, and what comes from now on as it comes. Call it in the turn in which the ack was sent. */
  finishEntrance(connection: Connection, rev: number): void {
    const entrance = this.#entrances.get(connection.id)
    if (entrance === undefined) return
    this.#entrances.delete(connection.id)
    for (const { change, reached } of entrance.held) if (change.rev > rev) this.#sendOne(connection, change, reached)
    this.#audience.add(connection)
    void connection.socket.join([roomName(this.courseId), personRoomName(this.courseId, connection.actor.userId)])
  }

  /** Sends one connection what it missed before it was let in. */
  replay(connection: Connection, changes: readonly RoomChange[], reached: number): void {
    for (const change of changes) this.#sendOne(connection, change, reached)
  }

  leave(connection: Connection, dropped: boolean): void {
    connection.rooms.delete(this.courseId)
    this.#leaveBroadcast(connection)
    this.#entrances.delete(connection.id)
    const member = this.#members.get(connection.id)
    this.#members.delete(connection.id)
    if (member !== undefined) {
      const { userId } = member.visitor
      this.#typing.stop(userId)
      this.#presence.depart(connection.id, userId, dropped)
    }
    this.closeIfUnused()
  }

  /** What the connection has been sent; where it was lost, what it has surely received. */
  reachOf(connection: Connection, lost: boolean): SeatReach {
    const { courseId } = this
    const entered = this.#enteredAt(connection)
    const entrance = this.#entrances.get(connection.id)
    if (entrance !== undefined) return { courseId, entered, rev: entrance.from }
    const rev = lost ? Math.max(entered, connection.confirmed.get(courseId) ?? 0) : this.position.rev
    return { courseId, entered, rev }
  }

  /** All of a person's connections at once, those on their way in too, and no grace: a removal. */
  evict(userId: string): Connection[] {
    const connections = this.#connections().filter((connection) => connection.actor.userId === userId)
    for (const connection of connections) this.leave(connection, false)
    this.#presence.evict(userId)
    return connections
  }

  /** Everybody at once: the course is no more. */
  dissolve(): Connection[] {
    const connections = this.#connections()
    for (const { actor } of connections) this.evict(actor.userId)
    return connections
  }

  /** Who was here before a restart and may be back in a moment. */
  expect(visitors: readonly Visitor[]): void {
    for (const visitor of visitors) this.#presence.expect(visitor)
  }

  startTyping(typist: Typist): void {
    this.#typing.start(typist)
  }

  stopTyping(userId: string): void {
    this.#typing.stop(userId)
  }

  /** In a big room only the first, staff first. */
  online(): OnlineUsers {
    return {
      courseId: this.courseId,
      users: this.#presence.list(this.#batchFrom).map(toOnlineUser),
      count: this.#presence.count,
    }
  }

  everyoneOnline(): OnlineUser[] {
    return this.#presence.list().map(toOnlineUser)
  }

  closeIfUnused(): void {
    if (this.#members.size === 0 && this.#entrances.size === 0 && this.#presence.count === 0) this.#emptied()
  }

  close(): void {
    this.#sequencer.close()
    this.#presence.close()
    this.#typing.close()
  }

  #deliver(change: RoomChange, reached: number): void {
    const author = change.message.user_id
    const { forAuthor, forOthers } = eventsOf(change, reached)
    const toOthers = broadcastOf(forOthers)
    const toAuthor = forAuthor === forOthers ? toOthers : broadcastOf(forAuthor)
    for (const connection of this.#audience) {
      connection.send(connection.actor.userId === author ? toAuthor : toOthers)
    }
    for (const entrance of this.#entrances.values()) entrance.held.push({ change, reached })
  }

  #sendOne(connection: Connection, change: RoomChange, reached: number): void {
    const { forAuthor, forOthers } = eventsOf(change, reached)
    connection.send(broadcastOf(change.message.user_id === connection.actor.userId ? forAuthor : forOthers))
  }

  #toOthers(userId: string) {
    return this.#io.to(roomName(this.courseId)).except(personRoomName(this.courseId, userId))
  }

  /** Those in the room, and those on their way in. */
  #connections(): Connection[] {
    return [...new Set([...this.#members.values(), ...this.#entrances.values()].map(({ connection }) => connection))]
  }

  #whoAndWhen(person: PresentPerson) {
    return { courseId: this.courseId, userId: person.userId, userName: person.userName, at: new Date().toISOString() }
  }

  #enteredAt(connection: Connection): number {
    return this.#members.get(connection.id)?.entered ?? this.#entrances.get(connection.id)?.from ?? this.position.rev
  }

  #leaveBroadcast(connection: Connection): void {
    this.#audience.delete(connection)
    void connection.socket.leave(roomName(this.courseId))
    void connection.socket.leave(personRoomName(this.courseId, connection.actor.userId))
  }
}

const toOnlineUser = (person: PresentPerson): OnlineUser => ({
  userId: person.userId,
  userName: person.userName,
  role: person.role,
  since: new Date(person.since).toISOString(),
})

const broadcastOf = ({ event, payload, offset }: Emission): Broadcast => new Broadcast(event, payload, offset)
