import { AppError } from '../../shared/errors.ts'
import type { SteadyTime } from '../../shared/steady-time.ts'
import type { Absentee, Heartbeat } from './attendance.types.ts'
import type { ClassAccess } from './class-access.ts'
import { closeWithCourse, follow, putOut } from './class-course.ts'
import type { ClassHub } from './class-hub.ts'
import { drop, leave } from './class-joining.ts'
import { isSilent } from './class-state.ts'
import type { Classes } from './classes.ts'
import type { ClassConnection } from './webrtc.types.ts'

export interface ClassPresencePorts {
  readonly classes: Classes
  readonly hub: ClassHub
  readonly access: Pick<ClassAccess, 'roleIn'>
  readonly time: SteadyTime
  readonly graceMs: number
  readonly heartbeat: (beat: Heartbeat) => Promise<void>
  readonly failed: (error: unknown) => void
}

const HEARTBEAT_MS = 10_000

/** Keeps classes in step with what happens to connections and enrolments, and notes who gives signs of life. */
export class ClassPresence {
  readonly #ports: ClassPresencePorts
  #callOff: () => void = () => undefined

  constructor(ports: ClassPresencePorts) {
    this.#ports = ports
  }

  start(): void {
    this.#callOff = this.#ports.time.after(HEARTBEAT_MS, () => {
      this.start()
      this.beat().catch((error: unknown) => this.#ports.failed(error))
    })
  }

  stop(): void {
    this.#callOff()
  }

  /** One sign of life of everybody of whom there has been one; asks them for the next. */
  async beat(): Promise<void> {
    const { classes, hub, time, heartbeat } = this.#ports
    const live = classes.states().filter(({ session }) => session.status === 'live')
    for (const connection of hub.inClasses()) connection.ping()
    if (live.length === 0) return
    const at = time.now()
    const absent = live.flatMap(({ session, links }): Absentee[] =>
      [...links].flatMap(([userId, link]) => {
        const connection = link.status === 'on' ? hub.connection(link.connectionId) : undefined
        const isThere = connection !== undefined && !isSilent(connection.lastSeenAt, at)
        return link.isCounted && !isThere ? [{ sessionId: session.id, userId }] : []
      }),
    )
    await heartbeat({ at, absent })
  }

  async connected(connection: ClassConnection): Promise<void> {
    // One that has gone already is not told of again.
    if (connection.isOpen) this.#ports.hub.add(connection)
  }

  /** @param ending `left`: for good, by somebody's word */
  disconnected(connection: ClassConnection, ending: 'left' | 'dropped' | 'lost'): void {
    const { hub, time, graceMs } = this.#ports
    const who = { userId: connection.actor.userId, connectionId: connection.id }
    const now = time.now()
    const seenAt = ending === 'lost' || isSilent(connection.lastSeenAt, now) ? connection.lastSeenAt : now
    for (const sessionId of hub.remove(connection)) {
      void this.#insist(sessionId, (draft) =>
        ending === 'left'
          ? leave(draft, { ...who, seenAt })
          : drop(draft, { ...who, seenAt, until: draft.now + graceMs }),
      )
    }
  }

  /** Its token is another, by which its person may be more, less, or a stranger. */
  async refreshed(connection: ClassConnection): Promise<void> {
    const { hub, classes } = this.#ports
    for (const sessionId of hub.sessionsOf(connection)) {
      const link = classes.state(sessionId)?.links.get(connection.actor.userId)
      // Another connection of theirs may have taken over, with a token of its own.
      if (link?.status === 'on' && link.connectionId === connection.id) await this.#reconsider(connection, sessionId)
    }
  }

  async removed(courseId: string, userIds: readonly string[]): Promise<void> {
    for (const sessionId of this.#classesOf(courseId)) {
      await this.#insist(sessionId, (draft) => {
        for (const userId of userIds) putOut(draft, userId)
      })
    }
  }

  async changed(courseId: string, userIds: readonly string[]): Promise<void> {
    const changed = new Set(userIds)
    for (const { session, links } of this.#ports.classes.states()) {
      if (session.courseId !== courseId) continue
      for (const [userId, link] of links) {
        const connection = link.status === 'on' ? this.#ports.hub.connection(link.connectionId) : undefined
        if (changed.has(userId) && connection !== undefined) await this.#reconsider(connection, session.id)
      }
    }
  }

  async archived(courseId: string): Promise<void> {
    for (const sessionId of this.#classesOf(courseId)) await this.#insist(sessionId, closeWithCourse)
  }

  restored(): void {
    // Its classes ended with it; one that was planned is there again.
  }

  #classesOf(courseId: string): string[] {
    return this.#ports.classes.states().flatMap(({ session }) => (session.courseId === courseId ? [session.id] : []))
  }

  async #reconsider({ actor }: ClassConnection, sessionId: string): Promise<void> {
    const courseId = this.#ports.classes.state(sessionId)?.session.courseId
    if (courseId === undefined) return
    const role = await this.#ports.access.roleIn(actor, courseId)
    await this.#insist(sessionId, (draft) => follow(draft, actor.userId, role))
  }

  async #insist(sessionId: string, decide: Parameters<Classes['insist']>[1]): Promise<void> {
    try {
      await this.#ports.classes.insist(sessionId, decide)
    } catch (error) {
      // A class that is there no more has nobody in it.
      if (!(error instanceof AppError && error.code === 'NOT_FOUND')) this.#ports.failed(error)
    }
  }
}
