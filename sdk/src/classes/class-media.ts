import type { IceServer, Topology } from '@lectern/protocol'
import { browserNetwork } from '../connection/network.ts'
import { emitSignal } from './class-events.ts'
import type { Adaptation, ClassroomOptions, LocalMedia } from './classroom.types.ts'
import type { FoldedClass } from './classroom-fold.ts'
import { IceRenewal } from './ice-renewal.ts'
import { Screen } from './media/screen.ts'
import type { LocalTracks, MediaPath, PathPeer } from './mesh/media-path.ts'
import { Mesh } from './mesh/mesh.ts'
import { OutgoingSignals } from './outgoing-signals.ts'
import type { ClassPorts } from './ports.ts'
import type { Signal } from './signal.ts'
import { listen, type Speaker } from './speakers.ts'

export interface ClassMediaOptions {
  readonly sessionId: string
  readonly media: LocalMedia
  readonly options: ClassroomOptions
  readonly ports: ClassPorts
  readonly changed: () => void
  /** The person ended the sharing of the screen by the browser's own button. */
  readonly screenEnded: () => void
}

const LEVEL_MS = 100
/** A network that changes does so several times at once. */
const SETTLING_MS = 300
const NOBODY: ReadonlyMap<string, PathPeer> = new Map()
const FULL: Adaptation = { step: 'full' }

/** Sound and pictures of one stay in a class. */
export class ClassMedia {
  readonly screen: Screen
  readonly #options: ClassMediaOptions
  readonly #signals: OutgoingSignals
  readonly #renewal: IceRenewal
  readonly #ending = new AbortController()
  #path: MediaPath | undefined
  #topology: Topology | undefined
  #servers: readonly IceServer[] | undefined
  #isOnline = false
  #hasMoved = false
  #tracks: LocalTracks = { audio: null, camera: null, screen: null }
  #speakers: readonly Speaker[] = []
  #levels: ReadonlyMap<string, number> = new Map()
  #heard: FoldedClass | undefined
  #stopTicking: () => void = () => undefined
  #stopSettling: () => void = () => undefined

