import type { Clock } from '../../clock.ts'
import type { PeerLink, Quality } from '../classroom.types.ts'
import { loudness } from '../loudness.ts'
import { GOOD, JUDGED, judge } from '../quality/judge.ts'
import { adaptationOf, climb, type Ladder, newLadder } from '../quality/ladder.ts'
import { type Counters, countersOf, type Sample, sampleOf } from '../quality/sample.ts'
import type { Signal } from '../signal.ts'
import type { LocalTracks, PathPeer } from './media-path.ts'
import { Pair } from './pair.ts'
import { Tuning } from './tuning.ts'

export interface MeshPeerPorts {
  readonly send: (signal: Signal) => void
  readonly forget: () => void
  readonly isOnline: () => boolean
  readonly changed: () => void
  readonly configuration: () => RTCConfiguration
  readonly tracks: () => LocalTracks
  readonly plan: () => Plan
  readonly clock: Clock
}

/** What one may send to each, as so many are there. */
export interface Plan {
  readonly ceiling: number
  readonly peers: number
}

export interface MeshPeerOptions {
  readonly isPolite: boolean
  readonly isOffering: boolean
}

/** A pair that is not connected within this is built anew; the polite side leaves it to the other one at first. */
const REBUILD_MS = 8_000
const POLITE_MS = 2_000
const LONGEST_MS = 30_000
/** A connection that falters often comes back by itself. */
const FALTERING_MS = 1_000
/** What is older says nothing of now. */
const STALE_MS = 400

/** The way to one person, through as many connections as it takes. */
export class MeshPeer {
  readonly #ports: MeshPeerPorts
  readonly #isPolite: boolean
  readonly #tuning = new Tuning()
  #pair: Pair
  #link: PeerLink = { status: 'connecting' }
  #media:
    | { readonly pair: Pair; readonly media: MediaStream | undefined; readonly screen: MediaStream | undefined }
    | undefined
  #ladder: Ladder
  #counters: Counters | undefined
  #samples: readonly Sample[] = []
  #quality: Quality = GOOD
  #failures = 0
  #connectionState: RTCPeerConnectionState = 'new'
  #stopWatch: (() => void) | undefined
  #stopRestart: (() => void) | undefined

  constructor({ isPolite, isOffering }: MeshPeerOptions, ports: MeshPeerPorts) {
    this.#ports = ports
    this.#isPolite = isPolite
    this.#ladder = newLadder(ports.clock.now())
    this.#pair = this.#build(isOffering)
    this.#watch()
  }

