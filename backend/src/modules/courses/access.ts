import type { CourseRole } from '@lectern/protocol'
import type { Actor, CourseAccess, EffectiveRole, UserActor } from '../../access/actor.ts'
import { forbidden, notFound } from '../../shared/errors.ts'
import type { CourseStanding, Member } from './courses.types.ts'

/** The reads that answer who may enter what. */
export interface Standings {
  standing(courseId: string, userId: string): Promise<CourseStanding | undefined>
  /** In the courses named and in those that the database enrols the person in. */
  standingsOf(userId: string, courseIds: readonly string[]): Promise<CourseStanding[]>
  members(courseId: string): Promise<Member[]>
  enrolledAmong(courseId: string, userIds: readonly string[]): Promise<{ user_id: string; user_name: string }[]>
  staffOf(courseId: string): Promise<{ user_id: string; user_name: string }[]>
  enrolledAs(courseId: string, userId: string): Promise<{ name: string; role: CourseRole } | undefined>
}

/** A removal refuses every token issued in its second or before, whatever the token or the database says. */
const isRefused = (actor: UserActor, { removedAt }: CourseStanding): boolean =>
  removedAt !== undefined && actor.issuedAt * 1000 <= removedAt

/**
 * The role that enrols the bearer: with a `courses` claim what was made or joined by code here, else the claim;
 * without one what the database says, but for what only an earlier token said.
 */
export function enrolledRole(actor: UserActor, standing: CourseStanding): CourseRole | undefined {
  const { archived, courseId, enrolment, realm } = standing
  if (archived || realm !== actor.realm || isRefused(actor, standing)) return undefined
  if (enrolment?.source === 'made' || enrolment?.source === 'code') return enrolment.role
  if (actor.courses !== undefined) return actor.courses.get(courseId)
  return enrolment?.source === 'claim' ? undefined : enrolment?.role
}

/** What the actor is in the course; undefined for a stranger. */
export function effectiveRole(actor: UserActor, standing: CourseStanding): EffectiveRole | undefined {
  const role = enrolledRole(actor, standing)
  if (actor.role !== 'admin' || role === 'teacher') return role
  // An administrator may do all, also where they are enrolled as less.
  return standing.archived || standing.realm !== actor.realm || isRefused(actor, standing) ? undefined : 'admin'
}

/** Standings of one person in one course; beyond it all are forgotten. */
const MOST_REMEMBERED = 200_000

/** Who is what in a course. Everything that enters a course asks here. */
export class EnrolmentAccess {
  readonly #standings: Standings
  /** Course → person → standing. */
  readonly #remembered = new Map<string, Map<string, CourseStanding>>()
  #size = 0
  #invalidations = 0

  constructor(standings: Standings) {
    this.#standings = standings
  }

  /**
   * @throws AppError `NOT_FOUND`, the same for strangers, the removed, an archived course, another realm's and none;
   * `FORBIDDEN` for the API key, which manages courses and enters none
   */
  async accessTo(actor: Actor, courseId: string): Promise<CourseAccess> {
    if (actor.kind === 'api_key') throw forbidden('The API key reaches courses and users alone.')
    return { courseId, role: await this.authorityIn(actor, courseId) }
  }

  /**
   * What the actor counts as in managing the course: as `accessTo`, and the API key as an administrator.
   * @throws AppError `NOT_FOUND`
   */
  async authorityIn(actor: Actor, courseId: string): Promise<EffectiveRole> {
    const standing = await this.#standing(courseId, actor.kind === 'user' ? actor.userId : '')
    if (standing === undefined || standing.archived || standing.realm !== actor.realm) throw notFound()
    const role = actor.kind === 'user' ? effectiveRole(actor, standing) : 'admin'
    if (role === undefined) throw notFound()
    return role
  }

  /** The courses that enrol the actor; an administrator's others are not among them. Empty for the API key. */
  async coursesOf(actor: Actor): Promise<CourseAccess[]> {
    if (actor.kind === 'api_key') return []
    const standings = await this.#standings.standingsOf(actor.userId, [...(actor.courses?.keys() ?? [])])
    return standings.flatMap((standing) => {
      const role = enrolledRole(actor, standing) && effectiveRole(actor, standing)
      return role === undefined ? [] : [{ courseId: standing.courseId, role }]
    })
  }

  /** What an administrator or another person is in each of the courses; without those that refuse them. */
  async rolesIn(actor: UserActor, courseIds: readonly string[]): Promise<Map<string, EffectiveRole>> {
    const asked = new Set(courseIds)
    const standings = await this.#standings.standingsOf(actor.userId, courseIds)
    return new Map(
      standings.flatMap((standing) => {
        const role = asked.has(standing.courseId) ? effectiveRole(actor, standing) : undefined
        return role === undefined ? [] : [[standing.courseId, role]]
      }),
    )
  }

  /** Everybody enrolled, in order of joining; grows with the course. */
  members(courseId: string): Promise<Member[]> {
    return this.#standings.members(courseId)
  }

  /** Those of `userIds` who are enrolled, in their order. */
  async enrolledAmong(courseId: string, userIds: readonly string[]): Promise<{ user_id: string; user_name: string }[]> {
    if (userIds.length === 0) return []
    const enrolled = await this.#standings.enrolledAmong(courseId, userIds)
    const byId = new Map(enrolled.map((person) => [person.user_id, person]))
    return [...new Set(userIds)].flatMap((userId) => byId.get(userId) ?? [])
  }

  /** Teachers and assistants of the course. */
  staffOf(courseId: string): Promise<{ user_id: string; user_name: string }[]> {
    return this.#standings.staffOf(courseId)
  }

  /** By the database; undefined for who is not enrolled. */
  enrolledAs(courseId: string, userId: string): Promise<{ name: string; role: CourseRole } | undefined> {
    return this.#standings.enrolledAs(courseId, userId)
  }

  /** Whoever changed an enrolment, a removal or the course's state says so here, after the commit. */
  invalidate(courseId: string): void {
    this.#invalidations++
    this.#size -= this.#remembered.get(courseId)?.size ?? 0
    this.#remembered.delete(courseId)
  }

  async #standing(courseId: string, userId: string): Promise<CourseStanding | undefined> {
    const known = this.#remembered.get(courseId)?.get(userId)
    if (known !== undefined) return known
    const invalidations = this.#invalidations
    const standing = await this.#standings.standing(courseId, userId)
    // What was read before an invalidation may be what it invalidated. A course that is not there is not remembered:
    // a token may make it at any time.
    if (standing !== undefined && invalidations === this.#invalidations) this.#remember(standing, userId)
    return standing
  }

  #remember(standing: CourseStanding, userId: string): void {
    if (this.#size >= MOST_REMEMBERED) this.#forgetAll()
    const people = this.#remembered.get(standing.courseId) ?? new Map<string, CourseStanding>()
    this.#remembered.set(standing.courseId, people)
    if (!people.has(userId)) this.#size++
    people.set(userId, standing)
  }

  #forgetAll(): void {
    this.#remembered.clear()
    this.#size = 0
  }
}