  constructor(options: ClassMediaOptions) {
    const { sessionId, ports, media, screenEnded } = options
    this.#options = options
    this.screen = new Screen({
      changed: () => {
        this.#send()
        options.changed()
      },
      ended: screenEnded,
    })
    this.#signals = new OutgoingSignals({
      emit: (userId, signal) => emitSignal(ports.transport, sessionId, userId, signal),
      clock: ports.clock,
    })
    this.#renewal = new IceRenewal(sessionId, {
      iceServers: ports.iceServers,
      clock: ports.clock,
      use: (servers) => {
        this.#servers = servers
        this.#path?.useServers(servers)
      },
    })
    this.#ending.signal.addEventListener(
      'abort',
      media.subscribe(() => this.#send()),
    )
    this.#watchNetwork()
    this.#send()
  }

  get peers(): ReadonlyMap<string, PathPeer> {
    return this.#path?.peers ?? NOBODY
  }

  get adaptation(): Adaptation {
    return this.#path?.adaptation ?? FULL
  }

  get levels(): ReadonlyMap<string, number> {
    return this.#levels
  }

  get speaking(): readonly string[] {
    return this.#speakers.map(({ userId }) => userId)
  }

  /** The answer to a join has come: whoever is there and was not met before is offered to. */
  entered(folded: FoldedClass, servers: readonly IceServer[]): void {
    const isBack = this.#path !== undefined
    this.#isOnline = true
    this.#follow(folded, () => true)
    this.#renewal.given(servers)
    this.#signals.resume()
    if (isBack) this.#path?.resume()
    if (this.#hasMoved) this.#path?.networkChanged()
    this.#hasMoved = false
    this.#tick()
  }

  /** Out of the lobby, where there were no credentials for TURN. */
  admitted(folded: FoldedClass, meanwhile: readonly IceServer[]): void {
    this.#isOnline = true
    this.follow(folded)
    void this.#renewal.renew(meanwhile)
    this.#tick()
  }

  /** Who is new offers: those before oneself in the order of joining wait for it, those after oneself send one. */
  follow(folded: FoldedClass): void {
    const ids = folded.participants.map(({ userId }) => userId)
    const own = ids.indexOf(folded.you.userId)
    this.#follow(folded, (userId) => ids.indexOf(userId) < own)
  }

  /** The connection to the server is lost. */
  lost(): void {
    this.#isOnline = false
    this.#signals.hold()
  }

  signalled(userId: string, signal: Signal): void {
    this.#path?.receive(userId, signal)
  }

  reset(userId: string): void {
    this.#path?.reset(userId)
  }

  close(): void {
    this.#ending.abort()
    this.#stopTicking()
    this.#stopSettling()
    this.#renewal.stop()
    this.#signals.close()
    this.screen.stop()
    this.#path?.close()
    this.#path = undefined
  }

  #follow(folded: FoldedClass, isOurs: (userId: string) => boolean): void {
    const { you, participants, topology } = folded
    // Who was away for too long has left for the others, and is new to them.
    const isAnew = this.#heard !== undefined && this.#heard.you.joinedAt !== you.joinedAt
    if (topology !== this.#topology || isAnew) this.#usePath(folded)
    this.#heard = folded
    this.#path?.meet(
      participants.filter(({ userId }) => userId !== you.userId),
      isOurs,
    )
  }

  /** A class that a media server carries is not connected from each to each. */
  #usePath({ topology, you }: FoldedClass): void {
    this.#path?.close()
    this.#topology = topology
    this.#path = topology === 'mesh' ? this.#mesh(you.userId) : undefined
    if (this.#servers !== undefined) this.#path?.useServers(this.#servers)
  }

  #mesh(userId: string): Mesh {
    const { options, ports, changed } = this.#options
    return new Mesh(
      { userId, iceTransportPolicy: options.iceTransportPolicy ?? 'all', tracks: this.#tracks, clock: ports.clock },
      {
        send: (to, signal) => this.#signals.send(to, signal),
        forget: (to) => this.#signals.forget(to),
        isOnline: () => this.#isOnline,
        changed,
      },
    )
  }

  /** What there is to send may be another now. */
  #send(): void {
    const { microphone, camera } = this.#options.media.getSnapshot()
    const tracks: LocalTracks = {
      audio: microphone.status === 'on' ? microphone.track : null,
      camera: camera.status === 'on' ? camera.track : null,
      screen: this.screen.track,
    }
    const before = this.#tracks
    this.#tracks = tracks
    if (before.audio !== tracks.audio || before.camera !== tracks.camera || before.screen !== tracks.screen) {
      this.#path?.send(tracks)
      this.#options.changed()
    }
  }

  #tick(): void {
    this.#stopTicking()
    this.#stopTicking = this.#options.ports.clock.after(LEVEL_MS, () => {
      this.#listen()
      this.#tick()
    })
  }

  #listen(): void {
    const { media, ports, changed } = this.#options
    const { you, participants = [] } = this.#heard ?? {}
    // Of who is muted there is nothing to hear, and to ask is dear.
    const unmuted = participants.filter(({ userId, audio }) => audio && userId !== you?.userId)
    const levels = this.#path?.levels(unmuted.map(({ userId }) => userId)) ?? new Map<string, number>()
    const own = media.getSnapshot()
    const audible = you === undefined || own.isMuted ? levels : new Map([...levels, [you.userId, own.level]])
    const before = this.#speakers
    this.#speakers = listen(before, audible, ports.clock.now())
    const isNews = before.some(({ userId }, at) => this.#speakers[at]?.userId !== userId)
    const isLouder =
      levels.size !== this.#levels.size || [...levels].some(([userId, level]) => this.#levels.get(userId) !== level)
    this.#levels = levels
    if (isNews || isLouder || before.length !== this.#speakers.length) changed()
  }

  #watchNetwork(): void {
    const { signal } = this.#ending
    const moved = () => this.#moved()
    const nothing = () => undefined
    signal.addEventListener('abort', browserNetwork.watch({ online: moved, offline: nothing, visible: nothing }))
    // Of Chromium alone, and unknown to the compiler.
    const connection: unknown = Reflect.get(navigator, 'connection')
    if (connection instanceof EventTarget) connection.addEventListener('change', moved, { signal })
  }

  #moved(): void {
    this.#stopSettling()
    this.#stopSettling = this.#options.ports.clock.after(SETTLING_MS, () => {
      if (this.#isOnline) this.#path?.networkChanged()
      else this.#hasMoved = true
    })
  }
}
