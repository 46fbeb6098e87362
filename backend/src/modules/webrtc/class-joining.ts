import type { EffectiveRole, JoinState, LeaveReason, Participant } from '@lectern/protocol'
import { conflict, forbidden, invalid, notFound } from '../../shared/errors.ts'
import { type ClassDraft, isStaffHere, toParticipant, toParticipants } from './class-state.ts'
import { nameKey } from './names.ts'
import type { Attendee, StoredSession } from './webrtc.types.ts'

// Coming and going: pure decisions on a draft.

export interface JoinRequest {
  readonly userId: string
  readonly userName: string
  readonly enrolledRole: EffectiveRole
  readonly connectionId: string
  readonly instanceId: string
  /** What they would be, where that is less than the enrolment says. */
  readonly askedRole: EffectiveRole | undefined
  readonly displayName: string | undefined
  readonly audio: boolean
  readonly video: boolean
}

export interface Joined {
  readonly state: JoinState
  readonly you: Participant
  /** Oneself included; empty in the lobby. */
  readonly participants: Participant[]
  readonly session: StoredSession
}

const RANKS: readonly EffectiveRole[] = ['student', 'assistant', 'teacher', 'admin']

const lowerOf = (one: EffectiveRole, other: EffectiveRole): EffectiveRole =>
  RANKS.indexOf(one) < RANKS.indexOf(other) ? one : other

/**
 * @throws AppError `CONFLICT` for a class that has ended or is full, `FORBIDDEN` for who is kept out,
 * `VALIDATION_FAILED` for the name of somebody else of staff
 */
export function join(draft: ClassDraft, request: JoinRequest): Joined {
  requireOpen(draft)
  const known = draft.people.get(request.userId)
  return known === undefined ? enterAnew(draft, request) : comeBack(draft, known, request)
}

function enterAnew(draft: ClassDraft, request: JoinRequest): Joined {
  const role = lowerOf(request.enrolledRole, request.askedRole ?? request.enrolledRole)
  requireAdmittable(draft, request, role)
  const { session } = draft
  const starts = session.status === 'scheduled' && (isStaffHere({ role }) || !session.lobby)
  const enters = starts || session.status === 'live'
  if (enters) requireRoom(draft, request.video)
  const place = session.lastPlace + 1
  const { userId, userName, enrolledRole, instanceId, audio, video } = request
  const shown = { userId, userName, displayName: request.displayName ?? userName, role, enrolledRole }
  const off = { screen: false, handRaisedAt: null }
  const person: Attendee = { ...shown, ...off, state: 'lobby', instanceId, place, audio, video, joinedAt: draft.now }
  draft.changeSession({ lastPlace: place })
  draft.people.set(userId, person)
  draft.links.set(userId, { status: 'on', connectionId: request.connectionId, isCounted: false })
  if (starts) begin(draft)
  if (enters) enter(draft, person)
  const joined = joinedAs(draft, userId)
  tellList(draft, userId)
  // Behind the one who starts it, who surely has a place.
  if (starts) admitWaiting(draft)
  return joined
}

/** Within the grace, from another connection, or once more from the same. */
function comeBack(draft: ClassDraft, known: Attendee, request: JoinRequest): Joined {
  const { userId } = known
  const link = draft.links.get(userId)
  if (link?.status === 'on' && link.connectionId === request.connectionId) return joinedAs(draft, userId)
  const { id: sessionId } = draft.session
  if (link?.status === 'on')
    draft.tellConnections([link.connectionId], 'webrtc:user_left', { sessionId, userId, reason: 'replaced' })
  const isCounted = link?.isCounted ?? false
  draft.links.set(userId, { status: 'on', connectionId: request.connectionId, isCounted })
  if (known.instanceId !== request.instanceId) anotherPage(draft, known, request.instanceId)
  changeRole(draft, userId, request.enrolledRole)
  if (known.state === 'lobby') admitWaiting(draft)
  else if (!isCounted) count(draft, userId, false)
  const joined = joinedAs(draft, userId)
  // Who has just entered from the lobby has been told.
  if (joined.state === known.state) tellList(draft, userId)
  return joined
}

