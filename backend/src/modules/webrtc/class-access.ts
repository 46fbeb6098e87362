import type { EffectiveRole } from '@lectern/protocol'
import type { UserActor } from '../../access/actor.ts'
import { AppError, forbidden } from '../../shared/errors.ts'
import { isStaffHere } from './class-state.ts'
import { type Classes, noSuchClass } from './classes.ts'
import type { CourseAccessPort, StoredSession } from './webrtc.types.ts'

export interface ClassEntry {
  readonly session: StoredSession
  /** What the actor is in the course. */
  readonly role: EffectiveRole
}

/** The one way to get hold of a class. */
export class ClassAccess {
  readonly #classes: Classes
  readonly #courses: CourseAccessPort

  constructor(classes: Classes, courses: CourseAccessPort) {
    this.#classes = classes
    this.#courses = courses
  }

  /** @throws AppError `NOT_FOUND`, the same whether there is no such class or one is a stranger to its course */
  async to(actor: UserActor, sessionId: string): Promise<ClassEntry> {
    const session = await this.#classes.session(sessionId)
    const role = await this.roleIn(actor, session.courseId)
    if (role === undefined) throw noSuchClass()
    return { session, role }
  }

  /** What the actor is in the course by now; undefined for a stranger. */
  async roleIn(actor: UserActor, courseId: string): Promise<EffectiveRole | undefined> {
    try {
      return (await this.#courses.accessTo(actor, courseId)).role
    } catch (error) {
      if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined
      throw error
    }
  }

  /**
   * The token that asks says what they are in the course; who has lowered their role in the class has lost its powers.
   * @throws AppError `NOT_FOUND`, `FORBIDDEN`
   */
  async asStaff(actor: UserActor, sessionId: string): Promise<ClassEntry> {
    const entry = await this.to(actor, sessionId)
    const here = this.#classes.state(sessionId)?.people.get(actor.userId)
    const isLowered = here !== undefined && here.role !== here.enrolledRole && !isStaffHere(here)
    if (isLowered || !isStaffHere(entry)) throw forbidden('This is for the course’s staff.')
    return entry
  }
}
