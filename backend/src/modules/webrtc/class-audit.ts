import type { UserActor } from '../../access/actor.ts'
import type { AuditLog } from './attendance.types.ts'
import type { StoredSession } from './webrtc.types.ts'

type Action = 'class.remove' | 'class.ban' | 'class.lift_ban'

/** Who did it, in which class, to whom. */
interface Deed {
  readonly by: UserActor
  readonly session: Pick<StoredSession, 'id' | 'courseId'>
  readonly userId: string
}

/** Writes down who is put out of a class, kept out of it, and let in again: ids, never a name. */
export class ClassAudit {
  readonly #log: AuditLog

  constructor(log: AuditLog) {
    this.#log = log
  }

  write(action: Action, { by, session, userId }: Deed): void {
    const where = { course_id: session.courseId, session_id: session.id }
    this.#log.info({ audit: action, by: by.userId, ...where, user_ids: [userId] }, 'audit')
  }
}
