import type { Clock } from '../../clock.ts'
import { createClientId } from '../../outbox/client-id.ts'
import type { PairNames, Signal } from '../signal.ts'
import type { LocalTracks } from './media-path.ts'
import { Slots } from './slots.ts'

export interface PairPorts {
  readonly send: (signal: Signal) => void
  /** Its state is another now. */
  readonly changed: () => void
  readonly clock: Clock
}

export interface PairOptions {
  readonly configuration: RTCConfiguration
  readonly tracks: LocalTracks
  /** Gives way where both offer at once. */
  readonly isPolite: boolean
  /** Whether the first offer is this side's. */
  readonly isOffering: boolean
}

/** Candidates that are found this soon go with the description: most of what a network of one's own has. */
const HOLD_MS = 100

/** One `RTCPeerConnection` to one person, by "perfect negotiation" (W3C WebRTC, 10.7). What fails is left to be rebuilt. */
export class Pair {
  readonly id = createClientId()
  readonly connection: RTCPeerConnection
  readonly slots = new Slots()
  readonly isOffering: boolean
  readonly #ports: PairPorts
  readonly #isPolite: boolean
  readonly #candidates: RTCIceCandidateInit[] = []
  #tracks: LocalTracks
  #remoteId: string | undefined
  #isMakingOffer = false
  #isHolding = false
  #isClosed = false
  /** Signals are taken one after the other, each when the one before is done with. */
  #turn = Promise.resolve()

  constructor({ configuration, tracks, isPolite, isOffering }: PairOptions, ports: PairPorts) {
    this.#ports = ports
    this.#tracks = tracks
    this.#isPolite = isPolite
    this.isOffering = isOffering
    this.connection = new RTCPeerConnection(configuration)
    this.#listen()
    if (isOffering) this.slots.offer(this.connection, tracks)
  }

  get remoteId(): string | undefined {
    return this.#remoteId
  }

  /** Nothing of the other side was taken yet. */
  get isFresh(): boolean {
    return this.connection.remoteDescription === null
  }

  get isHealthy(): boolean {
    return this.connection.connectionState === 'connected' && this.connection.signalingState === 'stable'
  }

  receive(signal: Signal): void {
    this.#inTurn(() => (signal.kind === 'candidate' ? this.#candidate(signal.candidate) : this.#description(signal)))
  }

  replace(tracks: LocalTracks): void {
    this.#tracks = tracks
    this.#inTurn(() => this.slots.send(this.#tracks))
  }

  restartIce(): void {
    if (!this.#isClosed) this.connection.restartIce()
  }

  /** The other side seems not to have it. */
  repeat(): void {
    const { localDescription, signalingState } = this.connection
    const isWaiting = signalingState === 'have-local-offer' || localDescription?.type === 'answer'
    if (isWaiting && !this.#isHolding) this.#sendDescription()
  }

  close(): void {
    this.#isClosed = true
    this.connection.close()
  }

  get #names(): PairNames {
    return { from: this.id, ...(this.#remoteId !== undefined && { to: this.#remoteId }) }
  }

  #listen(): void {
    const { connection } = this
    connection.onnegotiationneeded = () => void this.#offer()
    connection.onicecandidate = ({ candidate }) => {
      // An empty one says that there are no more of one kind, and goes with the description.
      if (candidate === null || candidate.candidate === '' || this.#isHolding) return
      this.#ports.send({ kind: 'candidate', candidate: candidate.toJSON(), names: this.#names })
    }
    connection.onconnectionstatechange = () => this.#ports.changed()
    connection.onsignalingstatechange = () => this.#ports.changed()
  }

  /** What one of them throws makes a pair that does not become healthy, which is rebuilt. */
  #inTurn(act: () => Promise<void>): void {
    this.#turn = this.#turn.then(() => (this.#isClosed ? undefined : act())).catch(() => undefined)
  }

  async #offer(): Promise<void> {
    try {
      this.#isMakingOffer = true
      this.#isHolding = true
      await this.connection.setLocalDescription()
      await this.#gathered()
      // Another's offer may have come first.
      if (this.connection.signalingState === 'have-local-offer') this.#sendDescription()
    } catch {
      // Of no use any more: closed, or overtaken by the other side's offer.
    } finally {
      this.#isMakingOffer = false
      this.#isHolding = false
    }
  }

  async #description({ kind, sdp, names }: Exclude<Signal, { kind: 'candidate' }>): Promise<void> {
    const { connection } = this
    const isOffer = kind === 'offer'
    if (isOffer && connection.remoteDescription?.sdp === sdp) return this.repeat()
    if (!isOffer && connection.signalingState !== 'have-local-offer') return
    const isColliding = isOffer && (this.#isMakingOffer || connection.signalingState !== 'stable')
    if (isColliding && !this.#isPolite) return
    const isFirst = this.isFresh
    await connection.setRemoteDescription({ type: kind, sdp })
    this.#remoteId = names.from
    for (const candidate of this.#candidates.splice(0)) await this.#add(candidate)
    if (isOffer) await this.#answer(isFirst)
    this.#ports.changed()
  }

  async #answer(isFirst: boolean): Promise<void> {
    if (isFirst) await this.slots.adopt(this.connection, this.#tracks)
    this.#isHolding = true
    try {
      await this.connection.setLocalDescription()
      await this.#gathered()
      this.#sendDescription()
    } finally {
      this.#isHolding = false
    }
  }

  async #candidate(candidate: RTCIceCandidateInit): Promise<void> {
    if (this.isFresh) this.#candidates.push(candidate)
    else await this.#add(candidate)
  }

  /** One that belongs to an offer that was not taken, or that cannot be read, is no loss: others connect. */
  async #add(candidate: RTCIceCandidateInit): Promise<void> {
    await this.connection.addIceCandidate(candidate).catch(() => undefined)
  }

  #sendDescription(): void {
    const { localDescription } = this.connection
    if (this.#isClosed || localDescription === null) return
    const { type, sdp } = localDescription
    if (type === 'offer' || type === 'answer') this.#ports.send({ kind: type, sdp, names: this.#names })
  }

  async #gathered(): Promise<void> {
    const { connection } = this
    if (connection.iceGatheringState === 'complete') return
    const { promise, resolve } = Promise.withResolvers<void>()
    const look = () => {
      if (connection.iceGatheringState === 'complete') resolve()
    }
    connection.addEventListener('icegatheringstatechange', look)
    const stop = this.#ports.clock.after(HOLD_MS, resolve)
    await promise
    stop()
    connection.removeEventListener('icegatheringstatechange', look)
  }
}
