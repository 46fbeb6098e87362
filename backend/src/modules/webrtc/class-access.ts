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
    try {
      const { role } = await this.#courses.accessTo(actor, session.courseId)
      return { session, role }
    } catch (error) {
      throw error instanceof AppError && error.code === 'NOT_FOUND' ? noSuchClass() : error
    }
  }

  /** Who is in the class counts by what they are there: a role that was lowered has lost its powers. @throws AppError `NOT_FOUND`, `FORBIDDEN` */
  async asStaff(actor: UserActor, sessionId: string): Promise<ClassEntry> {
    const entry = await this.to(actor, sessionId)
    const here = this.#classes.state(sessionId)?.people.get(actor.userId)
    if (!isStaffHere(here ?? entry)) throw forbidden('This is for the course’s staff.')
    return entry
  }
}
