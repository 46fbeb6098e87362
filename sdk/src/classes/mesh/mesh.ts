import type { IceServer } from '@lectern/protocol'
import type { Clock } from '../../clock.ts'
import type { Adaptation } from '../classroom.types.ts'
import { ceilingOf, leastReduced } from '../quality/ladder.ts'
import type { Signal } from '../signal.ts'
import type { LocalTracks, MediaPath, MediaPathPorts, PathPeer, Present } from './media-path.ts'
import { MeshPeer, type Plan } from './mesh-peer.ts'

export interface MeshOptions {
  readonly userId: string
  readonly iceTransportPolicy: RTCIceTransportPolicy
  readonly tracks: LocalTracks
  readonly clock: Clock
}

const LOOK_MS = 1_000
/** Of one whom the server has not told of yet. */
const MOST_EARLY = 50

/** Each to each. */
export class Mesh implements MediaPath {
  readonly #options: MeshOptions
  readonly #ports: MediaPathPorts
  readonly #peers = new Map<string, MeshPeer>()
  readonly #joinedAt = new Map<string, string>()
  /** Who is to be met as soon as the servers are known, and whether the first offer is ours. */
  readonly #waiting = new Map<string, boolean>()
  readonly #early = new Map<string, Signal[]>()
  #configuration: RTCConfiguration | undefined
  #tracks: LocalTracks
  #stopLooking: () => void

  constructor(options: MeshOptions, ports: MediaPathPorts) {
    this.#options = options
    this.#ports = ports
    this.#tracks = options.tracks
    this.#stopLooking = this.#lookLater()
  }

  get peers(): ReadonlyMap<string, PathPeer> {
    return new Map([...this.#peers].map(([userId, peer]) => [userId, peer.view]))
  }

  get adaptation(): Adaptation {
    if (this.#tracks.camera === null) return { step: 'full' }
    const connected = [...this.#peers.values()].filter(({ isConnected }) => isConnected)
    return leastReduced(connected.map(({ adaptation }) => adaptation))
  }

  useServers(servers: readonly IceServer[]): void {
    const { iceTransportPolicy } = this.#options
    const iceServers = servers.map(({ urls, ...credentials }) => ({ urls: [...urls], ...credentials }))
    this.#configuration = { iceServers, iceTransportPolicy, bundlePolicy: 'max-bundle' }
    for (const peer of this.#peers.values()) peer.configure()
    for (const [userId, isOurs] of this.#waiting) this.#connect(userId, isOurs)
    this.#waiting.clear()
  }

  meet(people: readonly Present[], isOurs: (userId: string) => boolean): void {
    const there = new Map(people.map(({ userId, joinedAt }) => [userId, joinedAt]))
    for (const [userId, joinedAt] of this.#joinedAt) {
      if (there.get(userId) !== joinedAt) this.#part(userId)
    }
    for (const userId of this.#early.keys()) {
      if (!there.has(userId)) this.#early.delete(userId)
    }
    for (const [userId, joinedAt] of there) {
      if (this.#joinedAt.has(userId)) continue
      this.#joinedAt.set(userId, joinedAt)
      this.#connect(userId, isOurs(userId))
    }
  }

  reset(userId: string): void {
    this.#peers.get(userId)?.reset()
  }

  receive(userId: string, signal: Signal): void {
    const peer = this.#peers.get(userId)
    const early = this.#early.get(userId) ?? []
    if (peer !== undefined) peer.receive(signal)
    else if (early.length < MOST_EARLY) this.#early.set(userId, [...early, signal])
  }

  send(tracks: LocalTracks): void {
    this.#tracks = tracks
    for (const peer of this.#peers.values()) peer.replace(tracks)
  }

  resume(): void {
    for (const peer of this.#peers.values()) peer.resume()
  }

  networkChanged(): void {
    for (const peer of this.#peers.values()) peer.restartIce()
  }

  levels(userIds: readonly string[]): ReadonlyMap<string, number> {
    return new Map(userIds.map((userId) => [userId, this.#peers.get(userId)?.level() ?? 0]))
  }

  close(): void {
    this.#stopLooking()
    for (const peer of this.#peers.values()) peer.close()
    this.#peers.clear()
    this.#waiting.clear()
    this.#early.clear()
  }

  #part(userId: string): void {
    this.#joinedAt.delete(userId)
    this.#waiting.delete(userId)
    this.#peers.get(userId)?.close()
    this.#peers.delete(userId)
    this.#ports.forget(userId)
  }

  get #plan(): Plan {
    const peers = this.#peers.size
    return { peers, ceiling: ceilingOf({ peers, isScreenShared: this.#tracks.screen !== null }) }
  }

  #connect(userId: string, isOffering: boolean): void {
    const configuration = this.#configuration
    if (configuration === undefined) {
      this.#waiting.set(userId, isOffering)
      return
    }
    const peer = new MeshPeer(
      { isPolite: this.#options.userId > userId, isOffering },
      {
        send: (signal) => this.#ports.send(userId, signal),
        forget: () => this.#ports.forget(userId),
        isOnline: this.#ports.isOnline,
        changed: this.#ports.changed,
        configuration: () => this.#configuration ?? configuration,
        tracks: () => this.#tracks,
        plan: () => this.#plan,
        clock: this.#options.clock,
      },
    )
    this.#peers.set(userId, peer)
    for (const signal of this.#early.get(userId) ?? []) peer.receive(signal)
    this.#early.delete(userId)
    this.#ports.changed()
  }

  #lookLater(): () => void {
    return this.#options.clock.after(LOOK_MS, () => {
      for (const peer of this.#peers.values()) void peer.look()
      this.#stopLooking = this.#lookLater()
    })
  }
}
