import { z } from 'zod'

/** What a token or an account says of its bearer. Inside a course only the role in that course counts. */
export const globalRole = z.enum(['admin', 'teacher', 'student']).meta({ id: 'GlobalRole' })
export type GlobalRole = z.infer<typeof globalRole>

export const courseRole = z.enum(['teacher', 'assistant', 'student']).meta({ id: 'CourseRole' })
export type CourseRole = z.infer<typeof courseRole>

/** What somebody is in one course: the enrolment's role, or `admin` for an administrator who is not enrolled. */
export const effectiveRole = z.enum(['admin', 'teacher', 'assistant', 'student']).meta({ id: 'EffectiveRole' })
export type EffectiveRole = z.infer<typeof effectiveRole>
