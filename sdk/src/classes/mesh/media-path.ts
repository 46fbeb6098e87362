import type { IceServer, Participant } from '@lectern/protocol'
import type { Adaptation, PeerLink } from '../classroom.types.ts'
import type { Signal } from '../signal.ts'

/** What one sends. */
export interface LocalTracks {
  readonly audio: MediaStreamTrack | null
  readonly camera: MediaStreamTrack | null
  readonly screen: MediaStreamTrack | null
}

/** What comes of one person. */
export interface PathPeer {
  readonly link: PeerLink
  readonly media: MediaStream | undefined
  readonly screen: MediaStream | undefined
}

/** Who has left and is back has nothing of before, and has another `joinedAt`. */
export type Present = Pick<Participant, 'userId' | 'joinedAt'>

/** How media go: each to each, or by a media server. */
export interface MediaPath {
  readonly peers: ReadonlyMap<string, PathPeer>
  readonly adaptation: Adaptation
  /** With servers of before it goes on. Nothing is connected before the first are known. */
  useServers(servers: readonly IceServer[]): void
  /** Who is there, from now on. @param isOurs whether the first offer to somebody new is ours */
  meet(people: readonly Present[], isOurs: (userId: string) => boolean): void
  /** That person's page is another now. */
  reset(userId: string): void
  receive(userId: string, signal: Signal): void
  send(tracks: LocalTracks): void
  /** The connection to the server is back: what was not connected by then begins anew. */
  resume(): void
  /** This machine may have another address now. */
  networkChanged(): void
  /** 0 to 1, by user id: how loud each of these is right now. */
  levels(userIds: readonly string[]): ReadonlyMap<string, number>
  close(): void
}

export interface MediaPathPorts {
  readonly send: (userId: string, signal: Signal) => void
  /** What waits to be sent to that person is of no use any more. */
  readonly forget: (userId: string) => void
  /** Whether signals can be sent now. */
  readonly isOnline: () => boolean
  /** `peers` or `adaptation` is another now. */
  readonly changed: () => void
}
