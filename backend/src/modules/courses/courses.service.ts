import { type CourseRecord, formatJoinCode, LIMITS, normaliseJoinCode, toTime } from '@lectern/protocol'
import { z } from 'zod'
import type { Actor, EffectiveRole, UserActor } from '../../access/actor.ts'
import {
  mayArchiveCourse,
  mayChooseCourseId,
  mayMakeCourses,
  mayRenameCourse,
  mayRenewJoinCode,
  mayRestoreCourses,
  maySeeEveryCourse,
  maySeeJoinCode,
} from '../../access/policies.ts'
import type { Clock } from '../../shared/clock.ts'
import { cutPage, decodeCursor, type Page } from '../../shared/cursor.ts'
import { forbidden, notFound } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { Limiter, LimitPolicy } from '../../shared/limiter.ts'
import { type EnrolmentAccess, enrolledRole } from './access.ts'
import type { CourseAudit } from './course-audit.ts'
import type { CourseRepository } from './courses.repository.ts'
import type { Course, EnrolmentEvents } from './courses.types.ts'
import type { EnrolmentRepository } from './enrolments.repository.ts'
import { newJoinCode } from './join-code.ts'

export interface CourseServicePorts {
  readonly courses: CourseRepository
  readonly enrolments: EnrolmentRepository
  readonly access: EnrolmentAccess
  readonly events: EnrolmentEvents
  readonly audit: CourseAudit
  readonly limiter: Limiter
  readonly clock: Clock
}

const CODE_TRIES: LimitPolicy = { amount: 10, perMs: 60_000 }
const RESTORABLE_MS = LIMITS.restoreDays * 24 * 3_600_000

const place = z.tuple([z.int(), z.string()]).transform(([createdAt, id]) => ({ createdAt, id }))

/** What its caller sees of a course: no role for the API key, which is nobody in it; the code for staff. */
function recordOf(actor: Actor, course: Course, role: EffectiveRole): CourseRecord {
  return {
    id: course.id,
    title: course.title,
    role: actor.kind === 'api_key' ? null : role,
    join_code: maySeeJoinCode(role) ? formatJoinCode(course.joinCode) : null,
    member_count: course.memberCount,
    created_at: toTime(course.createdAt),
    archived_at: course.archivedAt === null ? null : toTime(course.archivedAt),
  }
}

export class CourseService {
  readonly #ports: CourseServicePorts

  constructor(ports: CourseServicePorts) {
    this.#ports = ports
  }

  /** The actor's courses, newest first; an administrator's are all of the realm. */
  async list(actor: Actor, { limit, cursor }: { limit: number; cursor?: string }): Promise<Page<CourseRecord>> {
    const { access, courses } = this.#ports
    const every = maySeeEveryCourse(actor)
    const ids = every ? undefined : (await access.coursesOf(actor)).map((entry) => entry.courseId)
    const after = cursor === undefined ? undefined : decodeCursor(cursor, place)
    const page = cutPage(
      await courses.list({ realm: actor.realm, ids, after, limit: limit + 1 }),
      limit,
      ({ createdAt, id }) => [createdAt, id],
    )
    const roles = await this.#rolesIn(actor, page.items)
    const items = page.items.flatMap((course) => {
      const role = roles(course.id)
      return role === undefined ? [] : [recordOf(actor, course, role)]
    })
    return { items, nextCursor: page.nextCursor }
  }

