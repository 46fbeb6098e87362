import type { ClassSession, EffectiveRole, Participant } from '@lectern/protocol'
import type { LecternError } from '../errors.ts'
import type { Readable } from '../readable.ts'

/** Why a microphone, camera or screen gives nothing, as somebody can be told. */
export type DeviceProblem =
  /** The person, or the browser's settings, said no. */
  | 'denied'
  /** There is none, or the one that was chosen is not there. */
  | 'missing'
  /** Another program has it. */
  | 'busy'
  /** The page is not secure (HTTPS or localhost), or the browser has no such thing. */
  | 'unsupported'
  | 'failed'

/** A microphone or camera of one's own. */
export type LocalDevice =
  | { readonly status: 'off' }
  | { readonly status: 'starting' }
  | { readonly status: 'on'; readonly track: MediaStreamTrack; readonly deviceId: string }
  | { readonly status: 'failed'; readonly problem: DeviceProblem }

export type LocalScreen =
  | { readonly status: 'off' }
  | { readonly status: 'starting' }
  | { readonly status: 'on'; readonly stream: MediaStream }
  | { readonly status: 'failed'; readonly problem: DeviceProblem | 'taken' }

/** What one can choose from; labels are empty until a microphone or camera was allowed. */
export interface DeviceList {
  readonly microphones: readonly MediaDeviceInfo[]
  readonly cameras: readonly MediaDeviceInfo[]
  readonly speakers: readonly MediaDeviceInfo[]
}

/**
 * Microphone, camera and screen of one's own. Made before a class (the green room) and handed to it; who made it ends it.
 */
export interface LocalMedia extends Readable<LocalMediaState>, Disposable {
  /** Switching on asks for the device the first time; muting keeps the microphone's track, so that it is back at once. */
  setMicrophone(on: boolean): Promise<void>
  setCamera(on: boolean): Promise<void>
  /** The device to use from now on; takes the place of the one in use without renegotiation. */
  chooseMicrophone(deviceId: string): Promise<void>
  chooseCamera(deviceId: string): Promise<void>
  /** Forgets that something was unplugged. */
  acknowledge(): void
  close(): void
}

export interface LocalMediaState {
  readonly microphone: LocalDevice
  readonly camera: LocalDevice
  /** Whether the microphone, being on, sends silence: its track stays. */
  readonly isMuted: boolean
  /** 0 to 1: how loud the microphone is, also while muted; about 10 times a second. */
  readonly level: number
  readonly devices: DeviceList
  /** A device in use was unplugged, and another took its place, or none. Told once. */
  readonly unplugged: 'microphone' | 'camera' | undefined
}

/** How media come from one peer. */
export type PeerLink =
  | { readonly status: 'connecting' }
  | { readonly status: 'connected'; readonly quality: Quality }
  /** Lost; an ICE restart or a rebuilt connection is under way. */
  | { readonly status: 'reconnecting' }

export type QualityReason = 'loss' | 'delay' | 'bandwidth' | 'cpu'

export type Quality = { readonly level: 'good' } | { readonly level: 'fair' | 'poor'; readonly reason: QualityReason }

/** Somebody else in the class. */
export interface RemotePeer {
  readonly participant: Participant
  readonly link: PeerLink
  /** Microphone and camera; the same object as long as its tracks are. */
  readonly media: MediaStream | undefined
  readonly screen: MediaStream | undefined
  /** 0 to 1. */
  readonly level: number
}

/** What was done so that audio goes on: each step is taken back 10 s or so after there is room again. */
export type Adaptation =
  | { readonly step: 'full' }
  | { readonly step: 'fewer_pixels'; readonly height: number; readonly reason: QualityReason }
  | { readonly step: 'video_off'; readonly reason: QualityReason }

export type ClassroomState =
  /** Nothing was asked for yet. */
  | { readonly status: 'idle' }
  | { readonly status: 'joining' }
  /** Not live yet. `you`: what one will be. */
  | { readonly status: 'lobby'; readonly you: Participant; readonly session: ClassSession }
  | InClass
  /** For good, or until `join` is called again. */
  | { readonly status: 'left'; readonly reason: LeftReason }

export type LeftReason =
  | { readonly kind: 'left' | 'ended' | 'removed' | 'replaced' }
  /** The join was refused: `locked`, `banned`, full (`details.limit`), ended, not found. */
  | { readonly kind: 'refused'; readonly error: LecternError }

export interface InClass {
  readonly status: 'joined'
  readonly session: ClassSession
  /** `recovering`: the connection to the server is lost and being remade; media between peers may go on. */
  readonly signal: 'online' | 'recovering'
  readonly topology: 'mesh' | 'sfu'
  readonly you: Participant
  /** Everyone else, in the order of joining. */
  readonly peers: readonly RemotePeer[]
  readonly screen: LocalScreen
  /** User ids in the order in which the hands were raised, oneself included. */
  readonly hands: readonly string[]
  /** User ids of those who speak now, oneself included, the loudest first. */
  readonly speaking: readonly string[]
  readonly adaptation: Adaptation
  /** Staff asked to mute, and the microphone was muted; until the person unmutes. */
  readonly mutedBy: string | undefined
  /** The camera could not be sent, for so many are on already. */
  readonly cameraLimit: number | undefined
}

export interface JoinOptions {
  readonly displayName?: string
  /** Lowers one's role. */
  readonly role?: EffectiveRole
}

/**
 * One class, from joining to leaving. Nothing of it needs a framework. Its state is a value that is replaced, never
 * changed; `subscribe` is told once a turn.
 */
export interface Classroom extends Readable<ClassroomState>, Disposable {
  readonly sessionId: string
  readonly media: LocalMedia
  /** Resolves when in, or in the lobby. What is refused is told by the state as well. @throws LecternError */
  join(options?: JoinOptions): Promise<void>
  leave(): Promise<void>
  /** @throws LecternError `CONFLICT` while somebody else shares and one is not staff */
  shareScreen(): Promise<void>
  stopSharing(): Promise<void>
  raiseHand(userId?: string): Promise<void>
  lowerHand(userId?: string): Promise<void>
  /** Staff's. @throws LecternError */
  mute(userId: string): Promise<void>
  remove(userId: string, options?: { readonly ban?: boolean }): Promise<void>
  lock(locked: boolean): Promise<void>
  /** Forgets what was told once: `unplugged`, `mutedBy`, `cameraLimit`. */
  acknowledge(): void
  /** Leaves, and lets go of everything but `media`. */
  close(): void
}

export interface ClassroomOptions {
  /** The tests' own: `relay` uses TURN alone. */
  readonly iceTransportPolicy?: RTCIceTransportPolicy
}

export interface Classrooms {
  /** @throws LecternError `UNAVAILABLE` where there is no WebRTC */
  createLocalMedia(): LocalMedia
  classroom(sessionId: string, media: LocalMedia, options?: ClassroomOptions): Classroom
}
