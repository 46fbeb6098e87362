import type { AttendancePolicy, AttendancePolicyBody, AttendanceRecord, CorrectionBody } from '@lectern/protocol'
import { isTeacher, type UserActor } from '../../access/actor.ts'
import type { Clock } from '../../shared/clock.ts'
import { forbidden, notFound } from '../../shared/errors.ts'
import { attendanceRecords } from './attendance.figures.ts'
import type { AttendanceRepository } from './attendance.repository.store.ts'
import type { AuditLog, ChatPort, EnrolmentPort } from './attendance.types.ts'
import type { ClassAccess } from './class-access.ts'
import type { StoredSession } from './webrtc.types.ts'

const DEFAULT_POLICY: AttendancePolicy = { late_after_min: 10, present_percent: 75, absent_below_percent: 0 }

export interface AttendancePorts {
  readonly repository: Pick<AttendanceRepository, 'attendance' | 'policy' | 'correct' | 'setPolicy'>
  readonly access: Pick<ClassAccess, 'to'>
  readonly enrolments: EnrolmentPort
  readonly chat: ChatPort
  readonly audit: AuditLog
  /** The one that gives attendance its times: it does not jump while the process runs. */
  readonly clock: Clock
}

type AttendedClass = Pick<StoredSession, 'id' | 'courseId'>

export interface AttendanceReport {
  readonly title: string
  readonly records: AttendanceRecord[]
}

/** Who was in a class, what the course makes of it, and what staff say. All throw `NOT_FOUND` for a stranger. */
export class AttendanceService {
  readonly #ports: AttendancePorts

  constructor(ports: AttendancePorts) {
    this.#ports = ports
  }

  /** Who is not of the staff sees themselves alone. */
  async report(actor: UserActor, sessionId: string): Promise<AttendanceReport> {
    const { session, role } = await this.#ports.access.to(actor, sessionId)
    const records = await this.#records(session, role === 'student' ? actor.userId : undefined)
    return { title: session.title, records }
  }

  /** @throws AppError `FORBIDDEN`; `NOT_FOUND` for who is neither enrolled nor was there */
  async correct(
    actor: UserActor,
    { sessionId, userId }: { readonly sessionId: string; readonly userId: string },
    { status, note }: CorrectionBody,
  ): Promise<AttendanceRecord> {
    const { repository, access, clock, audit } = this.#ports
    const { session, role } = await access.to(actor, sessionId)
    if (role === 'student') throw forbidden('Staff of the course alone correct its attendance.')
    await this.#record(session, userId)
    await repository.correct({ sessionId, userId, status, note, by: actor.userId, at: clock.now() })
    const { courseId } = session
    audit.info(
      {
        audit: 'attendance.correct',
        by: actor.userId,
        course_id: courseId,
        session_id: sessionId,
        user_ids: [userId],
        status,
      },
      'audit',
    )
    return this.#record(session, userId)
  }

  async policy(actor: UserActor, courseId: string): Promise<AttendancePolicy> {
    await this.#ports.enrolments.accessTo(actor, courseId)
    return this.#policy(courseId)
  }

  /** @throws AppError `FORBIDDEN` */
  async changePolicy(actor: UserActor, courseId: string, change: AttendancePolicyBody): Promise<AttendancePolicy> {
    const { repository, enrolments, clock, audit } = this.#ports
    const access = await enrolments.accessTo(actor, courseId)
    if (!isTeacher(access)) throw forbidden('Teachers alone say what counts as being there.')
    const policy = { ...(await this.#policy(courseId)), ...change }
    await repository.setPolicy({ courseId, policy, by: actor.userId, at: clock.now() })
    audit.info({ audit: 'attendance.policy', by: actor.userId, course_id: courseId, ...policy }, 'audit')
    return policy
  }

  async #record(session: AttendedClass, userId: string): Promise<AttendanceRecord> {
    const [record] = await this.#records(session, userId)
    if (record === undefined) throw notFound('No such person in this class.')
    return record
  }

  async #records(
    { id: sessionId, courseId }: AttendedClass,
    onlyUserId: string | undefined,
  ): Promise<AttendanceRecord[]> {
    const { repository, enrolments, chat, clock } = this.#ports
    const now = clock.now()
    const stored = await repository.attendance({ sessionId, onlyUserId })
    const [members, messages, policy] = await Promise.all([
      enrolments.members(courseId),
      chat.messagesDuring(courseId, stored.spans),
      this.#policy(courseId),
    ])
    const shown = onlyUserId === undefined ? members : members.filter(({ userId }) => userId === onlyUserId)
    return attendanceRecords({ stored, members: shown, messages, policy, now })
  }

  async #policy(courseId: string): Promise<AttendancePolicy> {
    return (await this.#ports.repository.policy(courseId)) ?? DEFAULT_POLICY
  }
}
