import { conflict, forbidden, notFound } from '../../shared/errors.ts'
import { admitWaiting, depart, requireCamera } from './class-joining.ts'
import { type ClassDraft, isStaffHere } from './class-state.ts'
import type { Attendee, Enrolled } from './webrtc.types.ts'

// What participants do in a class: pure decisions on a draft.

/** Who acts, and by which connection: only the one by which they are in the class counts. */
export interface Sender {
  readonly userId: string
  readonly connectionId: string
}

/** @throws AppError `CONFLICT` for who is no participant, or is it by another connection */
export function requireParticipant({ session, people, links }: ClassDraft, { userId, connectionId }: Sender): Attendee {
  if (session.deletedAt !== null) throw notFound('No such class.')
  const person = people.get(userId)
  const link = links.get(userId)
  const isHere = link?.status === 'on' && link.connectionId === connectionId
  if (person?.state !== 'joined' || !isHere) throw conflict('Join the class first.')
  return person
}

/** @throws AppError `CONFLICT`, `FORBIDDEN` */
function requireStaff(draft: ClassDraft, sender: Sender): Attendee {
  const person = requireParticipant(draft, sender)
  if (!isStaffHere(person)) throw forbidden('This is for the course’s staff.')
  return person
}

function requireTarget({ people }: ClassDraft, userId: string): Attendee {
  const person = people.get(userId)
  if (person?.state !== 'joined') throw notFound('No such participant.')
  return person
}

const isTeaching = ({ enrolledRole }: Pick<Attendee, 'enrolledRole'>): boolean =>
  enrolledRole === 'teacher' || enrolledRole === 'admin'

/** @throws AppError `FORBIDDEN` for an assistant who would put down a teacher */
function requireAbove(actor: Attendee, target: Pick<Attendee, 'userId' | 'enrolledRole'>): void {
  if (actor.role === 'assistant' && isTeaching(target) && actor.userId !== target.userId)
    throw forbidden('An assistant does not do this to a teacher.')
}

export function toggleAudio(draft: ClassDraft, sender: Sender, enabled: boolean): void {
  const person = requireParticipant(draft, sender)
  if (person.audio !== enabled) draft.change(person, { audio: enabled })
  const { userId } = person
  draft.tellOthers(userId, 'webrtc:user_audio_toggled', { ...here(draft, userId), enabled, by: userId })
}

/** @throws AppError `CONFLICT` for one camera too many */
export function toggleVideo(draft: ClassDraft, sender: Sender, enabled: boolean): void {
  const person = requireParticipant(draft, sender)
  if (person.video !== enabled) {
    if (enabled) requireCamera(draft)
    draft.change(person, { video: enabled })
  }
  const { userId } = person
  draft.tellOthers(userId, 'webrtc:user_video_toggled', { ...here(draft, userId), enabled, by: userId })
}

/** @throws AppError `CONFLICT` while somebody else shares, but for staff, who take over */
export function startScreen(draft: ClassDraft, sender: Sender): void {
  const person = requireParticipant(draft, sender)
  if (person.screen) return
  const sharing = draft.participants.find(({ screen }) => screen)
  if (sharing !== undefined) {
    if (!isStaffHere(person)) throw conflict('Somebody else shares their screen.', { user_id: sharing.userId })
    draft.change(sharing, { screen: false })
    const everybody = draft.participants.map(({ userId }) => userId)
    draft.tell(everybody, 'webrtc:screen_share_stopped', here(draft, sharing.userId))
  }
  draft.change(person, { screen: true })
  draft.tellOthers(person.userId, 'webrtc:screen_share_started', here(draft, person.userId))
}

export function stopScreen(draft: ClassDraft, sender: Sender): void {
  const person = requireParticipant(draft, sender)
  if (!person.screen) return
  draft.change(person, { screen: false })
  draft.tellOthers(person.userId, 'webrtc:screen_share_stopped', here(draft, person.userId))
}

/** @returns when it was raised @throws AppError `FORBIDDEN` for another's hand but of staff */
export function raiseHand(draft: ClassDraft, sender: Sender, userId = sender.userId): number {
  const target = handOf(draft, sender, userId)
  if (target.handRaisedAt !== null) return target.handRaisedAt
  const at = Math.max(draft.now, draft.session.lastHandAt + 1)
  draft.changeSession({ lastHandAt: at })
  draft.change(target, { handRaisedAt: at })
  draft.attendance.push({ kind: 'hand_raised', at, userId })
  const raisedAt = new Date(at).toISOString()
  draft.tellOthers(sender.userId, 'webrtc:hand_raised', { ...here(draft, userId), raisedAt })
  return at
}

/** @throws AppError `FORBIDDEN` for another's hand but of staff */
export function lowerHand(draft: ClassDraft, sender: Sender, userId = sender.userId): void {
  const target = handOf(draft, sender, userId)
  if (target.handRaisedAt === null) return
  draft.change(target, { handRaisedAt: null })
  draft.tellOthers(sender.userId, 'webrtc:hand_lowered', { ...here(draft, userId), by: sender.userId })
}

function handOf(draft: ClassDraft, sender: Sender, userId: string): Attendee {
  if (userId === sender.userId) return requireParticipant(draft, sender)
  requireStaff(draft, sender)
  return requireTarget(draft, userId)
}

/** @throws AppError `FORBIDDEN`, `NOT_FOUND` */
export function mute(draft: ClassDraft, sender: Sender, userId: string): void {
  const actor = requireStaff(draft, sender)
  const target = requireTarget(draft, userId)
  requireAbove(actor, target)
  if (target.audio) draft.change(target, { audio: false })
  const by = actor.userId
  draft.tell([userId], 'webrtc:mute_requested', { sessionId: draft.session.id, by })
  draft.tellOthers(by, 'webrtc:user_audio_toggled', { ...here(draft, userId), enabled: false, by })
}

export interface Removal {
  readonly userId: string
  readonly ban: boolean
  /** What they are in the course: a ban counts also for who is not there. */
  readonly enrolled: Enrolled | undefined
}

/** @throws AppError `FORBIDDEN`, `NOT_FOUND` for who is not there, and with `ban` not enrolled either */
export function remove(draft: ClassDraft, sender: Sender, { userId, ban, enrolled }: Removal): void {
  const actor = requireStaff(draft, sender)
  if (userId === actor.userId) {
    depart(draft, userId, { reason: 'left' })
    return
  }
  const known = draft.people.get(userId)
  const absent = ban && enrolled && { userId, userName: enrolled.name, enrolledRole: enrolled.role }
  const target = known ?? absent
  if (!target) throw notFound('No such participant.')
  requireAbove(actor, target)
  const { userName } = target
  if (ban) draft.bans.set(userId, { userId, userName, bannedBy: actor.userId, bannedAt: draft.now })
  depart(draft, userId, { reason: 'removed', also: [userId, actor.userId] })
}

/** @throws AppError `FORBIDDEN` */
export function lock(draft: ClassDraft, sender: Sender, locked: boolean): void {
  const { userId: by } = requireStaff(draft, sender)
  if (draft.session.locked !== locked) draft.changeSession({ locked })
  draft.tellOthers(by, 'webrtc:session_locked', { sessionId: draft.session.id, locked, by })
  admitWaiting(draft)
}

const here = ({ session }: ClassDraft, userId: string) => ({ sessionId: session.id, userId })
