import { type ClassSession, type EffectiveRole, type Participant, toTime } from '@lectern/protocol'
import type { AttendanceChange } from './attendance.types.ts'
import type {
  Announcement,
  Attendee,
  ClassChange,
  ClassEvent,
  ClassLimits,
  Emission,
  PayloadOf,
  StoredBan,
  StoredClass,
  StoredSession,
} from './webrtc.types.ts'

/** Where somebody is reached. `isCounted`: whether an interval of theirs is open. */
export type Link =
  | { readonly status: 'on'; readonly connectionId: string; readonly isCounted: boolean }
  /** Kept until `until`; `seenAt`: their last sign of life. */
  | { readonly status: 'dropped'; readonly seenAt: number; readonly until: number; readonly isCounted: boolean }

/** An answer to the last ping is this old at the next, at most. */
const SILENT_MS = 15_000

/** Whether nothing has come from a client for so long that it may be gone. */
export const isSilent = (lastSeenAt: number, now: number): boolean => lastSeenAt + SILENT_MS <= now

/** One class: what is stored of it, and how its people are reached. */
export interface ClassState {
  readonly session: StoredSession
  /** By place. */
  readonly people: ReadonlyMap<string, Attendee>
  /** Of everybody in `people`, and of nobody else. */
  readonly links: ReadonlyMap<string, Link>
  readonly bans: ReadonlyMap<string, StoredBan>
}

/**
 * As it was stored by a process before: everybody has dropped, and attendance has ended their intervals. That process's
 * clock may have been ahead of this one's: a class is not empty since a time to come, or it would not end for as long.
 */
export const stateOf = ({ session, people, bans }: StoredClass, now: number, graceMs: number): ClassState => ({
  session: { ...session, emptySince: session.emptySince === null ? null : Math.min(session.emptySince, now) },
  people: new Map(people.map((person) => [person.userId, person])),
  links: new Map(
    people.map(({ userId }) => [userId, { status: 'dropped', seenAt: now, until: now + graceMs, isCounted: false }]),
  ),
  bans: new Map(bans.map((ban) => [ban.userId, ban])),
})

export const participantsOf = ({ people }: Pick<ClassState, 'people'>): Attendee[] =>
  [...people.values()].filter(({ state }) => state === 'joined')

export const isStaffHere = ({ role }: { readonly role: EffectiveRole }): boolean => role !== 'student'

export const toParticipant = (sessionId: string, person: Attendee): Participant => ({
  sessionId,
  userId: person.userId,
  userName: person.userName,
  displayName: person.displayName,
  role: person.role,
  audio: person.audio,
  video: person.video,
  screen: person.screen,
  handRaisedAt: person.handRaisedAt === null ? null : toTime(person.handRaisedAt),
  joinedAt: toTime(person.joinedAt),
})

export const toParticipants = (state: Pick<ClassState, 'session' | 'people'>): Participant[] =>
  participantsOf(state).map((person) => toParticipant(state.session.id, person))

const timeOrNull = (at: number | null) => (at === null ? null : toTime(at))

export const toSession = (session: StoredSession): ClassSession => ({
  id: session.id,
  course_id: session.courseId,
  title: session.title,
  status: session.status,
  scheduled_at: timeOrNull(session.scheduledAt),
  duration_min: session.durationMin,
  started_at: timeOrNull(session.startedAt),
  ended_at: timeOrNull(session.endedAt),
  locked: session.locked,
  lobby: session.lobby,
})

/** What a decision is made by. */
export interface Circumstances {
  readonly now: number
  readonly limits: ClassLimits
  /** When anything came by a connection last; undefined for one that is not there. */
  readonly lastSeenAt: (connectionId: string) => number | undefined
}