function anotherPage(draft: ClassDraft, known: Attendee, instanceId: string): void {
  const { userId } = known
  draft.change(known, { instanceId })
  if (known.state === 'lobby') return
  draft.tellOthers(userId, 'webrtc:participant_reset', { sessionId: draft.session.id, userId })
}

/** Their place is kept: `webrtc:user_left` with `disconnected` comes when the grace is over. Another connection's drop is none. */
export function drop(
  draft: ClassDraft,
  { userId, connectionId, seenAt, until }: { userId: string; connectionId: string; seenAt: number; until: number },
): void {
  const link = draft.links.get(userId)
  if (link?.status !== 'on' || link.connectionId !== connectionId) return
  draft.links.set(userId, { status: 'dropped', seenAt, until, isCounted: link.isCounted })
}

/** Nothing happens for who is not there, or is there by another connection. @param seenAt where it was not just now */
export function leave(
  draft: ClassDraft,
  { userId, connectionId, seenAt }: { userId: string; connectionId: string; seenAt?: number },
): void {
  const link = draft.links.get(userId)
  if (link?.status !== 'on' || link.connectionId !== connectionId) return
  depart(draft, userId, { reason: 'left', ...(seenAt !== undefined && { at: seenAt }) })
}

export interface Departure {
  readonly reason: LeaveReason
  /** When they were there last, where the draft does not know it. */
  readonly at?: number
  /** User ids of those who are told, also where they see no leave of others. */
  readonly also?: readonly string[]
}

/** Takes somebody out, and lets in who waits for the place. */
export function depart(
  draft: ClassDraft,
  userId: string,
  { reason, at = draft.thereUntil(userId), also = [] }: Departure,
): void {
  const person = draft.people.get(userId)
  if (person === undefined) return
  const told = person.state === 'joined' ? draft.participants.filter((other) => other.userId !== userId) : []
  const userIds = new Set([...told.map((other) => other.userId), ...also])
  draft.tell([...userIds], 'webrtc:user_left', { sessionId: draft.session.id, userId, reason })
  if (draft.links.get(userId)?.isCounted) draft.attendance.push({ kind: 'left', at, userId })
  draft.people.delete(userId)
  draft.links.delete(userId)
  if (draft.session.status !== 'live') return
  if (person.state === 'joined' && told.length === 0) draft.changeSession({ emptySince: draft.now })
  admitWaiting(draft)
}

/** Those in the lobby who are there enter in the order of arrival, as far as there are places. */
export function admitWaiting(draft: ClassDraft): void {
  if (draft.session.status !== 'live') return
  for (const person of draft.waiting) {
    if (draft.participants.length >= draft.limits.participants) return
    const isThere = draft.links.get(person.userId)?.status === 'on'
    if (!isThere || (draft.session.locked && !isStaffHere(person))) continue
    const place = draft.session.lastPlace + 1
    draft.changeSession({ lastPlace: place })
    enter(draft, { ...person, place, joinedAt: draft.now, video: person.video && hasCameraLeft(draft) })
    tellList(draft, person.userId)
  }
}

/** The role in the course has changed; one that was lowered stays as low. */
export function changeRole(draft: ClassDraft, userId: string, enrolledRole: EffectiveRole): void {
  const person = draft.people.get(userId)
  if (person === undefined || person.enrolledRole === enrolledRole) return
  const isLowered = person.role !== person.enrolledRole
  const role = isLowered ? lowerOf(person.role, enrolledRole) : enrolledRole
  const changed = draft.change(person, { role, enrolledRole })
  if (role === person.role) return
  if (person.state === 'lobby') {
    if (isStaffHere(changed)) letIn(draft)
    return
  }
  for (const other of draft.participants) tellList(draft, other.userId)
}

/** Somebody who waits is of the staff now. */
function letIn(draft: ClassDraft): void {
  if (draft.session.status === 'scheduled') goLive(draft)
  else admitWaiting(draft)
}