  get view(): PathPeer {
    const { media, screen } = this.#media ?? {}
    return { link: this.#link, media, screen }
  }

  get adaptation() {
    return adaptationOf(this.#ladder)
  }

  get isConnected(): boolean {
    return this.#link.status === 'connected'
  }

  receive(signal: Signal): void {
    const { from, to } = signal.names
    const pair = this.#pair
    const isForAnother = to !== undefined && to !== pair.id
    const isOfAnother = pair.remoteId !== undefined && from !== undefined && from !== pair.remoteId
    const isOffer = signal.kind === 'offer'
    // What else is of a connection that is not known is of one that is gone.
    if (!isOffer && (isForAnother || isOfAnother)) return
    const isColliding = isOffer && pair.isFresh && pair.isOffering
    if (isForAnother || (isColliding && !this.#isPolite)) {
      // They know nothing of this one yet, or their offer has crossed ours.
      if (pair.isFresh && !pair.isOffering) this.rebuild()
      else pair.repeat()
      return
    }
    // A first offer is not rolled back: its lines would stay beside those of the other side's.
    if (isOfAnother || isColliding) this.#renew(false)
    this.#pair.receive(signal)
  }

  /** Both sides begin anew; the other one waits for this one's offer. */
  rebuild(): void {
    this.#renew(true)
  }

  /** The other side's page is new, and offers. */
  reset(): void {
    this.#renew(false)
  }

  restartIce(): void {
    if (this.#pair.isFresh) return
    this.#pair.restartIce()
    this.#watch()
  }

  /** The connection to the server is back. */
  resume(): void {
    const { isFresh, isHealthy, connection } = this.#pair
    this.#failures = 0
    if (isHealthy) return
    if (isFresh || connection.signalingState !== 'stable') this.rebuild()
    else this.restartIce()
  }

  configure(): void {
    this.#pair.connection.setConfiguration(this.#ports.configuration())
  }

  replace(tracks: LocalTracks): void {
    this.#pair.replace(tracks)
  }

  /** 0 to 1: what is heard of them now. */
  level(): number {
    const [source] = this.#pair.slots.receiver('audio')?.getSynchronizationSources() ?? []
    if (source?.audioLevel === undefined) return 0
    const age = performance.timeOrigin + performance.now() - source.timestamp
    return age > STALE_MS ? 0 : loudness(source.audioLevel)
  }

  /** Once a second. */
  async look(): Promise<void> {
    const pair = this.#pair
    if (!pair.isHealthy) return
    const report = await pair.connection.getStats()
    if (pair !== this.#pair || !pair.isHealthy) return
    const counters = countersOf(report.values())
    const sample = this.#counters === undefined ? undefined : sampleOf(this.#counters, counters)
    this.#counters = counters
    if (sample !== undefined) this.#judge(sample)
    await this.#tune()
  }

  close(): void {
    this.#stopWatch?.()
    this.#stopRestart?.()
    this.#pair.close()
  }

  async #tune(): Promise<void> {
    const { ceiling, peers } = this.#ports.plan()
    const { rung, probingSince } = this.#ladder
    const how = { rung: Math.min(rung, ceiling), isProbing: probingSince !== undefined, peers }
    await this.#tuning.tune(this.#pair.slots, how)
  }

  #judge(sample: Sample): void {
    const { clock, tracks, changed, plan } = this.#ports
    this.#samples = [...this.#samples, sample].slice(-JUDGED)
    // What is not sent shows nothing of what there is room for.
    if (tracks().camera !== null) this.#ladder = climb(this.#ladder, sample, plan().ceiling, clock.now())
    const quality = judge(this.#samples, this.#quality)
    if (quality !== this.#quality) {
      this.#quality = quality
      this.#link = { status: 'connected', quality }
    }
    changed()
  }

  #build(isOffering: boolean): Pair {
    const { configuration, tracks, send, clock } = this.#ports
    const options = { configuration: configuration(), tracks: tracks(), isPolite: this.#isPolite, isOffering }
    const pair: Pair = new Pair(options, {
      send: (signal) => {
        if (pair === this.#pair) send(signal)
      },
      changed: () => {
        if (pair === this.#pair) this.#changed()
      },
      clock,
    })
    return pair
  }

  #renew(isOffering: boolean): void {
    this.#ports.forget()
    this.#pair.close()
    this.#pair = this.#build(isOffering)
    this.#connectionState = 'new'
    this.#counters = undefined
    this.#samples = []
    this.#setLink()
    this.#stopRestart?.()
    this.#watch()
    this.#ports.changed()
  }

  #changed(): void {
    const pair = this.#pair
    const { connectionState } = pair.connection
    if (connectionState !== this.#connectionState) {
      this.#connectionState = connectionState
      this.#stopRestart?.()
      if (connectionState === 'failed') this.#restartSoon(0)
      else if (connectionState === 'disconnected') this.#restartSoon(FALTERING_MS)
      this.#setLink()
    }
    if (pair.isHealthy) this.#healthy()
    else this.#watchOnce()
    this.#ports.changed()
  }

  #healthy(): void {
    this.#failures = 0
    this.#stopWatch?.()
    this.#stopWatch = undefined
    const { slots } = this.#pair
    if (this.#media?.pair === this.#pair) return
    this.#media = { pair: this.#pair, media: slots.incoming(['audio', 'camera']), screen: slots.incoming(['screen']) }
    this.#ladder = { ...newLadder(this.#ports.clock.now()), rung: this.#ladder.rung }
    void this.#tune()
  }

  #setLink(): void {
    const { connectionState } = this.#pair.connection
    const wasConnected = this.#link.status !== 'connecting'
    if (connectionState === 'connected') {
      if (this.#link.status !== 'connected') this.#link = { status: 'connected', quality: this.#quality }
    } else if (wasConnected && this.#link.status !== 'reconnecting') this.#link = { status: 'reconnecting' }
  }

  #restartSoon(ms: number): void {
    const again = () => {
      if (this.#ports.isOnline()) this.restartIce()
    }
    this.#stopRestart = this.#ports.clock.after(ms, again)
  }

  #watchOnce(): void {
    if (this.#stopWatch === undefined) this.#watch()
  }

  #watch(): void {
    this.#stopWatch?.()
    const wait =
      Math.min(LONGEST_MS, REBUILD_MS * 2 ** Math.max(0, this.#failures - 1)) + (this.#isPolite ? POLITE_MS : 0)
    this.#stopWatch = this.#ports.clock.after(wait, () => {
      this.#stopWatch = undefined
      if (this.#pair.isHealthy) return
      // Without the server nobody could be told: `resume` sees to it.
      if (!this.#ports.isOnline()) return
      this.#failures++
      this.rebuild()
    })
  }
}
