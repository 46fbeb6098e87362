import { z } from 'zod'
import { joinCode } from './accounts.ts'
import { LIMITS } from './limits.ts'
import { courseRole, effectiveRole } from './roles.ts'
import { count, id } from './scalars.ts'
import { wireInput } from './spelling.ts'
import { courseTitle, email, personName } from './text.ts'
import { time } from './times.ts'

export const courseRecord = z
  .object({
    id,
    title: z.string(),
    role: effectiveRole.nullable().describe("The caller's; null for the API key."),
    join_code: z.string().nullable().describe('Staff alone; null to others.'),
    member_count: count,
    created_at: time,
    archived_at: time.nullable(),
  })
  .meta({ id: 'Course' })
export type CourseRecord = z.infer<typeof courseRecord>

export const memberRecord = z
  .object({ user_id: id, name: z.string(), role: courseRole, joined_at: time })
  .meta({ id: 'Member' })
export type MemberRecord = z.infer<typeof memberRecord>

export const courseParams = wireInput({ courseId: id })
export const memberParams = wireInput({ courseId: id, userId: id })

export const createCourseBody = wireInput({
  title: courseTitle,
  id: id.exactOptional().describe('Administrators and the API key alone.'),
})
export type CreateCourseBody = z.output<typeof createCourseBody>

export const updateCourseBody = wireInput({ title: courseTitle.exactOptional() })
export type UpdateCourseBody = z.output<typeof updateCourseBody>

export const joinCourseBody = wireInput({ code: joinCode })
export type JoinCourseBody = z.output<typeof joinCourseBody>

export const addMemberBody = wireInput({
  user_id: id.exactOptional(),
  email: email.exactOptional(),
  role: courseRole,
}).refine((body) => (body.user_id === undefined) !== (body.email === undefined), {
  path: ['user_id'],
  message: 'expected either user_id or email',
})
export type AddMemberBody = z.output<typeof addMemberBody>

export const updateMemberBody = wireInput({ role: courseRole })
export type UpdateMemberBody = z.output<typeof updateMemberBody>

export const rosterEntry = wireInput({
  user_id: id,
  name: personName.exactOptional(),
  email: email.exactOptional(),
  role: courseRole,
})
export type RosterEntry = z.output<typeof rosterEntry>

export const rosterBody = wireInput({
  members: z
    .array(rosterEntry)
    .max(LIMITS.roster)
    .refine((members) => new Set(members.map((member) => member.user_id)).size === members.length, {
      message: 'names somebody twice',
    }),
  title: courseTitle.exactOptional(),
})
export type RosterBody = z.output<typeof rosterBody>
