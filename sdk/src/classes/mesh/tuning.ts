import { AUDIO, type CameraUse, cameraEncoding, type Encoding, screenEncoding } from '../quality/encoding.ts'
import type { Slot } from './slots.ts'

export type Tune = Pick<CameraUse, 'rung' | 'isProbing' | 'peers'>

export type TunedSender = Pick<RTCRtpSender, 'getParameters' | 'setParameters' | 'track'>

interface Senders {
  sender(slot: Slot): TunedSender | undefined
}

/** Tells the senders of a connection how much to send. */
export class Tuning {
  /** What each was told last: to ask a sender is dear, and nobody else tells it anything. */
  readonly #told = new WeakMap<TunedSender, Encoding>()

  /** Only what is another than before. */
  async tune(slots: Senders, how: Tune): Promise<void> {
    const camera = slots.sender('camera')
    await Promise.all([
      this.#tell(slots.sender('audio'), AUDIO),
      this.#tell(camera, cameraEncoding({ ...how, shorterSide: shorterSideOf(camera?.track) })),
      this.#tell(slots.sender('screen'), screenEncoding(how.peers)),
    ])
  }

  async #tell(sender: TunedSender | undefined, wanted: Encoding): Promise<void> {
    if (sender === undefined || isSame(this.#told.get(sender), wanted)) return
    const parameters = sender.getParameters()
    const [encoding] = parameters.encodings
    if (encoding === undefined) return
    Object.assign(encoding, wanted)
    try {
      await sender.setParameters(parameters)
      this.#told.set(sender, wanted)
    } catch (error) {
      // The connection is being negotiated, or closed: the next second tells it again.
      if (!(error instanceof DOMException)) throw error
    }
  }
}

function shorterSideOf(track: MediaStreamTrack | null | undefined): number {
  const { width = 1280, height = 720 } = track?.getSettings() ?? {}
  return Math.min(width, height)
}

const isSame = (told: Encoding | undefined, wanted: Encoding): boolean =>
  told !== undefined && Object.entries(wanted).every(([name, value]) => Reflect.get(told, name) === value)
