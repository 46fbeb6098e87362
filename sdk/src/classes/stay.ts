import { type IceServer, type JoinSessionAnswer, LIMITS } from '@lectern/protocol'
import { LecternError } from '../errors.ts'
import { createClientId } from '../outbox/client-id.ts'
import { listenToClass } from './class-events.ts'
import { ClassMedia } from './class-media.ts'
import { ClassView } from './class-view.ts'
import type { ClassroomOptions, ClassroomState, JoinOptions, LeftReason, LocalMedia } from './classroom.types.ts'
import {
  type ClassEvent,
  type FoldedClass,
  type FoldedEventName,
  foldAnswer,
  foldEvent,
  foldPerson,
} from './classroom-fold.ts'
import { Entering } from './entering.ts'
import { type Flags, OwnFlags } from './own-flags.ts'
import type { ClassPorts } from './ports.ts'
import { returnQuickly } from './quick-return.ts'

export interface StayOptions {
  readonly sessionId: string
  readonly media: LocalMedia
  readonly options: ClassroomOptions
  readonly join: JoinOptions
  readonly ports: ClassPorts
  readonly changed: () => void
  readonly ended: (reason: LeftReason) => void
}

/** One stay in a class, from asking to be let in until it is left, through every loss of the connection. */
export class Stay {
  /** Kept when in, or in the lobby. */
  readonly entered = Promise.withResolvers<void>()
  readonly #options: StayOptions
  /** Whoever comes back with another has lost what was between them and the others. */
  readonly #instanceId = createClientId()
  readonly #media: ClassMedia
  readonly #view = new ClassView()
  readonly #flags: OwnFlags
  readonly #entering: Entering
  readonly #stops: (() => void)[]
  #folded: FoldedClass | undefined
  /** What comes while the answer to a join is on its way is folded into that answer. */
  #held: (() => void)[] | undefined
  #lobbyServers: readonly IceServer[] = []
  #isOnline = false
  #isEnded = false
  #mutedBy: string | undefined
  #cameraLimit: number | undefined

