import type { Server as HttpServer } from 'node:http'
import type { ClientEventName } from '@lectern/protocol'
import type { PersonLimits } from '../access/person-limits.ts'
import type { Database } from '../database/database.ts'
import type { Clock } from '../shared/clock.ts'
import type { Logger } from '../shared/logger.ts'
import { ActivityNotifier, type CourseActivity } from './activity.ts'
import { authEvents } from './auth-events.ts'
import { CourseRooms } from './course-rooms.ts'
import { type BoundEvent, Dispatcher, type EventObserver } from './dispatcher.ts'
import { ExpiryWatch } from './expiry.ts'
import type { HandshakePorts } from './handshake.ts'
import { type LiveAccess, LiveCourses } from './live-courses.ts'
import { People } from './people.ts'
import type { PresenceOptions } from './presence.ts'
import { acceptConnections, type ConnectionListener, createSocketServer, everyListener } from './realtime-server.ts'
import type { RoomLog } from './room-ports.ts'
import { SeatRepository } from './seats.repository.ts'
import { Seats } from './seats.ts'

export interface RealtimeOptions extends HandshakePorts {
  readonly httpServer: HttpServer
  readonly database: Database
  readonly clock: Clock
  readonly logger: Logger
  readonly access: LiveAccess
  readonly log: RoomLog
  readonly activity: (courseId: string, userIds: readonly string[]) => Promise<CourseActivity>
  readonly presence: Omit<PresenceOptions, 'clock'>
  readonly limits: PersonLimits
  /** Connections per person; 0 is no limit. */
  readonly maxSockets: number
  /** Does not jump. */
  readonly steady: Clock
  readonly observe: EventObserver
}

/** How long a shutdown waits for clients to have taken what was sent. */
const FAREWELL_MS = 1_000

/** Everything that lives while a connection does. */
export class Realtime {
  readonly people = new People()
  readonly rooms: CourseRooms
  readonly seats: Seats
  readonly live: LiveCourses
  readonly activity: ActivityNotifier
  readonly #options: RealtimeOptions
  readonly #io: ReturnType<typeof createSocketServer>
  readonly #expiry: ExpiryWatch
  #dispatcher: Dispatcher | undefined

  constructor(options: RealtimeOptions) {
    const { clock, database, logger } = options
    this.#options = options
    this.#io = createSocketServer(options.httpServer, options.allowedOrigins)
    this.#expiry = new ExpiryWatch(clock)
    const failed = (error: unknown): void => logger.error({ err: error }, 'realtime work failed')
    this.rooms = new CourseRooms({
      io: this.#io,
      log: options.log,
      presence: { ...options.presence, clock },
      epoch: database.epoch,
      logger,
    })
    this.seats = new Seats({ clock, store: new SeatRepository(database), moved: () => this.rooms.moved(), failed })
    this.activity = new ActivityNotifier({ people: this.people, activity: options.activity, failed })
    this.live = new LiveCourses({
      people: this.people,
      rooms: this.rooms,
      seats: this.seats,
      expiry: this.#expiry,
      access: options.access,
      authenticate: options.authenticate,
      logger,
    })
  }

  /**
   * Takes over what the last process left, and lets connections in.
   * @param others who hears of connections besides the courses' rooms
   */
  async start(
    events: Record<Exclude<ClientEventName, 'auth:refresh'>, BoundEvent>,
    others: readonly ConnectionListener[],
  ): Promise<void> {
    const { limits, logger, observe, authenticate, allowedOrigins, maxSockets, steady } = this.#options
    await this.live.start()
    const listener = everyListener([this.live, ...others])
    const auth = authEvents(this.live, (connection) => listener.refreshed(connection))
    this.#dispatcher = new Dispatcher({ ...events, ...auth }, limits, logger, observe)
    acceptConnections(this.#io, {
      authenticate,
      allowedOrigins,
      people: this.people,
      dispatcher: this.#dispatcher,
      expiry: this.#expiry,
      listener,
      maxSockets,
      steady,
      logger,
    })
  }

  /** A person's mark has moved: their other connections are told. */
  tellRead(userId: string, courseId: string, seq: number, exceptConnectionId: string): void {
    for (const connection of this.people.of(userId)) {
      if (connection.id !== exceptConnectionId) connection.emit('chat:read', { courseId, seq })
    }
  }

  /** Answers what was accepted, parks every seat, and lets the clients go; they come back by themselves. */
  async close(): Promise<void> {
    await this.#dispatcher?.drain()
    for (const connection of this.people.all()) connection.drop()
    await this.people.emptied(FAREWELL_MS)
    await this.#io.close()
    this.activity.close()
    await this.seats.close()
    this.rooms.close()
  }
}
