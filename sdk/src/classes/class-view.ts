import type { ClassMedia } from './class-media.ts'
import type { Adaptation, InClass, PeerLink, RemotePeer } from './classroom.types.ts'
import { type FoldedClass, handsOf } from './classroom-fold.ts'

const CONNECTING: PeerLink = { status: 'connecting' }

type Told = Pick<InClass, 'signal' | 'mutedBy' | 'cameraLimit'>

/** A class as a page shows it; what is as before is the same object as before. */
export class ClassView {
  #peers: readonly RemotePeer[] = []
  #hands: readonly string[] = []
  #speaking: readonly string[] = []
  #adaptation: Adaptation = { step: 'full' }

  of(folded: FoldedClass, media: ClassMedia, told: Told): InClass {
    const { session, topology, you } = folded
    this.#peers = this.#peersOf(folded, media)
    this.#hands = kept(this.#hands, handsOf(folded))
    this.#speaking = kept(this.#speaking, media.speaking)
    if (!isSame(media.adaptation, this.#adaptation)) this.#adaptation = media.adaptation
    return {
      status: 'joined',
      session,
      topology,
      you,
      peers: this.#peers,
      screen: media.screen.state,
      hands: this.#hands,
      speaking: this.#speaking,
      adaptation: this.#adaptation,
      ...told,
    }
  }

  #peersOf({ participants, you }: FoldedClass, media: ClassMedia): readonly RemotePeer[] {
    const known = new Map(this.#peers.map((peer) => [peer.participant.userId, peer]))
    const ways = media.peers
    const others = participants.filter(({ userId }) => userId !== you.userId)
    const peers = others.map((participant): RemotePeer => {
      const { userId } = participant
      const way = ways.get(userId)
      const peer: RemotePeer = {
        participant,
        link: way?.link ?? CONNECTING,
        media: way?.media,
        screen: participant.screen ? way?.screen : undefined,
        level: media.levels.get(userId) ?? 0,
      }
      const before = known.get(userId)
      return before !== undefined && isSame(before, peer) ? before : peer
    })
    return kept(this.#peers, peers)
  }
}

const isSame = <Value extends object>(one: Value, other: Value): boolean =>
  Object.entries(one).every(([name, value]) => Object.is(Reflect.get(other, name), value))

const kept = <Item>(before: readonly Item[], now: readonly Item[]): readonly Item[] =>
  before.length === now.length && before.every((item, at) => item === now[at]) ? before : now
