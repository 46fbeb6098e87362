import { z } from 'zod'
import { courseRole, effectiveRole } from './roles.ts'
import { count, id } from './scalars.ts'
import { time } from './times.ts'

export const sessionStatus = z.enum(['scheduled', 'live', 'ended']).meta({ id: 'SessionStatus' })
export type SessionStatus = z.infer<typeof sessionStatus>

/** A class: a meeting of a course. */
export const classSession = z
  .object({
    id,
    course_id: id,
    title: z.string(),
    status: sessionStatus,
    scheduled_at: time.nullable(),
    duration_min: z.int().nullable().describe('How long it is meant to take, in minutes.'),
    started_at: time.nullable().describe('When it first went live.'),
    ended_at: time.nullable(),
    locked: z.boolean(),
    lobby: z.boolean().describe('Whether those who come before staff wait, rather than start it.'),
  })
  .meta({ id: 'ClassSession' })
export type ClassSession = z.infer<typeof classSession>

/** Somebody in a live class; every list of them is in the order of joining. */
export const participant = z
  .object({
    sessionId: id,
    userId: id,
    userName: z.string().describe("The account's name."),
    displayName: z.string().describe('What they call themselves here.'),
    role: effectiveRole.describe('The enrolment’s, or the lower one that they asked for.'),
    audio: z.boolean(),
    video: z.boolean(),
    screen: z.boolean(),
    handRaisedAt: time.nullable().describe('The server’s, strictly increasing in a session: the order of the queue.'),
    joinedAt: time,
  })
  .meta({ id: 'Participant' })
export type Participant = z.infer<typeof participant>

/** `joined`: a participant. `lobby`: waits until the class goes live. */
export const joinState = z.enum(['joined', 'lobby']).meta({ id: 'JoinState' })
export type JoinState = z.infer<typeof joinState>

/** Who connects to whom. `mesh`: each to each. `sfu`: each to the server, which is `targetUserId: "sfu"`. */
export const topology = z.enum(['mesh', 'sfu']).meta({ id: 'Topology' })
export type Topology = z.infer<typeof topology>

/** As `RTCConfiguration.iceServers` takes it (W3C WebRTC, 4.2.2). */
export const iceServer = z
  .object({
    urls: z.array(z.string()),
    username: z.string().exactOptional(),
    credential: z.string().exactOptional(),
  })
  .meta({ id: 'IceServer' })
export type IceServer = z.infer<typeof iceServer>

export const iceServersAnswer = z
  .object({ iceServers: z.array(iceServer), expiresAt: time.nullable().describe('Null where no credential ends.') })
  .meta({ id: 'IceServers' })
export type IceServersAnswer = z.infer<typeof iceServersAnswer>

export const leaveReason = z.enum(['left', 'disconnected', 'removed', 'replaced']).meta({ id: 'LeaveReason' })
export type LeaveReason = z.infer<typeof leaveReason>

export const banRecord = z
  .object({ user_id: id, user_name: z.string(), banned_by: id, banned_at: time })
  .meta({ id: 'Ban' })
export type BanRecord = z.infer<typeof banRecord>

export const attendanceStatus = z.enum(['present', 'late', 'partial', 'absent']).meta({ id: 'AttendanceStatus' })
export type AttendanceStatus = z.infer<typeof attendanceStatus>

/** What was measured of one person in one class, and beside it what staff say of it. */
export const attendanceRecord = z
  .object({
    user_id: id,
    user_name: z.string(),
    role: courseRole,
    first_joined_at: time.nullable(),
    last_left_at: time.nullable().describe('Null for who was never there, or still is.'),
    total_seconds: z.number().min(0).describe('Present while the class was live.'),
    percent: z.number().min(0).max(100).describe('Of the time that the class was live so far; one decimal.'),
    joins: count.describe('Entries after not being present.'),
    hands_raised: count,
    messages_sent: count.describe("In the course's chat while the class was live."),
    status: attendanceStatus.describe('Staff’s word where there is one, else what was measured says.'),
    measured_status: attendanceStatus,
    note: z.string().nullable(),
    corrected_by: id.nullable(),
    intervals: z.array(z.object({ joined_at: time, left_at: time.nullable().describe('Null: is there.') })),
  })
  .meta({ id: 'Attendance' })
export type AttendanceRecord = z.infer<typeof attendanceRecord>

/** From which minutes and percent on a course calls somebody late, partial or absent. */
export const attendancePolicy = z
  .object({
    late_after_min: count.describe('Who first joins when the class has been live for more minutes is late.'),
    present_percent: z.int().min(0).max(100).describe('Who was there for less of the class is partial.'),
    absent_below_percent: z
      .int()
      .min(0)
      .max(100)
      .describe('Who was there for less is absent; who never came always is.'),
  })
  .meta({ id: 'AttendancePolicy' })
export type AttendancePolicy = z.infer<typeof attendancePolicy>
