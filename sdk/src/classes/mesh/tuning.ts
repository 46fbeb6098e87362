import { AUDIO, type CameraUse, cameraEncoding, type Encoding, screenEncoding } from '../quality/encoding.ts'
import type { Slots } from './slots.ts'

export type Tune = Pick<CameraUse, 'rung' | 'isProbing' | 'peers'>

/** Tells the senders of a connection how much to send; only what is another than before. */
export async function tune(slots: Slots, how: Tune): Promise<void> {
  const camera = slots.sender('camera')
  await Promise.all([
    apply(slots.sender('audio'), AUDIO),
    apply(camera, cameraEncoding({ ...how, shorterSide: shorterSideOf(camera?.track) })),
    apply(slots.sender('screen'), screenEncoding(how.peers)),
  ])
}

function shorterSideOf(track: MediaStreamTrack | null | undefined): number {
  const { width = 1280, height = 720 } = track?.getSettings() ?? {}
  return Math.min(width, height)
}

async function apply(sender: RTCRtpSender | undefined, wanted: Encoding): Promise<void> {
  if (sender === undefined) return
  const parameters = sender.getParameters()
  const [encoding] = parameters.encodings
  if (encoding === undefined || isTold(encoding, wanted)) return
  Object.assign(encoding, wanted)
  try {
    await sender.setParameters(parameters)
  } catch (error) {
    // The connection is being negotiated, or closed: the next second tells it again.
    if (!(error instanceof DOMException)) throw error
  }
}

const isTold = (encoding: RTCRtpEncodingParameters, wanted: Encoding): boolean =>
  Object.entries(wanted).every(([name, value]) => Reflect.get(encoding, name) === value)
