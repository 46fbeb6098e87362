import type { JoinAnswer, OnlineUser, OnlineUsers } from '@lectern/protocol'
import type { Server } from 'socket.io'
import type { CourseAccess } from '../access/actor.ts'
import { conflict, notFound, unavailable } from '../shared/errors.ts'
import type { Logger } from '../shared/logger.ts'
import type { Connection, JoinedRoom } from './connection.ts'
import { CourseRoom } from './course-room.ts'
import type { PresenceOptions, Visitor } from './presence.ts'
import type { RoomChange, RoomLog } from './room-ports.ts'
import type { RoomReach, Seats } from './seats.ts'
import type { LogPage, Position } from './sequencer.ts'

export interface CourseRoomsOptions {
  readonly io: Server
  readonly log: RoomLog
  readonly presence: PresenceOptions
  readonly epoch: string
  readonly logger: Logger
}

export interface JoinRequest {
  readonly sinceRev?: number | undefined
  readonly epoch?: string | undefined
}

/**
 * Asked before the room is opened, so that a stranger opens none, and again once the entrance is known:
 * whoever is removed before that is seen by it, whoever is removed after it is put out of the entrance.
 */
export type AccessOf = () => Promise<CourseAccess>

/** A join that is ready: send what `answer` returns, then call `finish`, in one turn. */
export interface Join {
  answer(): JoinAnswer
  finish(): void
}

/** The rooms that somebody on this node is in. */
export class CourseRooms {
  readonly #options: CourseRoomsOptions
  readonly #rooms = new Map<string, CourseRoom>()
  /** Who was in which room before a restart, until the grace after it is over. */
  readonly #expected = new Map<string, Visitor[]>()
  readonly #moved = new Set<CourseRoom>()

  constructor(options: CourseRoomsOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#rooms.size
  }

