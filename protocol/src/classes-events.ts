import { z } from 'zod'
import { classSession, iceServer, joinState, leaveReason, participant, sessionStatus, topology } from './classes.ts'
import {
  answerPayload,
  candidatePayload,
  handPayload,
  joinSessionPayload,
  lockPayload,
  mutePayload,
  offerPayload,
  removePayload,
  sessionPayload,
  togglePayload,
} from './classes-input.ts'
import { eventError } from './envelope.ts'
import { defineClientEvent, defineServerEvent } from './events.ts'
import { id } from './scalars.ts'
import { time } from './times.ts'

const nothing = z.object({})
const STAFF = 'Staff alone.'

export const joinSessionAnswer = z
  .object({
    sessionId: id,
    state: joinState,
    you: participant.describe('In the lobby: what one will be.'),
    participants: z.array(participant).describe('Oneself included; empty in the lobby.'),
    iceServers: z.array(iceServer).describe('TURN credentials are given to participants of a live session alone.'),
    topology,
    session: classSession,
  })
  .meta({ id: 'JoinSessionAnswer' })
export type JoinSessionAnswer = z.infer<typeof joinSessionAnswer>

export const CLASS_CLIENT_EVENTS = {
  'webrtc:join_session': defineClientEvent({
    payload: joinSessionPayload,
    ack: joinSessionAnswer,
    limit: 'event',
    summary: 'Enter a class, or its lobby. From another connection of the same person it replaces the first.',
  }),
  'webrtc:leave_session': defineClientEvent({
    payload: sessionPayload,
    ack: nothing,
    limit: 'event',
    summary: 'Leave it.',
  }),
  'webrtc:offer': defineClientEvent({
    payload: offerPayload,
    ack: nothing,
    limit: 'signal',
    summary: 'Send a session description to one participant. The one who is new offers.',
  }),
  'webrtc:answer': defineClientEvent({
    payload: answerPayload,
    ack: nothing,
    limit: 'signal',
    summary: 'Answer an offer.',
  }),
  'webrtc:ice_candidate': defineClientEvent({
    payload: candidatePayload,
    ack: nothing,
    limit: 'signal',
    summary: 'Send a candidate to one participant; null: there are no more.',
  }),
  'webrtc:toggle_audio': defineClientEvent({
    payload: togglePayload,
    ack: nothing,
    limit: 'event',
    summary: 'Say whether one’s microphone is on.',
  }),
  'webrtc:toggle_video': defineClientEvent({
    payload: togglePayload,
    ack: nothing,
    limit: 'event',
    summary: 'Say whether one’s camera is on; a mesh takes only so many.',
  }),
  'webrtc:screen_share_start': defineClientEvent({
    payload: sessionPayload,
    ack: nothing,
    limit: 'event',
    summary: 'Begin to share one’s screen; one at a time, but that staff takes over.',
  }),
  'webrtc:screen_share_stop': defineClientEvent({
    payload: sessionPayload,
    ack: nothing,
    limit: 'event',
    summary: 'Cease to share one’s screen.',
  }),
  'webrtc:raise_hand': defineClientEvent({
    payload: handPayload,
    ack: z.object({ raisedAt: time }),
    limit: 'event',
    summary: 'Raise one’s hand; raising a raised one keeps its place.',
  }),
  'webrtc:lower_hand': defineClientEvent({
    payload: handPayload,
    ack: nothing,
    limit: 'event',
    summary: 'Lower one’s hand; staff anybody’s.',
  }),
  'webrtc:mute_participant': defineClientEvent({
    payload: mutePayload,
    ack: nothing,
    limit: 'event',
    summary: `Ask somebody’s client to mute. ${STAFF}`,
  }),
  'webrtc:remove_participant': defineClientEvent({
    payload: removePayload,
    ack: nothing,
    limit: 'event',
    summary: `Put somebody out, and with \`ban\` keep them out. ${STAFF}`,
  }),
  'webrtc:lock_session': defineClientEvent({
    payload: lockPayload,
    ack: nothing,
    limit: 'event',
    summary: `Let nobody but staff in from now on, or let them in again. ${STAFF}`,
  }),
}

