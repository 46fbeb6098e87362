import type { CourseRecord, CourseRole, EffectiveRole } from '@lectern/protocol'

type Role = EffectiveRole | null | undefined

/** Teachers and administrators: title, roles, archive. */
export const mayManage = (role: Role): boolean => role === 'teacher' || role === 'admin'

/** Also assistants: join code, adding and removing students. */
export const isStaff = (role: Role): boolean => mayManage(role) || role === 'assistant'

/** An administrator who is not enrolled has nothing to leave. */
export const isEnrolled = ({ role }: CourseRecord): boolean => role !== null && role !== 'admin'

/** Assistants add and remove students alone. */
export const mayEnrol = (role: Role, member: CourseRole): boolean =>
  mayManage(role) || (role === 'assistant' && member === 'student')
