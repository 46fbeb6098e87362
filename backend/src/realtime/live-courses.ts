import type { CourseAccess, UserActor } from '../access/actor.ts'
import { AppError, unauthenticated } from '../shared/errors.ts'
import type { Logger } from '../shared/logger.ts'
import type { Connection } from './connection.ts'
import type { CourseRooms } from './course-rooms.ts'
import type { ExpiryWatch } from './expiry.ts'
import type { People } from './people.ts'
import type { ConnectionListener, Ending } from './realtime-server.ts'
import type { Previous, RoomReach, Seats } from './seats.ts'

/** Who may be where, as the modules know it. */
export interface LiveAccess {
  /** @throws AppError `NOT_FOUND` for a stranger */
  accessTo(actor: UserActor, courseId: string): Promise<CourseAccess>
  /** The courses that the person is enrolled in. */
  coursesOf(actor: UserActor): Promise<CourseAccess[]>
}

export interface LiveCoursesPorts {
  readonly people: People
  readonly rooms: CourseRooms
  readonly seats: Seats
  readonly expiry: ExpiryWatch
  readonly access: LiveAccess
  readonly authenticate: (token: string) => Promise<UserActor>
  readonly logger: Logger
}

/** What a connection is about to take up, and whose seats they were where it is the same client's. */
interface Resumption {
  readonly rooms: Map<string, RoomReach>
  readonly previousId: string | undefined
}

/** A client that knows where it was joins at once; what it asks for itself need not be sent to it twice. */
const REJOIN_MS = 250

/** Keeps the connections where their people may be: when they come and go, and when enrolments change under them. */
export class LiveCourses implements ConnectionListener {
  readonly #ports: LiveCoursesPorts
  /** The rooms that a connection is about to take up. */
  readonly #waiting = new Map<Connection, Resumption>()

  constructor(ports: LiveCoursesPorts) {
    this.#ports = ports
  }

  /** Takes over what the server's last process left. */
  async start(): Promise<void> {
    const { rooms, seats } = this.#ports
    const left = await seats.load()
    for (const [courseId, people] of Map.groupBy(left, (seat) => seat.courseId)) {
      rooms.expect(
        courseId,
        people.map(({ userId, userName }) => ({ userId, userName, role: 'student' })),
      )
    }
  }

