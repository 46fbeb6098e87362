import { type CourseRole, type MemberRecord, toTime } from '@lectern/protocol'
import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import { isStaff } from '../../access/actor.ts'
import { mayChangeRoles, mayEnrolAs, mayReplaceRosters } from '../../access/policies.ts'
import type { Clock } from '../../shared/clock.ts'
import { cutPage, decodeCursor, type Page } from '../../shared/cursor.ts'
import { forbidden, invalid } from '../../shared/errors.ts'
import type { EnrolmentAccess } from './access.ts'
import type { CourseAudit } from './course-audit.ts'
import type { EnrolmentEvents, Member } from './courses.types.ts'
import type { EnrolmentRepository } from './enrolments.repository.ts'
import { newJoinCode } from './join-code.ts'

export interface EnrolmentServicePorts {
  readonly enrolments: EnrolmentRepository
  readonly access: EnrolmentAccess
  readonly events: EnrolmentEvents
  readonly audit: CourseAudit
  readonly clock: Clock
}

/** One of a roster's entries as it came in. */
export interface RosterEntryInput {
  readonly user_id: string
  readonly name?: string
  readonly email?: string
  readonly role: CourseRole
}

const place = z.tuple([z.int(), z.string()]).transform(([joinedAt, userId]) => ({ joinedAt, userId }))

const recordOf = ({ userId, name, role, joinedAt }: Member): MemberRecord => ({
  user_id: userId,
  name,
  role,
  joined_at: toTime(joinedAt),
})

export class EnrolmentService {
  readonly #ports: EnrolmentServicePorts

  constructor(ports: EnrolmentServicePorts) {
    this.#ports = ports
  }

  /** In order of joining. @throws AppError `NOT_FOUND` */
  async page(
    actor: Actor,
    courseId: string,
    { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<Page<MemberRecord>> {
    await this.#ports.access.authorityIn(actor, courseId)
    const after = cursor === undefined ? undefined : decodeCursor(cursor, place)
    const found = await this.#ports.enrolments.membersPage(courseId, after, limit + 1)
    const { items, nextCursor } = cutPage(found, limit, ({ joinedAt, userId }) => [joinedAt, userId])
    return { items: items.map(recordOf), nextCursor }
  }

  /**
   * Enrols a user, undoing what removed them; who is enrolled already has the role from now on. An id that nobody bears
   * is made by the API key alone.
   * @throws AppError `NOT_FOUND`, `FORBIDDEN`, `CONFLICT` for the last teacher
   */
  async add(
    actor: Actor,
    courseId: string,
    { user_id: userId, email, role }: { user_id?: string; email?: string; role: CourseRole },
  ): Promise<{ member: MemberRecord; added: boolean }> {
    const by = await this.#ports.access.authorityIn(actor, courseId)
    if (!mayEnrolAs(by, role)) throw forbidden('Teachers enrol anybody, assistants students alone.')
    const person = userId !== undefined ? { userId } : email !== undefined ? { email } : undefined
    if (person === undefined) throw invalid('Expected user_id or email.')
    const { enrolments, clock } = this.#ports
    const makes = actor.kind === 'api_key'
    const { member, added, changed } = await enrolments.add({ courseId, person, role, by, makes, now: clock.now() })
    if (changed) await this.#ports.events.changed(courseId, [member.userId])
    this.#ports.audit.changed(actor, 'member.add', courseId, [member.userId])
    return { member: recordOf(member), added }
  }

  /** @throws AppError `NOT_FOUND`, `FORBIDDEN`, `CONFLICT` for the last teacher */
  async changeRole(actor: Actor, courseId: string, userId: string, role: CourseRole): Promise<MemberRecord> {
    const by = await this.#ports.access.authorityIn(actor, courseId)
    if (!mayChangeRoles(by)) throw forbidden('Only teachers change roles.')
    const { member, changed } = await this.#ports.enrolments.changeRole({ courseId, userId, role, by })
    if (changed) await this.#ports.events.changed(courseId, [userId])
    this.#ports.audit.changed(actor, 'member.change_role', courseId, [userId])
    return recordOf(member)
  }

  /**
   * Removes a member, who comes back through staff alone; for themselves it is leaving, after which a code lets them in.
   * @throws AppError `NOT_FOUND`, `FORBIDDEN`, `CONFLICT` for the last teacher
   */
  async remove(actor: Actor, courseId: string, userId: string): Promise<void> {
    const by = await this.#ports.access.authorityIn(actor, courseId)
    const leaves = actor.kind === 'user' && actor.userId === userId
    if (leaves && actor.courses?.has(courseId)) throw forbidden('The system that enrolled you decides.')
    if (!leaves && !isStaff({ courseId, role: by })) throw forbidden('Only staff remove members.')
    const removedAt = leaves ? undefined : this.#ports.clock.now()
    await this.#ports.enrolments.remove({ courseId, userId, by, removedAt })
    await this.#ports.events.removed(courseId, [userId])
    if (!leaves) this.#ports.audit.removed(actor, courseId, [userId])
  }

  /**
   * Makes the course's members those named, each once, in one transaction; makes course and users where missing.
   * @returns all members, in order of joining
   * @throws AppError `FORBIDDEN`; `NOT_FOUND` for an archived course or one of the other realm; `CONFLICT` when an id or
   * an address is somebody else's, and for the last teacher
   */
  async replaceRoster(
    actor: Actor,
    courseId: string,
    { members, title }: { members: readonly RosterEntryInput[]; title?: string },
  ): Promise<MemberRecord[]> {
    const { access, audit, clock, enrolments, events } = this.#ports
    if (!mayReplaceRosters(actor)) {
      await access.authorityIn(actor, courseId)
      throw forbidden('Only administrators replace a roster.')
    }
    const changes = await enrolments.replaceRoster({
      courseId,
      realm: actor.realm,
      title,
      members: members.map(({ user_id: userId, name, email, role }) => ({ userId, name, email, role })),
      joinCode: newJoinCode(),
      by: actor.kind === 'user' ? actor.userId : null,
      now: clock.now(),
    })
    const changed = [...changes.added, ...changes.changed]
    if (changes.removed.length > 0) await events.removed(courseId, changes.removed)
    if (changed.length > 0) await events.changed(courseId, changed)
    audit.removed(actor, courseId, changes.removed)
    audit.changed(actor, 'roster.replace', courseId, changed)
    return (await access.members(courseId)).map(recordOf)
  }
}
