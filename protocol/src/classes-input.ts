import { z } from 'zod'
import { attendanceStatus, sessionStatus } from './classes.ts'
import { pageFields } from './envelope.ts'
import { LIMITS } from './limits.ts'
import { effectiveRole } from './roles.ts'
import { id } from './scalars.ts'
import { wireInput } from './spelling.ts'
import { text } from './text.ts'
import { timeInput } from './times.ts'

/** U+061C, U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069: a name with one could show as another name. */
const BIDI_CONTROL = /\p{Bidi_Control}/u

/** What somebody calls themselves in a class. */
export const displayName = text(1, LIMITS.displayName)
  .refine((value) => !/[\n\t]/.test(value), 'holds a line break or tab')
  .refine((value) => !BIDI_CONTROL.test(value), 'holds a bidirectional control character')

const session = { sessionId: id }
export const sessionPayload = wireInput(session)

export const joinSessionPayload = wireInput({
  ...session,
  displayName: displayName.exactOptional().describe("The account's name by default."),
  role: effectiveRole.exactOptional().describe('Lowers what the enrolment says, and never raises it.'),
  audio: z.boolean().default(false),
  video: z.boolean().default(false),
  instanceId: text(1, LIMITS.id)
    .exactOptional()
    .describe('One per page load: who comes back with another has lost their peer connections.'),
})
export type JoinSessionPayload = z.output<typeof joinSessionPayload>

/** Whom a signal is for: a participant, or the media server. */
export const signalTarget = z.union([z.literal('sfu'), id], 'expected the id of a participant, or "sfu"')
const signal = { ...session, targetUserId: signalTarget }

/** `RTCSessionDescriptionInit` (W3C WebRTC, 4.6.1). Relayed as it came: what is in the SDP is the peers' matter. */
const description = <Type extends 'offer' | 'answer'>(type: Type) =>
  z.looseObject({
    type: z.literal(type),
    sdp: z.string().min(1).describe(`SDP (RFC 8866), at most ${LIMITS.sdpBytes} bytes.`),
  })

/** `RTCIceCandidateInit` (W3C WebRTC, 4.8.1). */
const iceCandidate = z
  .looseObject({ candidate: z.string() })
  .nullable()
  .describe(`At most ${LIMITS.candidateBytes} bytes of JSON; null: there are no more.`)

export const offerPayload = wireInput({ ...signal, offer: description('offer') })
export type OfferPayload = z.output<typeof offerPayload>
export const answerPayload = wireInput({ ...signal, answer: description('answer') })
export type AnswerPayload = z.output<typeof answerPayload>
export const candidatePayload = wireInput({ ...signal, candidate: iceCandidate })
export type CandidatePayload = z.output<typeof candidatePayload>

export const togglePayload = wireInput({ ...session, enabled: z.boolean() })
export const handPayload = wireInput({
  ...session,
  userId: id.exactOptional().describe("Staff: whose; one's own by default."),
})
export const mutePayload = wireInput({ ...session, userId: id })
export const removePayload = wireInput({
  ...session,
  userId: id,
  ban: z.boolean().default(false).describe('Whether they are refused from now on.'),
})
export const lockPayload = wireInput({ ...session, locked: z.boolean() })

export const sessionParams = wireInput({ sessionId: id })
export const sessionPersonParams = wireInput({ sessionId: id, userId: id })

const sessionTitle = text(1, LIMITS.title).meta({ examples: ['Bài 1: Hàm số'] })
const durationMin = z.int().min(1).max(LIMITS.classMinutes).nullable()

export const createSessionBody = wireInput({
  title: sessionTitle,
  id: id.exactOptional().describe('The id that it has elsewhere.'),
  scheduled_at: timeInput.nullable().default(null),
  duration_min: durationMin.default(null),
  lobby: z.boolean().default(true),
})
export type CreateSessionBody = z.output<typeof createSessionBody>

export const updateSessionBody = wireInput({
  title: sessionTitle.exactOptional(),
  scheduled_at: timeInput.nullable().exactOptional(),
  duration_min: durationMin.exactOptional(),
  lobby: z.boolean().exactOptional(),
})
export type UpdateSessionBody = z.output<typeof updateSessionBody>

export const sessionsQuery = wireInput({ status: sessionStatus.exactOptional(), ...pageFields })
export type SessionsQuery = z.output<typeof sessionsQuery>

export const attendanceQuery = wireInput({ format: z.enum(['json', 'csv']).default('json').meta({ default: 'json' }) })
export type AttendanceQuery = z.output<typeof attendanceQuery>

export const correctionBody = wireInput({
  status: attendanceStatus.nullable().describe('Null takes the correction back.'),
  note: text(0, LIMITS.attendanceNote).nullable().default(null),
})
export type CorrectionBody = z.output<typeof correctionBody>

const percent = z.int().min(0).max(100)
export const attendancePolicyBody = wireInput({
  late_after_min: z.int().min(0).max(LIMITS.classMinutes).exactOptional(),
  present_percent: percent.exactOptional(),
  absent_below_percent: percent.exactOptional(),
})
export type AttendancePolicyBody = z.output<typeof attendancePolicyBody>
