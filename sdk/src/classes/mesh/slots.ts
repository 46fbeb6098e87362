import type { LocalTracks } from './media-path.ts'

const ORDER = ['audio', 'camera', 'screen'] as const
export type Slot = (typeof ORDER)[number]

const kindOf = (slot: Slot) => (slot === 'audio' ? 'audio' : 'video')

/**
 * The three lines of every connection, always in this order and always both ways: what is sent in one is changed by
 * `replaceTrack`, so that nothing is negotiated again for a microphone, a camera or a screen.
 */
export class Slots {
  readonly #transceivers = new Map<Slot, RTCRtpTransceiver>()
  /** One for all: a client that knows of no slots shows the first video of it, which is the camera. */
  readonly #stream = new MediaStream()

  /** Before the first offer. */
  offer(connection: RTCPeerConnection, tracks: LocalTracks): void {
    for (const slot of ORDER) {
      const how: RTCRtpTransceiverInit = { direction: 'sendrecv', streams: [this.#stream] }
      this.#transceivers.set(slot, connection.addTransceiver(tracks[slot] ?? kindOf(slot), how))
    }
  }

  /** After the first offer of the other side, before the answer: lines of who knows of no slots may be fewer. */
  async adopt(connection: RTCPeerConnection, tracks: LocalTracks): Promise<void> {
    const transceivers = connection.getTransceivers()
    const of = (kind: string) => transceivers.filter(({ receiver }) => receiver.track.kind === kind)
    const [[audio], [camera, screen]] = [of('audio'), of('video')]
    for (const [slot, transceiver] of Object.entries({ audio, camera, screen })) {
      if (transceiver === undefined || !isSlot(slot)) continue
      this.#transceivers.set(slot, transceiver)
      transceiver.direction = 'sendrecv'
      transceiver.sender.setStreams(this.#stream)
    }
    await this.send(tracks)
  }

  async send(tracks: LocalTracks): Promise<void> {
    const changes = ORDER.map(async (slot) => {
      const sender = this.sender(slot)
      if (sender !== undefined && sender.track !== tracks[slot]) await sender.replaceTrack(tracks[slot])
    })
    await Promise.all(changes)
  }

  sender(slot: Slot): RTCRtpSender | undefined {
    return this.#transceivers.get(slot)?.sender
  }

  receiver(slot: Slot): RTCRtpReceiver | undefined {
    return this.#transceivers.get(slot)?.receiver
  }

  /** What comes in these; undefined where there is nothing of them. */
  incoming(slots: readonly Slot[]): MediaStream | undefined {
    const tracks = slots.flatMap((slot) => this.receiver(slot)?.track ?? [])
    return tracks.length === 0 ? undefined : new MediaStream(tracks)
  }
}

const isSlot = (name: string): name is Slot => ORDER.some((slot) => slot === name)