  constructor(options: StayOptions) {
    const { sessionId, media, ports } = options
    const { transport, clock, random } = ports
    this.#options = options
    // Who waits for it is told; where nobody does, the state tells.
    this.entered.promise.catch(() => undefined)
    this.#media = new ClassMedia({ ...options, screenEnded: () => void this.#screenEnded() })
    this.#flags = new OwnFlags({
      actual: () => this.#actual,
      told: () => (this.#isOnline && this.#folded?.state === 'joined' ? this.#folded.you : undefined),
      tell: (flag, enabled) => this.#tell(flag, enabled),
      refused: (flag, error) => this.#flagRefused(flag, error),
      after: (ms, act) => clock.after(ms, act),
    })
    this.#stops = [
      listenToClass(transport, sessionId, {
        folded: (name, event) => this.#inOrder(() => this.#fold(name, event)),
        signalled: (userId, signal) => this.#inOrder(() => this.#media.signalled(userId, signal)),
        reset: (userId) => this.#inOrder(() => this.#media.reset(userId)),
        muteRequested: (by) => this.#inOrder(() => this.#mute(by)),
      }),
      transport.connection.subscribe(() => this.#connectionChanged()),
      media.subscribe(() => this.#mediaChanged()),
      returnQuickly(ports),
    ]
    this.#entering = new Entering({
      transport,
      clock,
      random,
      ask: () => this.#ask(),
      entered: (answer) => this.#entered(answer),
      refused: (error) =>
        this.end(this.#folded !== undefined && isOver(error) ? { kind: 'ended' } : { kind: 'refused', error }),
    })
  }

  get state(): ClassroomState {
    const folded = this.#folded
    if (folded === undefined) return { status: 'joining' }
    if (folded.state === 'lobby') return { status: 'lobby', you: folded.you, session: folded.session }
    return this.#view.of(folded, this.#media, {
      signal: this.#isOnline ? 'online' : 'recovering',
      mutedBy: this.#mutedBy,
      cameraLimit: this.#cameraLimit,
    })
  }

  /** What the server says is folded in; what this side did, as soon as it is acked. */
  fold(change: (state: FoldedClass) => FoldedClass): void {
    if (this.#folded === undefined || this.#isEnded) return
    this.#folded = change(this.#folded)
    if (this.#folded.state === 'joined') this.#media.follow(this.#folded)
    this.#options.changed()
  }

  /** @throws LecternError `CONFLICT` where one is not in the class */
  get you() {
    if (this.#folded?.state === 'joined') return this.#folded.you
    throw new LecternError('CONFLICT', 'You are not in the class.')
  }

  async shareScreen(): Promise<void> {
    const { userId } = this.you
    const { sessionId, ports } = this.#options
    if (['starting', 'on'].includes(this.#media.screen.state.status)) return
    const start = () => ports.transport.emit('webrtc:screen_share_start', { sessionId })
    const isShown = await this.#media.screen.start(start)
    if (isShown) this.fold((state) => foldPerson(state, userId, { screen: true }))
  }

  async stopSharing(): Promise<void> {
    if (this.#media.screen.track === null) return
    this.#media.screen.stop()
    await this.#screenEnded()
  }

  acknowledge(): void {
    this.#mutedBy = undefined
    this.#cameraLimit = undefined
    this.#options.changed()
  }

  /** Resolves when the server knows, or cannot be told: then it sees the connection go. */
  async leave(): Promise<void> {
    if (this.#isEnded) return
    const { sessionId, ports } = this.#options
    const left = ports.transport.emit('webrtc:leave_session', { sessionId }).catch(() => undefined)
    this.end({ kind: 'left' })
    await left
  }

  end(reason: LeftReason): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#entering.stop()
    this.#flags.stop()
    for (const stop of this.#stops) stop()
    this.#media.close()
    this.entered.reject(reason.kind === 'refused' ? reason.error : new LecternError('CLOSED', 'The class was left.'))
    this.#options.ended(reason)
  }

  get #actual(): Flags {
    const { microphone, camera, isMuted } = this.#options.media.getSnapshot()
    return { audio: microphone.status === 'on' && !isMuted, video: camera.status === 'on' }
  }

  async #ask(): Promise<JoinSessionAnswer> {
    const { sessionId, join, ports } = this.#options
    const { audio, video } = this.#actual
    const payload = { sessionId, instanceId: this.#instanceId, audio, ...join }
    this.#held = []
    try {
      return await ports.transport.emit('webrtc:join_session', { ...payload, video })
    } catch (error) {
      if (!video || !isCameraLimit(error)) throw error
      this.#cameraRefused()
      return await ports.transport.emit('webrtc:join_session', { ...payload, video: false })
    }
  }

  #entered(answer: JoinSessionAnswer): void {
    this.#isOnline = true
    this.#folded = foldAnswer(answer)
    if (answer.state === 'joined') this.#media.entered(this.#folded, answer.iceServers)
    else this.#lobbyServers = answer.iceServers
    const held = this.#held ?? []
    this.#held = undefined
    for (const act of held) act()
    this.entered.resolve()
    this.#reconcile()
    this.#options.changed()
  }

  #inOrder(act: () => void): void {
    if (this.#held === undefined) act()
    else this.#held.push(act)
  }

  #fold<Name extends FoldedEventName>(name: Name, event: ClassEvent<Name>): void {
    const before = this.#folded
    if (before === undefined || this.#isEnded) return
    const after = foldEvent(before, name, event)
    if (after === before) return
    this.#folded = after
    if (after.left === undefined) this.#follow(before, after)
    else this.end({ kind: after.left })
  }

  #follow(before: FoldedClass, after: FoldedClass): void {
    if (after.state === 'joined') {
      if (before.state === 'lobby') this.#media.admitted(after, this.#lobbyServers)
      else this.#media.follow(after)
    }
    if (before.you.screen && !after.you.screen && this.#media.screen.track !== null) this.#media.screen.taken()
    this.#flags.check()
    this.#options.changed()
  }

  /** What changed here meanwhile is told, and a screen that was shown is shown again. */
  #reconcile(): void {
    this.#flags.check()
    const folded = this.#folded
    if (folded?.state !== 'joined') return
    const isShown = this.#media.screen.track !== null
    if (isShown && !folded.you.screen) void this.#shareAgain()
    else if (!isShown && folded.you.screen) void this.#screenEnded()
  }

  async #shareAgain(): Promise<void> {
    const { sessionId, ports } = this.#options
    try {
      await ports.transport.emit('webrtc:screen_share_start', { sessionId })
      this.fold((state) => foldPerson(state, state.you.userId, { screen: true }))
    } catch (error) {
      if (!(error instanceof LecternError)) throw error
      if (!error.shouldRetry()) this.#media.screen.taken()
    }
  }

  async #screenEnded(): Promise<void> {
    const { sessionId, ports } = this.#options
    this.fold((state) => foldPerson(state, state.you.userId, { screen: false }))
    // Without a connection the next join tells.
    await ports.transport.emit('webrtc:screen_share_stop', { sessionId }).catch(() => undefined)
  }

  #connectionChanged(): void {
    const { status } = this.#options.ports.transport.connection.getSnapshot()
    if (status === 'online' || !this.#isOnline) return
    this.#isOnline = false
    this.#media.lost()
    this.#options.changed()
  }

  #mediaChanged(): void {
    if (this.#mutedBy !== undefined && this.#actual.audio) {
      this.#mutedBy = undefined
      this.#options.changed()
    }
    this.#flags.check()
  }

  async #tell(flag: keyof Flags, enabled: boolean): Promise<void> {
    const { sessionId, ports } = this.#options
    const name = flag === 'audio' ? 'webrtc:toggle_audio' : 'webrtc:toggle_video'
    await ports.transport.emit(name, { sessionId, enabled })
    this.fold((state) => foldPerson(state, state.you.userId, { [flag]: enabled }))
  }

  #flagRefused(flag: keyof Flags, error: LecternError): void {
    if (flag === 'video' && isCameraLimit(error)) this.#cameraRefused()
  }

  #cameraRefused(): void {
    this.#cameraLimit = LIMITS.meshCameras
    void this.#options.media.setCamera(false)
    this.#options.changed()
  }

  #mute(by: string): void {
    const wasHeard = this.#actual.audio
    this.fold((state) => foldPerson(state, state.you.userId, { audio: false }))
    if (!wasHeard) return
    void this.#options.media.setMicrophone(false)
    this.#mutedBy = by
    this.#options.changed()
  }
}

const isCameraLimit = (error: unknown): boolean =>
  error instanceof LecternError && error.code === 'CONFLICT' && error.details['limit'] === LIMITS.meshCameras

/** It ended while one was away. */
const isOver = (error: LecternError): boolean => error.code === 'CONFLICT' && error.details['reason'] === 'ended'
