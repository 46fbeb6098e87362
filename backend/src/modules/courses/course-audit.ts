import type { Actor } from '../../access/actor.ts'
import type { AuditLog } from './courses.types.ts'

/** Ids of one line; beyond it their number tells. */
const MOST_IDS = 100

/** Writes down what the API key changes, and every removal by whomever: ids, never a name or an address. */
export class CourseAudit {
  readonly #log: AuditLog

  constructor(log: AuditLog) {
    this.#log = log
  }

  changed(actor: Actor, action: string, courseId: string, userIds: readonly string[] = []): void {
    if (actor.kind === 'api_key') this.#write(actor, action, courseId, userIds)
  }

  removed(actor: Actor, courseId: string, userIds: readonly string[]): void {
    if (userIds.length > 0) this.#write(actor, 'member.remove', courseId, userIds)
  }

  #write(actor: Actor, action: string, courseId: string, userIds: readonly string[]): void {
    const fields = {
      audit: action,
      by: actor.kind === 'api_key' ? 'api_key' : actor.userId,
      course_id: courseId,
      ...(userIds.length > 0 ? { user_count: userIds.length, user_ids: userIds.slice(0, MOST_IDS) } : {}),
    }
    this.#log.info(fields, 'audit')
  }
}
