import type { CourseRole } from '@lectern/protocol'
import type { Actor, EffectiveRole } from './actor.ts'

// May they. What somebody is in a course, whom these ask about, comes from their effective access; the API key counts
// there as an administrator does.

const isAdministrator = (actor: Actor): boolean => actor.kind === 'api_key' || actor.role === 'admin'
const isTeaching = (role: EffectiveRole): boolean => role === 'teacher' || role === 'admin'
const isOfStaff = (role: EffectiveRole): boolean => role !== 'student'

export const mayMakeCourses = (actor: Actor): boolean =>
  isAdministrator(actor) || (actor.kind === 'user' && actor.role === 'teacher')
export const mayChooseCourseId = isAdministrator
export const maySeeEveryCourse = isAdministrator
export const mayRestoreCourses = isAdministrator
export const mayReplaceRosters = isAdministrator

export const mayRenameCourse = isTeaching
export const mayArchiveCourse = isTeaching
export const maySeeJoinCode = isOfStaff
export const mayRenewJoinCode = isOfStaff

/** Assistants bring in and take out students; nobody gives, by enrolling another, what they are not themselves. */
export const mayEnrolAs = (role: EffectiveRole, given: CourseRole): boolean =>
  isTeaching(role) || (role === 'assistant' && given === 'student')
export const mayRemove = (role: EffectiveRole, removed: CourseRole): boolean => mayEnrolAs(role, removed)
export const mayChangeRoles = isTeaching

/** Each in their own realm. */
export const mayManageUsers = isAdministrator