const person = z.object({ sessionId: id, userId: id })
const toggled = person.extend({ enabled: z.boolean(), by: id })
const from = z.object({ sessionId: id, fromUserId: z.union([z.literal('sfu'), id]) })
const description = z.looseObject({ type: z.string(), sdp: z.string() })
const others = 'Every other participant.'
const target = 'The participant that it is for.'

export const CLASS_SERVER_EVENTS = {
  'webrtc:user_joined': defineServerEvent({ payload: participant, summary: 'Somebody entered.', to: others }),
  'webrtc:user_left': defineServerEvent({
    payload: person.extend({ reason: leaveReason }),
    summary: 'Somebody left. Who was removed or replaced is told it of themselves.',
    to: 'The other participants; `removed`: also that person; `replaced`: the connection that was replaced alone.',
  }),
  'webrtc:participant_reset': defineServerEvent({
    payload: person,
    summary: 'Somebody is back with another page: connect to them anew.',
    to: others,
  }),
  'webrtc:offer_received': defineServerEvent({
    payload: from.extend({ offer: description }),
    summary: 'An offer, unchanged.',
    to: target,
  }),
  'webrtc:answer_received': defineServerEvent({
    payload: from.extend({ answer: description }),
    summary: 'An answer, unchanged.',
    to: target,
  }),
  'webrtc:ice_candidate_received': defineServerEvent({
    payload: from.extend({ candidate: z.looseObject({ candidate: z.string() }).nullable() }),
    summary: 'A candidate, unchanged; null: there are no more.',
    to: target,
  }),
  'webrtc:participants_list': defineServerEvent({
    payload: z.object({ sessionId: id, state: joinState, participants: z.array(participant) }),
    summary: 'Who is in the class.',
    to: 'Who has just joined, or enters from the lobby.',
  }),
  'webrtc:user_audio_toggled': defineServerEvent({
    payload: toggled,
    summary: 'A microphone was switched.',
    to: others,
  }),
  'webrtc:user_video_toggled': defineServerEvent({ payload: toggled, summary: 'A camera was switched.', to: others }),
  'webrtc:screen_share_started': defineServerEvent({
    payload: person,
    summary: 'Somebody shares their screen.',
    to: others,
  }),
  'webrtc:screen_share_stopped': defineServerEvent({
    payload: person,
    summary: 'Somebody shares their screen no more; also told to who was taken over from.',
    to: others,
  }),
  'webrtc:hand_raised': defineServerEvent({
    payload: person.extend({ raisedAt: time }),
    summary: 'A hand was raised.',
    to: others,
  }),
  'webrtc:hand_lowered': defineServerEvent({
    payload: person.extend({ by: id }),
    summary: 'A hand was lowered.',
    to: others,
  }),
  'webrtc:mute_requested': defineServerEvent({
    payload: z.object({ sessionId: id, by: id }),
    summary: 'Staff asks this client to mute.',
    to: 'The participant that it is for.',
  }),
  'webrtc:session_ended': defineServerEvent({
    payload: z.object({ sessionId: id }),
    summary: 'The class is over.',
    to: 'Every participant, and who waits in the lobby.',
  }),
  'webrtc:session_locked': defineServerEvent({
    payload: z.object({ sessionId: id, locked: z.boolean(), by: id }),
    summary: 'The class was locked, or unlocked.',
    to: others,
  }),
  'webrtc:topology_changed': defineServerEvent({
    payload: z.object({ sessionId: id, topology }),
    summary: 'From here on connect like this.',
    to: 'Every participant.',
  }),
  'webrtc:session_state': defineServerEvent({
    payload: z.object({ sessionId: id, courseId: id, status: sessionStatus }),
    summary: 'A class of the course was planned or changed, went live, ended, or was deleted (`ended`).',
    to: 'Every connection of the enrolled.',
  }),
  'webrtc:error': defineServerEvent({
    payload: eventError,
    summary: 'A `webrtc:` event that was sent without an ack failed.',
    to: 'The sender.',
  }),
}
