import { z } from 'zod'

/** Where somebody is from: an account made here, or an LMS, by its tokens or its API key. */
export const realm = z.enum(['local', 'external']).meta({ id: 'Realm' })
export type Realm = z.infer<typeof realm>

/** What a token or an account says of its bearer. Inside a course only the role in that course counts. */
export const globalRole = z.enum(['admin', 'teacher', 'student']).meta({ id: 'GlobalRole' })
export type GlobalRole = z.infer<typeof globalRole>

export const courseRole = z.enum(['teacher', 'assistant', 'student']).meta({ id: 'CourseRole' })
export type CourseRole = z.infer<typeof courseRole>

/** What somebody is in one course: the enrolment's role, or `admin` for an administrator who is not enrolled. */
export const effectiveRole = z.enum(['admin', 'teacher', 'assistant', 'student']).meta({ id: 'EffectiveRole' })
export type EffectiveRole = z.infer<typeof effectiveRole>