/** For those who wait, who may all be gone or kept out by the lock: until somebody enters it is empty. */
export function goLive(draft: ClassDraft): void {
  begin(draft)
  admitWaiting(draft)
}

function begin(draft: ClassDraft): void {
  const { startedAt } = draft.session
  draft.changeSession({ status: 'live', startedAt: startedAt ?? draft.now, endedAt: null, emptySince: draft.now })
  draft.attendance.push({ kind: 'live', at: draft.now })
}

function enter(draft: ClassDraft, person: Attendee): void {
  // Times go as the order does, also where the clock was ahead before a restart: clients order by them.
  const joinedAt = Math.max(person.joinedAt, ...draft.participants.map((other) => other.joinedAt))
  const entered: Attendee = { ...person, state: 'joined', joinedAt }
  // Behind all who were there: the order of the map is the order of the places.
  draft.people.delete(person.userId)
  draft.people.set(person.userId, entered)
  if (draft.session.emptySince !== null) draft.changeSession({ emptySince: null })
  count(draft, person.userId, true)
  draft.tellOthers(person.userId, 'webrtc:user_joined', toParticipant(draft.session.id, entered))
}

/** Their time here counts from now on. */
function count(draft: ClassDraft, userId: string, isEntry: boolean): void {
  const person = draft.people.get(userId)
  const link = draft.links.get(userId)
  if (person === undefined || link === undefined) return
  const { userName, enrolledRole } = person
  draft.attendance.push({ kind: 'entered', at: draft.now, userId, userName, role: enrolledRole, isEntry })
  draft.links.set(userId, { ...link, isCounted: true })
}

function joinedAs(draft: ClassDraft, userId: string): Joined {
  const { session } = draft
  const person = draft.people.get(userId)
  if (person === undefined) throw new Error('Who has joined is there.')
  const participants = person.state === 'joined' ? toParticipants(draft) : []
  return { state: person.state, you: toParticipant(session.id, person), participants, session }
}

function tellList(draft: ClassDraft, userId: string): void {
  const { state, participants, session } = joinedAs(draft, userId)
  draft.tell([userId], 'webrtc:participants_list', { sessionId: session.id, state, participants })
}

/** @throws AppError `NOT_FOUND`, `CONFLICT` */
function requireOpen({ session }: ClassDraft): void {
  if (session.deletedAt !== null) throw notFound('No such class.')
  if (session.status === 'ended') throw conflict('This class has ended.', { reason: 'ended' })
}

function requireAdmittable({ bans, session, people }: ClassDraft, request: JoinRequest, role: EffectiveRole): void {
  if (bans.has(request.userId)) throw forbidden('You were removed from this class.', { reason: 'banned' })
  if (session.locked && !isStaffHere({ role })) throw forbidden('This class is locked.', { reason: 'locked' })
  const { displayName } = request
  if (displayName === undefined || nameKey(displayName) === nameKey(request.userName)) return
  const staff = [...people.values()].filter((person) => person.enrolledRole !== 'student')
  if (staff.some(({ userName }) => nameKey(userName) === nameKey(displayName))) throw staffName()
}

export const staffName = () =>
  invalid('Somebody else of the course’s staff has this name.', {
    issues: [{ path: 'displayName', message: 'is the name of somebody else of staff' }],
  })

/** @throws AppError `CONFLICT` with the limit that would be passed */
function requireRoom(draft: ClassDraft, video: boolean): void {
  const { participants } = draft.limits
  if (draft.participants.length >= participants) throw conflict('The class is full.', { limit: participants })
  if (video) requireCamera(draft)
}

const hasCameraLeft = ({ participants, limits }: ClassDraft): boolean =>
  participants.filter(({ video }) => video).length < limits.cameras

/** @throws AppError `CONFLICT` with the limit that would be passed */
export function requireCamera(draft: ClassDraft): void {
  const { cameras } = draft.limits
  if (!hasCameraLeft(draft)) throw conflict('Enough cameras are on.', { limit: cameras })
}