  /** @throws AppError `NOT_FOUND` */
  async get(actor: Actor, courseId: string): Promise<CourseRecord> {
    const role = await this.#ports.access.authorityIn(actor, courseId)
    return recordOf(actor, await this.#course(courseId), role)
  }

  /**
   * Makes a course, of which a person becomes the teacher.
   * @throws AppError `FORBIDDEN`; `CONFLICT` when the id is taken
   */
  async make(actor: Actor, { title, id }: { title: string; id?: string }): Promise<CourseRecord> {
    if (!mayMakeCourses(actor)) throw forbidden('Only teachers and administrators make courses.')
    if (id !== undefined && !mayChooseCourseId(actor)) throw forbidden('Only administrators choose an id.')
    const { clock, courses, events, audit } = this.#ports
    const courseId = id ?? newId()
    const by = actor.kind === 'user' ? actor.userId : null
    const { realm } = actor
    await courses.make({ id: courseId, realm, title, joinCode: newJoinCode(), by, now: clock.now() })
    if (by !== null) await events.changed(courseId, [by])
    audit.changed(actor, 'course.make', courseId)
    return this.get(actor, courseId)
  }

  /** @throws AppError `NOT_FOUND`, `FORBIDDEN` */
  async change(actor: Actor, courseId: string, { title }: { title?: string }): Promise<CourseRecord> {
    const role = await this.#ports.access.authorityIn(actor, courseId)
    if (!mayRenameCourse(role)) throw forbidden('Only teachers change the course.')
    if (title !== undefined) await this.#ports.courses.change({ courseId, title })
    this.#ports.audit.changed(actor, 'course.change', courseId)
    return recordOf(actor, await this.#course(courseId), role)
  }

  /** @throws AppError `NOT_FOUND`, `FORBIDDEN` */
  async renewCode(actor: Actor, courseId: string): Promise<CourseRecord> {
    const role = await this.#ports.access.authorityIn(actor, courseId)
    if (!mayRenewJoinCode(role)) throw forbidden('Only staff renew the code.')
    await this.#ports.courses.change({ courseId, joinCode: newJoinCode() })
    this.#ports.audit.changed(actor, 'course.renew_code', courseId)
    return recordOf(actor, await this.#course(courseId), role)
  }

  /** @throws AppError `NOT_FOUND`, `FORBIDDEN` */
  async archive(actor: Actor, courseId: string): Promise<void> {
    const role = await this.#ports.access.authorityIn(actor, courseId)
    if (!mayArchiveCourse(role)) throw forbidden('Only teachers archive the course.')
    await this.#ports.courses.archive(courseId, this.#ports.clock.now())
    await this.#ports.events.archived(courseId)
    this.#ports.audit.changed(actor, 'course.archive', courseId)
  }

  /**
   * Brings an archived course back; one that is not archived stays as it is.
   * @throws AppError `NOT_FOUND`, also after `LIMITS.restoreDays`; `FORBIDDEN`
   */
  async restore(actor: Actor, courseId: string): Promise<CourseRecord> {
    const { access, clock, courses, events, audit } = this.#ports
    if (!mayRestoreCourses(actor)) {
      await access.authorityIn(actor, courseId)
      throw forbidden('Only administrators restore courses.')
    }
    const restored = await courses.restore(courseId, actor.realm, clock.now() - RESTORABLE_MS)
    if (restored) await events.restored(courseId)
    audit.changed(actor, 'course.restore', courseId)
    return this.get(actor, courseId)
  }

  /**
   * Enrols by a code as a student; changes nothing for who is enrolled already.
   * @throws AppError `NOT_FOUND` for any code that lets nobody in here, `FORBIDDEN` for who was removed, `RATE_LIMITED`
   */
  async join(actor: UserActor, typed: string): Promise<{ course: CourseRecord; joined: boolean }> {
    const { clock, courses, enrolments, events, limiter } = this.#ports
    limiter.take(`join:${actor.userId}`, CODE_TRIES)
    const code = normaliseJoinCode(typed)
    const courseId = await courses.idOfCode(actor.realm, code)
    if (courseId === undefined) throw notFound('No course has this code.')
    const standing = await enrolments.standing(courseId, actor.userId)
    const joined = standing === undefined || enrolledRole(actor, standing) === undefined
    if (joined) {
      await enrolments.joinByCode({ courseId, code, userId: actor.userId, now: clock.now() })
      await events.changed(courseId, [actor.userId])
    }
    return { course: await this.get(actor, courseId), joined }
  }

  async #course(courseId: string): Promise<Course> {
    const course = await this.#ports.courses.course(courseId)
    if (course === undefined || course.archivedAt !== null) throw notFound()
    return course
  }

  async #rolesIn(actor: Actor, courses: readonly Course[]): Promise<(id: string) => EffectiveRole | undefined> {
    if (actor.kind === 'api_key') return () => 'admin'
    const roles = await this.#ports.access.rolesIn(
      actor,
      courses.map((course) => course.id),
    )
    return (id) => roles.get(id)
  }
}
