import type {
  EffectiveRole,
  JoinState,
  ServerToClientEvents,
  SessionStatus,
  SystemContent,
  Topology,
} from '@lectern/protocol'
import type { CourseAccess, UserActor } from '../../access/actor.ts'
import type { AttendanceChange } from './attendance.types.ts'

/** A class as stored; times in epoch milliseconds. */
export interface StoredSession {
  readonly id: string
  readonly courseId: string
  readonly title: string
  readonly status: SessionStatus
  readonly createdBy: string | null
  readonly locked: boolean
  readonly lobby: boolean
  /** The place of whoever came last: places are never given twice. */
  readonly lastPlace: number
  /** When the latest hand was raised, so that the next is later. */
  readonly lastHandAt: number
  readonly createdAt: number
  readonly scheduledAt: number | null
  readonly durationMin: number | null
  readonly startedAt: number | null
  readonly endedAt: number | null
  /** Since when it is live without a participant. */
  readonly emptySince: number | null
  readonly deletedAt: number | null
}

/** Somebody in a class, or in its lobby. */
export interface Attendee {
  readonly userId: string
  readonly userName: string
  readonly displayName: string
  /** What they are here: what they are in the course, or less where they asked for it. */
  readonly role: EffectiveRole
  readonly enrolledRole: EffectiveRole
  readonly state: JoinState
  /** Names the page whose peer connections these are. */
  readonly instanceId: string
  readonly place: number
  readonly audio: boolean
  readonly video: boolean
  readonly screen: boolean
  readonly joinedAt: number
  readonly handRaisedAt: number | null
}

export interface StoredBan {
  readonly userId: string
  readonly userName: string
  readonly bannedBy: string
  readonly bannedAt: number
}

/** What there is to read of one class. */
export interface StoredClass {
  readonly session: StoredSession
  /** By place. */
  readonly people: readonly Attendee[]
  readonly bans: readonly StoredBan[]
}

/** What several decisions changed, to be written as one. */
export interface ClassChange {
  readonly sessionId: string
  /** Undefined where its row is as it was. */
  readonly session: StoredSession | undefined
  readonly people: readonly Attendee[]
  /** User ids. */
  readonly gone: readonly string[]
  readonly bans: readonly StoredBan[]
  /** User ids. */
  readonly unbanned: readonly string[]
  readonly attendance: readonly AttendanceChange[]
  readonly announcements: readonly Announcement[]
}

/** What the server says of a class in the chat of its course. */
export interface Announcement {
  readonly courseId: string
  readonly system: SystemContent
}

/** Where classes are kept. A commit is on disk as a whole, what chat says of it included, or not at all. */
export interface ClassStore {
  /** Undefined for one that is not there, or deleted. */
  load(sessionId: string): Promise<StoredClass | undefined>
  session(sessionId: string): Promise<StoredSession | undefined>
  commit(change: ClassChange): Promise<void>
  /** The classes that are live, or that somebody is in or waits for. */
  inUse(): Promise<string[]>
}

export type ClassEvent = Extract<keyof ServerToClientEvents, `webrtc:${string}`>
export type PayloadOf<Event extends ClassEvent> = Parameters<ServerToClientEvents[Event]>[0]

/** Something to tell these connections. */
export interface Emission<Event extends ClassEvent = ClassEvent> {
  readonly to: readonly string[]
  readonly event: Event
  readonly payload: PayloadOf<Event>
}

/** An event as the realtime layer has encoded it, for as many as it is sent to. */
export interface EncodedEvent {
  readonly packet: string
  readonly frame: Buffer
}

/** One client's connection, as the realtime layer keeps it. */
export interface ClassConnection {
  readonly id: string
  readonly actor: UserActor
  readonly isOpen: boolean
  /** When anything came from the client last, by steady time. */
  readonly lastSeenAt: number
  send(event: EncodedEvent): void
  ping(): void
}

/** Somebody enrolled, in the class or not. */
export interface Enrolled {
  readonly name: string
  readonly role: EffectiveRole
}

/** Who may be where; the courses module answers. */
export interface CourseAccessPort {
  /** @throws AppError `NOT_FOUND` for a stranger, the removed, an archived course and none alike */
  accessTo(actor: UserActor, courseId: string): Promise<CourseAccess>
  /** Undefined for who is not enrolled. */
  enrolledAs(courseId: string, userId: string): Promise<Enrolled | undefined>
  /** Teachers and assistants. */
  staffOf(courseId: string): Promise<{ user_id: string; user_name: string }[]>
}

/** Those around a class, who hear of it. */
export interface CourseAudience {
  /** Tells every connection of the enrolled. */
  stateChanged(payload: PayloadOf<'webrtc:session_state'>): void
}

/** What a client needs to know of the media beside whom it connects to. */
export interface ClassLimits {
  readonly participants: number
  readonly cameras: number
}

export interface ClassMedia {
  readonly topology: Topology
  readonly limits: ClassLimits
}
