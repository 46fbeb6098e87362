import type { JoinSessionAnswer, JoinSessionPayload } from '@lectern/protocol'
import type { UserActor } from '../../access/actor.ts'
import { conflict, notFound, unavailable } from '../../shared/errors.ts'
import type { ClassAccess } from './class-access.ts'
import { type Removal, remove } from './class-actions.ts'
import type { ClassAudit } from './class-audit.ts'
import { follow } from './class-course.ts'
import type { ClassHub } from './class-hub.ts'
import { type JoinRequest, join, leave, staffName } from './class-joining.ts'
import { type ClassDraft, type ClassState, toSession } from './class-state.ts'
import type { Classes } from './classes.ts'
import type { IceServers } from './ice-servers.ts'
import type { MediaEngine, Signal } from './media/media-engine.types.ts'
import { nameKey } from './names.ts'
import { requireSize, signalFrom } from './signals.ts'
import type { ClassConnection, CourseAccessPort, StoredSession } from './webrtc.types.ts'

export interface WebrtcServicePorts {
  readonly classes: Classes
  readonly access: ClassAccess
  readonly courses: CourseAccessPort
  readonly hub: ClassHub
  readonly engine: MediaEngine
  readonly ice: IceServers
  readonly audit: ClassAudit
  readonly failed: (error: unknown) => void
}

/** A change that has its place in the order of the class. `stored` resolves when it is on disk. */
export interface Receipt<Stored> {
  readonly stored: Promise<Stored>
}

/** What connections ask of classes, and who may. */
export class WebrtcService {
  readonly #ports: WebrtcServicePorts

  constructor(ports: WebrtcServicePorts) {
    this.#ports = ports
  }

  /**
   * Resolves when it is on disk, and before anybody is told.
   * @throws AppError `NOT_FOUND`, `CONFLICT`, `FORBIDDEN`, `VALIDATION_FAILED`
   */
  async join(connection: ClassConnection, payload: JoinSessionPayload): Promise<JoinSessionAnswer> {
    const { classes, access, hub } = this.#ports
    const { actor } = connection
    const { sessionId, displayName } = payload
    const { session, role } = await access.to(actor, sessionId)
    if (displayName !== undefined) await this.#requireNoStaffName(actor, session.courseId, displayName)
    if (!connection.isOpen) throw unavailable('The connection has gone.')
    const isNew = hub.joins(connection, sessionId)
    const request: JoinRequest = {
      userId: actor.userId,
      userName: actor.name,
      enrolledRole: role,
      connectionId: connection.id,
      instanceId: payload.instanceId ?? connection.id,
      askedRole: payload.role,
      displayName,
      audio: payload.audio,
      video: payload.video,
    }
    const { session: joined, ...answer } = await classes
      .ask(sessionId, (draft) => join(draft, request))
      .catch((error: unknown) => {
        if (isNew) hub.parts(connection, sessionId)
        throw error
      })
    // Not waited for: what is told of the class comes behind the answer, and must not overtake it.
    void this.#follow(actor, session)
    const { iceServers } =
      answer.state === 'joined' ? this.#ports.ice.for(actor.userId) : { iceServers: this.#ports.ice.stun() }
    const { topology } = this.#ports.engine.media(sessionId)
    return { sessionId, ...answer, iceServers, topology, session: toSession(joined) }
  }

  /** Resolves when it is on disk. @throws AppError `NOT_FOUND` */
  async leave(connection: ClassConnection, sessionId: string): Promise<void> {
    const { stored } = await this.act(connection, sessionId, (draft) => leave(draft, senderOf(connection)))
    await stored
    this.#ports.hub.parts(connection, sessionId)
  }

  /**
   * Something that a participant does. Resolves when it has its place in the order of the class.
   * @throws AppError `NOT_FOUND` for a stranger
   */
  async act<Answer>(
    connection: ClassConnection,
    sessionId: string,
    decide: (draft: ClassDraft) => Answer,
  ): Promise<Receipt<Answer>> {
    await this.#ports.access.to(connection.actor, sessionId)
    return { stored: this.#ports.classes.ask(sessionId, decide) }
  }

  /** @throws AppError `NOT_FOUND` for a stranger */
  async remove(
    connection: ClassConnection,
    { sessionId, userId, ban }: { readonly sessionId: string; readonly userId: string; readonly ban: boolean },
  ): Promise<Receipt<void>> {
    const { session } = await this.#ports.access.to(connection.actor, sessionId)
    const enrolled = ban ? await this.#ports.courses.enrolledAs(session.courseId, userId) : undefined
    const removal: Removal = { userId, ban, enrolled }
    const stored = this.#ports.classes.ask(sessionId, (draft) => remove(draft, senderOf(connection), removal))
    return { stored: stored.then(() => this.#wasRemoved(connection.actor, session, removal)) }
  }

  /**
   * Hands on what one participant says to another, unchanged, from memory.
   * @throws AppError `PAYLOAD_TOO_LARGE`; `NOT_FOUND` for a stranger, and where the target is no participant; `CONFLICT`;
   * `UNAVAILABLE` while the target has dropped out: nothing is kept for them
   */
  async signal(
    connection: ClassConnection,
    { sessionId, targetUserId }: { readonly sessionId: string; readonly targetUserId: string },
    signal: Signal,
  ): Promise<void> {
    requireSize(signal)
    const { classes, engine, hub, access } = this.#ports
    const { userId } = connection.actor
    const state = classes.state(sessionId)
    if (state === undefined || !isIn(state, connection)) {
      await access.to(connection.actor, sessionId)
      throw conflict('Join the class first.')
    }
    if (targetUserId === 'sfu') return engine.signal({ sessionId, userId }, signal)
    const target = state.people.get(targetUserId)
    if (target?.state !== 'joined' || targetUserId === userId) throw notFound('No such participant.')
    const link = state.links.get(targetUserId)
    if (link?.status !== 'on') throw unavailable('This participant has dropped out, and may be back in a moment.')
    hub.deliver(signalFrom(userId, { sessionId, to: link.connectionId, signal }))
  }

  #wasRemoved(by: UserActor, session: StoredSession, { userId, ban }: Removal): void {
    // Whoever removes themselves has left.
    if (userId !== by.userId) this.#ports.audit.write(ban ? 'class.ban' : 'class.remove', { by, session, userId })
  }

  async #requireNoStaffName(actor: UserActor, courseId: string, displayName: string): Promise<void> {
    const key = nameKey(displayName)
    if (key === nameKey(actor.name)) return
    const staff = await this.#ports.courses.staffOf(courseId)
    if (staff.some(({ user_id, user_name }) => user_id !== actor.userId && nameKey(user_name) === key))
      throw staffName()
  }

  /** What became of their enrolment while they joined, before the class knew of them, counts in it too. */
  async #follow(actor: UserActor, { id: sessionId, courseId }: Pick<StoredSession, 'id' | 'courseId'>): Promise<void> {
    const { access, classes, failed } = this.#ports
    try {
      const role = await access.roleIn(actor, courseId)
      const known = classes.state(sessionId)?.people.get(actor.userId)
      if (known === undefined || known.enrolledRole === role) return
      await classes.insist(sessionId, (draft) => follow(draft, actor.userId, role))
    } catch (error) {
      failed(error)
    }
  }
}

export const senderOf = ({ id, actor }: ClassConnection) => ({ userId: actor.userId, connectionId: id })

function isIn({ people, links }: ClassState, { id, actor }: ClassConnection): boolean {
  const link = links.get(actor.userId)
  return people.get(actor.userId)?.state === 'joined' && link?.status === 'on' && link.connectionId === id
}
