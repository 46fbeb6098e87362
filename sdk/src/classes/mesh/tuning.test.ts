import { expect, it } from 'vitest'
import type { Slot } from './slots.ts'
import { type TunedSender, Tuning } from './tuning.ts'

/** As much of a browser's sender as tuning asks for. */
class Sender implements TunedSender {
  readonly track = null
  readonly told: RTCRtpEncodingParameters[] = []
  encodings: RTCRtpEncodingParameters[] = [{}]
  timesAsked = 0
  isNegotiating = false

  getParameters(): RTCRtpSendParameters {
    this.timesAsked++
    const encodings = this.encodings.map((encoding) => ({ ...encoding }))
    return { transactionId: String(this.timesAsked), encodings, codecs: [], headerExtensions: [], rtcp: {} }
  }

  async setParameters({ encodings }: RTCRtpSendParameters): Promise<void> {
    if (this.isNegotiating) throw new DOMException('Not now.', 'InvalidStateError')
    this.encodings = encodings
    this.told.push(...encodings)
  }
}

function open() {
  const camera = new Sender()
  const tuning = new Tuning()
  const slots = { sender: (slot: Slot) => (slot === 'camera' ? camera : undefined) }
  const tune = (peers: number) => tuning.tune(slots, { rung: 3, isProbing: false, peers })
  return { camera, tune }
}

it('a sender is asked and told only when what it is to send is another', async () => {
  const { camera, tune } = open()
  for (const peers of [1, 1, 1, 7, 7]) await tune(peers)
  expect(camera.timesAsked).toBe(2)
  const [alone, among] = camera.told.map(({ maxBitrate = 0 }) => maxBitrate)
  expect(alone).toBeGreaterThan(among ?? Number.POSITIVE_INFINITY)
  await tune(1)
  expect(camera.told.at(-1)?.maxBitrate).toBe(alone)
})

it('a sender that could not be told, or had nothing to tell of, is told the next time', async () => {
  const { camera, tune } = open()
  camera.isNegotiating = true
  await tune(1)
  camera.isNegotiating = false
  camera.encodings = []
  await tune(1)
  camera.encodings = [{}]
  await tune(1)
  await tune(1)
  expect(camera.told).toHaveLength(1)
  expect(camera.timesAsked).toBe(3)
})