  async connected(connection: Connection, previous: Previous | undefined): Promise<void> {
    const { access, people, seats } = this.#ports
    for (const { courseId } of await access.coursesOf(connection.actor)) people.enrol(connection, courseId)
    if (!connection.isOpen) return
    const missed = seats.claim(connection.actor.userId, previous)
    if (missed.length === 0) return
    const rooms = new Map(missed.map((reach) => [reach.courseId, reach]))
    this.#waiting.set(connection, { rooms, previousId: previous?.id })
    setTimeout(() => connection.inTurn(() => this.#resumeAll(connection)), REJOIN_MS).unref()
  }

  /** Takes up the room that the connection had, if it waits for that, before anything else happens in it. */
  async resumeNow(connection: Connection, courseId: string): Promise<void> {
    const reach = this.#waiting.get(connection)?.rooms.get(courseId)
    if (reach === undefined) return
    this.#waiting.get(connection)?.rooms.delete(courseId)
    await this.#resume(connection, reach)
  }

  /** The client asks by itself for what it missed, or leaves: there is nothing to take up. */
  forgoResume(connection: Connection, courseId: string): void {
    this.#waiting.get(connection)?.rooms.delete(courseId)
  }

  disconnected(connection: Connection, ending: Ending): void {
    const { seats } = this.#ports
    const rooms = [...connection.rooms.values()]
    const reaches = rooms.map((room) => room.reachOf(connection, ending === 'lost'))
    for (const room of rooms) room.leave(connection, ending !== 'left')
    for (const { courseId, rev } of this.#waiting.get(connection)?.rooms.values() ?? []) {
      reaches.push({ courseId, rev, entered: rev })
    }
    if (ending !== 'left') seats.park(connection.id, connection.actor.userId, reaches)
    else if (reaches.length > 0) seats.release([connection.id])
    this.#endWaiting(connection)
  }

  /** A newer token of the same person: its claims count from now on. */
  async refresh(connection: Connection, token: string): Promise<UserActor> {
    const actor = await this.#ports.authenticate(token)
    if (actor.userId !== connection.actor.userId) throw unauthenticated("A connection is one person's for good.")
    connection.actor = actor
    if (connection.isOpen) this.#ports.expiry.start(connection)
    const enrolled = await this.#ports.access.coursesOf(actor)
    const courseIds = new Set([
      ...enrolled.map((access) => access.courseId),
      ...this.#ports.people.coursesOf(connection),
      ...connection.rooms.keys(),
    ])
    for (const courseId of courseIds) await this.#reconsider(connection, courseId)
    return actor
  }

  removed(courseId: string, userIds: readonly string[]): void {
    const { people, rooms, seats } = this.#ports
    for (const userId of userIds) {
      for (const connection of people.of(userId)) people.unenrol(connection, courseId)
      for (const connection of rooms.evict(courseId, userId)) this.#tellOut(connection, courseId)
      seats.forget(userId, courseId)
    }
  }

  async changed(courseId: string, userIds: readonly string[]): Promise<void> {
    for (const userId of userIds) {
      for (const connection of this.#ports.people.of(userId)) await this.#reconsider(connection, courseId)
    }
  }

  archived(courseId: string): void {
    const { people, rooms } = this.#ports
    for (const connection of people.enrolledIn(courseId)) people.unenrol(connection, courseId)
    for (const connection of rooms.dissolve(courseId)) this.#tellOut(connection, courseId)
  }

  async restored(courseId: string): Promise<void> {
    for (const connection of this.#ports.people.all()) await this.#reconsider(connection, courseId)
  }

  /** The account is no more, or may not sign in any more. */
  userGone(userId: string): void {
    for (const connection of this.#ports.people.of(userId)) connection.end()
  }

  /** The account has another name or role: its connections come back as what it is now, and miss nothing. */
  userChanged(userId: string): void {
    for (const connection of this.#ports.people.of(userId)) connection.drop()
  }

  async #resumeAll(connection: Connection): Promise<void> {
    for (const courseId of [...(this.#waiting.get(connection)?.rooms.keys() ?? [])]) {
      await this.resumeNow(connection, courseId).catch((error: unknown) =>
        this.#ports.logger.error({ err: error, courseId, userId: connection.actor.userId }, 'resume failed'),
      )
    }
    this.#endWaiting(connection)
  }

  /** The seats of before are under this connection's name now. */
  #endWaiting(connection: Connection): void {
    const previousId = this.#waiting.get(connection)?.previousId
    if (previousId !== undefined) this.#ports.seats.release([previousId])
    this.#waiting.delete(connection)
  }

  async #resume(connection: Connection, reach: RoomReach): Promise<void> {
    const { access, rooms, seats } = this.#ports
    try {
      await rooms.resume(connection, () => access.accessTo(connection.actor, reach.courseId), reach.rev, seats)
    } catch (error) {
      if (!connection.isOpen)
        return seats.park(connection.id, connection.actor.userId, [{ ...reach, entered: reach.rev }])
      if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error
    }
  }

  async #reconsider(connection: Connection, courseId: string): Promise<void> {
    const { people } = this.#ports
    const access = await this.#accessOf(connection, courseId)
    if (access === undefined) {
      people.unenrol(connection, courseId)
      const room = connection.rooms.get(courseId)
      room?.leave(connection, false)
      if (room !== undefined) this.#tellOut(connection, courseId)
      return
    }
    if (access.role !== 'admin') people.enrol(connection, courseId)
    connection.rooms.get(courseId)?.changeRole(connection, access.role)
  }

  async #accessOf(connection: Connection, courseId: string): Promise<CourseAccess | undefined> {
    try {
      return await this.#ports.access.accessTo(connection.actor, courseId)
    } catch (error) {
      if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined
      throw error
    }
  }

  /** Otherwise the client would sit in a silent room. */
  #tellOut(connection: Connection, courseId: string): void {
    this.#ports.seats.leave(connection.id, courseId)
    connection.emit('chat:error', {
      event: 'chat:join_room',
      code: 'NOT_FOUND',
      message: 'You are no longer in this course.',
      details: { course_id: courseId, reason: 'removed' },
    })
  }
}