/** What a decision may change, and what it has to tell when that is on disk. */
export class ClassDraft implements ClassState {
  session: StoredSession
  readonly people: Map<string, Attendee>
  readonly links: Map<string, Link>
  readonly bans: Map<string, StoredBan>
  readonly attendance: AttendanceChange[] = []
  readonly emissions: Emission[] = []
  readonly now: number
  readonly limits: ClassLimits
  readonly #lastSeenAt: Circumstances['lastSeenAt']

  constructor(state: ClassState, { now, limits, lastSeenAt }: Circumstances) {
    this.session = state.session
    this.people = new Map(state.people)
    this.links = new Map(state.links)
    this.bans = new Map(state.bans)
    this.now = now
    this.limits = limits
    this.#lastSeenAt = lastSeenAt
  }

  get participants(): Attendee[] {
    return participantsOf(this)
  }

  /** Those who wait, in the order of arrival. */
  get waiting(): Attendee[] {
    return [...this.people.values()].filter(({ state }) => state === 'lobby')
  }

  /** Until when somebody was there who is there no more: now, or their last sign of life where there has been none since. */
  thereUntil(userId: string): number {
    const link = this.links.get(userId)
    if (link?.status === 'dropped') return link.seenAt
    const seenAt = link && this.#lastSeenAt(link.connectionId)
    return seenAt !== undefined && isSilent(seenAt, this.now) ? seenAt : this.now
  }

  changeSession(change: Partial<StoredSession>): void {
    this.session = { ...this.session, ...change }
  }

  change(person: Attendee, change: Partial<Attendee>): Attendee {
    const changed = { ...person, ...change }
    this.people.set(person.userId, changed)
    return changed
  }

  tell<Event extends ClassEvent>(userIds: readonly string[], event: Event, payload: PayloadOf<Event>): void {
    const to = userIds.flatMap((userId) => {
      const link = this.links.get(userId)
      return link?.status === 'on' ? [link.connectionId] : []
    })
    this.tellConnections(to, event, payload)
  }

  /** Every participant but one. */
  tellOthers<Event extends ClassEvent>(userId: string, event: Event, payload: PayloadOf<Event>): void {
    const others = this.participants.filter((person) => person.userId !== userId)
    this.tell(
      others.map((person) => person.userId),
      event,
      payload,
    )
  }

  tellConnections<Event extends ClassEvent>(to: readonly string[], event: Event, payload: PayloadOf<Event>): void {
    if (to.length > 0) this.emissions.push({ to, event, payload })
  }
}

/** What the course's chat has to say of one decision. */
export function announcementsOf({ session: before }: ClassState, { session }: ClassState): Announcement[] {
  const { id: session_id, courseId, title, status } = session
  const say = (kind: 'class_started' | 'class_ended') => [{ courseId, system: { kind, session_id, title } }]
  if (before.status === status) return []
  if (status === 'live') return say('class_started')
  return before.status === 'live' ? say('class_ended') : []
}

/** What follows from decisions beside what they made of the class. */
export type Consequences = Pick<ClassChange, 'attendance' | 'announcements'>

/** What has to be written so that `before` becomes `after`; undefined where that is nothing. */
export function changeBetween(
  before: ClassState,
  after: ClassState,
  { attendance, announcements }: Consequences,
): ClassChange | undefined {
  const change = {
    sessionId: after.session.id,
    session: before.session === after.session ? undefined : after.session,
    people: changedIn(before.people, after.people),
    gone: missingIn(before.people, after.people),
    bans: changedIn(before.bans, after.bans),
    unbanned: missingIn(before.bans, after.bans),
    attendance,
    announcements,
  }
  const rows = [change.people, change.gone, change.bans, change.unbanned, attendance, announcements]
  return change.session === undefined && rows.every((each) => each.length === 0) ? undefined : change
}

const changedIn = <Row>(before: ReadonlyMap<string, Row>, after: ReadonlyMap<string, Row>): Row[] =>
  [...after].flatMap(([key, row]) => (before.get(key) === row ? [] : [row]))

const missingIn = (before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): string[] =>
  [...before.keys()].filter((key) => !after.has(key))
