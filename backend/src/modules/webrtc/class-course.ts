import { type EffectiveRole, LIMITS, type UpdateSessionBody } from '@lectern/protocol'
import { notFound } from '../../shared/errors.ts'
import { changeRole, depart, goLive } from './class-joining.ts'
import type { ClassDraft, ClassState } from './class-state.ts'
import type { StoredSession } from './webrtc.types.ts'

// What the course and time do to a class: pure decisions on a draft.

const EMPTY_MS = LIMITS.classEmptyMinutes * 60_000

/** @throws AppError `NOT_FOUND` */
function requireThere({ session }: ClassDraft): void {
  if (session.deletedAt !== null) throw notFound('No such class.')
}

/** For everybody; one that has ended stays as it is. @throws AppError `NOT_FOUND` */
export function end(draft: ClassDraft): StoredSession {
  requireThere(draft)
  if (draft.session.status !== 'ended') finish(draft)
  return draft.session
}

function finish(draft: ClassDraft): void {
  const wasLive = draft.session.status === 'live'
  for (const [userId, { isCounted }] of draft.links) {
    if (isCounted) draft.attendance.push({ kind: 'left', at: draft.thereUntil(userId), userId })
  }
  if (wasLive) draft.attendance.push({ kind: 'ended', at: draft.now })
  empty(draft)
  draft.changeSession({ status: 'ended', endedAt: draft.now, emptySince: null })
}

/** Whoever is there, or waits, is told that there is no class. */
function empty(draft: ClassDraft): void {
  draft.tell([...draft.people.keys()], 'webrtc:session_ended', { sessionId: draft.session.id })
  draft.people.clear()
  draft.links.clear()
}

/** @throws AppError `NOT_FOUND` */
export function reopen(draft: ClassDraft): StoredSession {
  requireThere(draft)
  if (draft.session.status === 'ended') draft.changeSession({ status: 'scheduled', endedAt: null })
  return draft.session
}

/** @throws AppError `NOT_FOUND` */
export function erase(draft: ClassDraft): void {
  requireThere(draft)
  if (draft.session.status === 'live') finish(draft)
  else empty(draft)
  draft.changeSession({ deletedAt: draft.now })
}

/** @param scheduledAt epoch milliseconds @throws AppError `NOT_FOUND` */
export function plan(
  draft: ClassDraft,
  { title, scheduled_at, duration_min, lobby }: UpdateSessionBody,
): StoredSession {
  requireThere(draft)
  draft.changeSession({
    ...(title !== undefined && { title }),
    ...(scheduled_at !== undefined && { scheduledAt: scheduled_at }),
    ...(duration_min !== undefined && { durationMin: duration_min }),
    ...(lobby !== undefined && { lobby }),
  })
  // Without a lobby the class goes live at the first join, which those who wait have made.
  if (draft.session.status === 'scheduled' && !draft.session.lobby && draft.waiting.length > 0) goLive(draft)
  return draft.session
}

/** @throws AppError `NOT_FOUND` where there is no such ban */
export function liftBan(draft: ClassDraft, userId: string): void {
  requireThere(draft)
  if (!draft.bans.delete(userId)) throw notFound('No such ban.')
}

/** The course is there no more: nobody may be in its classes. */
export function closeWithCourse(draft: ClassDraft): void {
  if (draft.session.status === 'live') finish(draft)
  else empty(draft)
}

/** Somebody is enrolled no more. */
export function putOut(draft: ClassDraft, userId: string): void {
  depart(draft, userId, { reason: 'removed', also: [userId] })
}

/** What somebody is in the course by now; undefined: a stranger to it. */
export function follow(draft: ClassDraft, userId: string, role: EffectiveRole | undefined): void {
  if (role === undefined) putOut(draft, userId)
  else changeRole(draft, userId, role)
}

/** When something in this class is over next; undefined where nothing waits for its time. */
export function nextDue({ links, session }: ClassState): number | undefined {
  const times = [...links.values()].flatMap((link) => (link.status === 'dropped' ? [link.until] : []))
  if (session.status === 'live' && session.emptySince !== null) times.push(session.emptySince + EMPTY_MS)
  return times.length === 0 ? undefined : Math.min(...times)
}

/** What is over by now: graces, and a class that nobody came back to. */
export function expire(draft: ClassDraft): void {
  for (const [userId, link] of [...draft.links]) {
    if (link.status === 'dropped' && link.until <= draft.now) depart(draft, userId, { reason: 'disconnected' })
  }
  const { status, emptySince } = draft.session
  if (status === 'live' && emptySince !== null && emptySince + EMPTY_MS <= draft.now) finish(draft)
}
