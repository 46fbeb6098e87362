import type {
  BanRecord,
  ClassSession,
  CreateSessionBody,
  IceServersAnswer,
  PageQuery,
  Participant,
  SessionsQuery,
  UpdateSessionBody,
} from '@lectern/protocol'
import { toTime } from '@lectern/protocol'
import { z } from 'zod'
import { isStaff, type UserActor } from '../../access/actor.ts'
import type { Clock } from '../../shared/clock.ts'
import { cutPage, decodeCursor, type Page } from '../../shared/cursor.ts'
import { forbidden } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { ClassAccess } from './class-access.ts'
import type { ClassAudit } from './class-audit.ts'
import { end, erase, liftBan, plan, reopen } from './class-course.ts'
import { participantsOf, toParticipant, toSession } from './class-state.ts'
import type { Classes } from './classes.ts'
import type { IceServers } from './ice-servers.ts'
import { plannedSession } from './planned-session.ts'
import type { SessionPlace, SessionRepository } from './sessions.repository.ts'
import type { CourseAccessPort, CourseAudience, StoredBan } from './webrtc.types.ts'

export interface SessionServicePorts {
  readonly classes: Classes
  readonly access: ClassAccess
  readonly courses: CourseAccessPort
  readonly repository: SessionRepository
  readonly audience: CourseAudience
  readonly ice: IceServers
  readonly audit: ClassAudit
  /** Does not jump. */
  readonly time: Clock
}

const sessionPlace = z.tuple([z.literal('session'), z.int(), z.int(), z.string()])
const joinedPlace = z.tuple([z.literal('place'), z.int()])
const bannedPlace = z.tuple([z.literal('ban'), z.int(), z.string()])

/** The classes of a course, and what is asked of one from outside. */
export class SessionService {
  readonly #ports: SessionServicePorts

  constructor(ports: SessionServicePorts) {
    this.#ports = ports
  }

  /** The live ones, what comes next first, what has no time, and what is over, the latest first. @throws AppError `NOT_FOUND` */
  async list(actor: UserActor, courseId: string, query: SessionsQuery): Promise<Page<ClassSession>> {
    await this.#ports.courses.accessTo(actor, courseId)
    const { status, cursor, limit } = query
    const after = cursor === undefined ? undefined : placeOf(decodeCursor(cursor, sessionPlace))
    const found = await this.#ports.repository.list({ courseId, status, after, limit: limit + 1 })
    const page = cutPage(found, limit, ({ place: { part, rank, id } }) => ['session', part, rank, id])
    return { ...page, items: page.items.map(({ session }) => toSession(session)) }
  }

  /** @throws AppError `NOT_FOUND`, `FORBIDDEN`, `CONFLICT` for an id that is taken */
  async create(actor: UserActor, courseId: string, body: CreateSessionBody): Promise<ClassSession> {
    const access = await this.#ports.courses.accessTo(actor, courseId)
    if (!isStaff(access)) throw forbidden('Staff alone plan classes.')
    const session = plannedSession({
      id: body.id ?? newId(),
      courseId,
      title: body.title,
      createdBy: actor.userId,
      lobby: body.lobby,
      createdAt: this.#ports.time.now(),
      scheduledAt: body.scheduled_at,
      durationMin: body.duration_min,
    })
    await this.#ports.repository.create(session)
    this.#ports.audience.stateChanged({ sessionId: session.id, courseId, status: session.status })
    return toSession(session)
  }

  /** @throws AppError `NOT_FOUND` */
  async get(actor: UserActor, sessionId: string): Promise<ClassSession> {
    return toSession((await this.#ports.access.to(actor, sessionId)).session)
  }

  /** @throws AppError `NOT_FOUND`, `FORBIDDEN` */
  async update(actor: UserActor, sessionId: string, body: UpdateSessionBody): Promise<ClassSession> {
    await this.#ports.access.asStaff(actor, sessionId)
    return toSession(await this.#ports.classes.ask(sessionId, (draft) => plan(draft, body)))
  }

  /** @throws AppError `NOT_FOUND`, `FORBIDDEN` */
  async remove(actor: UserActor, sessionId: string): Promise<void> {
    await this.#ports.access.asStaff(actor, sessionId)
    await this.#ports.classes.ask(sessionId, erase)
  }

  /** @throws AppError `NOT_FOUND`, `FORBIDDEN` */
  async end(actor: UserActor, sessionId: string): Promise<ClassSession> {
    await this.#ports.access.asStaff(actor, sessionId)
    return toSession(await this.#ports.classes.ask(sessionId, end))
  }

  /** @throws AppError `NOT_FOUND`, `FORBIDDEN` */
  async reopen(actor: UserActor, sessionId: string): Promise<ClassSession> {
    await this.#ports.access.asStaff(actor, sessionId)
    return toSession(await this.#ports.classes.ask(sessionId, reopen))
  }

  /** In the order of joining. @throws AppError `NOT_FOUND` */
  async participants(actor: UserActor, sessionId: string, { limit, cursor }: PageQuery): Promise<Page<Participant>> {
    await this.#ports.access.to(actor, sessionId)
    const after = cursor === undefined ? 0 : decodeCursor(cursor, joinedPlace)[1]
    const state = this.#ports.classes.state(sessionId)
    const found = state === undefined ? [] : participantsOf(state).filter(({ place }) => place > after)
    const page = cutPage(found, limit, ({ place }) => ['place', place])
    return { ...page, items: page.items.map((person) => toParticipant(sessionId, person)) }
  }

  /** @throws AppError `NOT_FOUND`, `FORBIDDEN` */
  async bans(actor: UserActor, sessionId: string, { limit, cursor }: PageQuery): Promise<Page<BanRecord>> {
    await this.#ports.access.asStaff(actor, sessionId)
    const [, bannedAt, userId] = cursor === undefined ? [] : decodeCursor(cursor, bannedPlace)
    const after = bannedAt === undefined || userId === undefined ? undefined : { bannedAt, userId }
    const found = await this.#ports.repository.bans(sessionId, after, limit + 1)
    const page = cutPage(found, limit, (ban) => ['ban', ban.bannedAt, ban.userId])
    return { ...page, items: page.items.map(toBan) }
  }

  /** @throws AppError `NOT_FOUND`; `FORBIDDEN`, also for one's own */
  async liftBan(actor: UserActor, sessionId: string, userId: string): Promise<void> {
    const { session, role } = await this.#ports.access.asStaff(actor, sessionId)
    if (userId === actor.userId && role !== 'admin') throw forbidden('Somebody else of the staff lifts this.')
    await this.#ports.classes.ask(sessionId, (draft) => liftBan(draft, userId))
    this.#ports.audit.write('class.lift_ban', { by: actor, session, userId })
  }

  /** @throws AppError `NOT_FOUND`, `FORBIDDEN` for who is not in the class, or while it is not live */
  async iceServers(actor: UserActor, sessionId: string): Promise<IceServersAnswer> {
    await this.#ports.access.to(actor, sessionId)
    const here = this.#ports.classes.state(sessionId)?.people.get(actor.userId)
    if (here?.state !== 'joined') throw forbidden('This is for those in the live class.')
    return this.#ports.ice.for(actor.userId)
  }
}

const placeOf = ([, part, rank, id]: z.output<typeof sessionPlace>): SessionPlace => ({ part, rank, id })

const toBan = ({ userId, userName, bannedBy, bannedAt }: StoredBan): BanRecord => ({
  user_id: userId,
  user_name: userName,
  banned_by: bannedBy,
  banned_at: toTime(bannedAt),
})
