import type { CourseRecord, CourseRole } from '@lectern/protocol'
import { mayManage, type Role } from '../../lectern/course-roles.ts'

/** An administrator who is not enrolled has nothing to leave. */
export const isEnrolled = ({ role }: CourseRecord): boolean => role !== null && role !== 'admin'

/** Assistants add and remove students alone; teachers and administrators also change title, roles and archive. */
export const mayEnrol = (role: Role, member: CourseRole): boolean =>
  mayManage(role) || (role === 'assistant' && member === 'student')