  /**
   * Takes a connection in. `changes` hold what changed after `sinceRev` up to `lastRev`;
   * all after that is held until `finish`: nothing falls in between.
   * @throws AppError what `accessOf` throws
   */
  async join(connection: Connection, accessOf: AccessOf, request: JoinRequest, seats: Seats): Promise<Join> {
    const { sinceRev } = request
    const { courseId } = await accessOf()
    const room = await this.#enterable(connection, courseId, sinceRev ?? 0)
    const begun = room.beginEntrance(connection)
    const reset = (request.epoch !== undefined && request.epoch !== this.#options.epoch) || (sinceRev ?? 0) > begun.rev
    try {
      const access = await accessOf()
      const missed = sinceRev === undefined || reset ? NOTHING : await this.#options.log.since(courseId, sinceRev)
      const position = furthest(begun, missed.entries)
      await room.reached(position.rev)
      this.#requireEntering(connection, room)
      room.arrive(connection, access.role)
      seats.take(connection.id, connection.actor.userId, { ...room.reachOf(connection, false), rev: position.rev })
      return {
        answer: () => {
          const { users, count } = room.online()
          return {
            courseId: room.courseId,
            role: access.role,
            epoch: this.#options.epoch,
            lastSeq: position.seq,
            lastRev: position.rev,
            onlineUsers: users,
            onlineCount: count,
            changes: missed.entries.map((change) => forReader(change, connection.actor.userId)),
            more: missed.more,
            reset,
          }
        },
        finish: () => {
          connection.emit('chat:online_users', room.online())
          room.finishEntrance(connection, position.rev)
        },
      }
    } catch (error) {
      room.leave(connection, true)
      throw error
    }
  }

  /**
   * Takes a connection in where one of the same person had dropped, and sends it what changed since.
   * `claimed`: what it has had; its client's word, which may be of more than there is.
   */
  async resume(connection: Connection, accessOf: AccessOf, claimed: number, seats: Seats): Promise<void> {
    const { courseId } = await accessOf()
    if (connection.rooms.has(courseId)) return
    const room = await this.#enterable(connection, courseId, claimed)
    const reached = Math.min(claimed, room.position.rev)
    const begun = room.beginEntrance(connection, reached)
    try {
      const access = await accessOf()
      let sent = reached
      for (let more = reached < begun.rev; more; ) {
        const page = await this.#options.log.since(courseId, sent)
        room.replay(connection, page.entries, reached)
        sent = page.entries.at(-1)?.rev ?? sent
        more = page.more
      }
      const upTo = Math.max(sent, begun.rev)
      await room.reached(upTo)
      this.#requireEntering(connection, room)
      room.arrive(connection, access.role)
      seats.take(connection.id, connection.actor.userId, { ...room.reachOf(connection, false), rev: upTo })
      room.finishEntrance(connection, upTo)
    } catch (error) {
      room.leave(connection, true)
      throw error
    }
  }

  /** @throws AppError `CONFLICT` when the connection is not in the room */
  joined(connection: Connection, courseId: string): JoinedRoom {
    const room = connection.rooms.get(courseId)
    if (room === undefined) throw conflict('Join the room first.')
    return room
  }

  publish(change: RoomChange): void {
    const room = this.#rooms.get(change.courseId)
    if (room === undefined) return
    this.#moved.add(room)
    room.publish(change)
  }

  /** Wherever the person types from: what they typed has been sent. */
  stopTyping(courseId: string, userId: string): void {
    this.#rooms.get(courseId)?.stopTyping(userId)
  }

  online(courseId: string): OnlineUsers {
    return this.#rooms.get(courseId)?.online() ?? { courseId, users: [], count: 0 }
  }

  everyoneOnline(courseId: string): OnlineUser[] {
    return this.#rooms.get(courseId)?.everyoneOnline() ?? []
  }

  evict(courseId: string, userId: string): Connection[] {
    return this.#rooms.get(courseId)?.evict(userId) ?? []
  }

  /** @returns who was in the room */
  dissolve(courseId: string): Connection[] {
    const room = this.#rooms.get(courseId)
    return room === undefined ? [] : room.dissolve()
  }

  /** Takes these for present in a room that is opened before the grace is over, so that nobody is told of a restart. */
  expect(courseId: string, visitors: readonly Visitor[]): void {
    this.#expected.set(courseId, [...visitors])
    setTimeout(() => this.#expected.delete(courseId), this.#options.presence.graceMs).unref()
  }

  /** The positions of rooms that have been sent something since the last call. */
  moved(): RoomReach[] {
    const reaches = [...this.#moved]
      .filter((room) => room.isOpen)
      .map((room) => ({ courseId: room.courseId, rev: room.position.rev }))
    this.#moved.clear()
    return reaches
  }

  close(): void {
    for (const room of this.#rooms.values()) room.close()
    this.#rooms.clear()
  }

  /** The course's room, open, and as far as `rev` where the log is that far: a client may have had it by REST before. */
  async #enterable(connection: Connection, courseId: string, rev = 0): Promise<CourseRoom> {
    const room = this.#rooms.get(courseId) ?? this.#make(courseId)
    try {
      await room.open()
      if (rev > room.position.rev) await this.#catchUp(room, rev)
      this.#requireOpen(connection)
    } catch (error) {
      room.closeIfUnused()
      throw error
    }
    // Meanwhile the last one may have left it.
    return this.#rooms.get(courseId) === room ? room : this.#enterable(connection, courseId, rev)
  }

  #make(courseId: string): CourseRoom {
    const { io, log, presence, logger } = this.#options
    const room = new CourseRoom({
      courseId,
      io,
      log,
      presence,
      emptied: () => {
        room.close()
        this.#forget(courseId, room)
      },
      failed: (error) => logger.error({ err: error, courseId }, 'room log read failed'),
    })
    this.#rooms.set(courseId, room)
    room.expect(this.#expected.get(courseId) ?? [])
    this.#expected.delete(courseId)
    return room
  }

  #forget(courseId: string, room: CourseRoom): void {
    if (this.#rooms.get(courseId) === room) this.#rooms.delete(courseId)
  }

  async #catchUp(room: CourseRoom, rev: number): Promise<void> {
    const { rev: lastRev } = await this.#options.log.position(room.courseId)
    if (rev <= lastRev) await room.reached(rev)
  }

  #requireEntering(connection: Connection, room: CourseRoom): void {
    this.#requireOpen(connection)
    if (!room.isEntering(connection)) throw notFound()
  }

  #requireOpen(connection: Connection): void {
    if (!connection.isOpen) throw unavailable('The connection has gone.')
  }
}

const NOTHING: LogPage<RoomChange> = { entries: [], more: false }

/**
 * The log may be further than the room has handed out: what was read of it counts as had, so that a message which has
 * changed since is not left out now and told of later as an update of what never came.
 */
const furthest = (begun: Position, entries: readonly RoomChange[]): Position => ({
  rev: Math.max(begun.rev, entries.at(-1)?.rev ?? 0),
  seq: entries.reduce((seq, entry) => Math.max(seq, entry.seq), begun.seq),
})

const forReader = ({ message }: RoomChange, userId: string) =>
  message.user_id === userId ? message : { ...message, client_id: null }
