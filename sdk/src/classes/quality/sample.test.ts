import { describe, expect, it } from 'vitest'
import { countersOf, sampleOf } from './sample.ts'

const report = (received: number, lost: number) => [
  { type: 'inbound-rtp', kind: 'audio', packetsReceived: received / 2, packetsLost: lost, jitter: 0.02 },
  { type: 'inbound-rtp', kind: 'video', packetsReceived: received / 2, packetsLost: 0, jitter: 0.5 },
  { type: 'remote-inbound-rtp', kind: 'video', fractionLost: 0.1, roundTripTime: 0.5 },
  { type: 'outbound-rtp', kind: 'video', qualityLimitationReason: 'bandwidth' },
  {
    type: 'candidate-pair',
    nominated: true,
    state: 'succeeded',
    currentRoundTripTime: 0.05,
    availableOutgoingBitrate: 9e5,
  },
  { type: 'candidate-pair', nominated: false, state: 'waiting', currentRoundTripTime: 9 },
  { type: 'codec' },
]

describe('a sample', () => {
  it('is what happened since the one before', () => {
    expect(sampleOf(countersOf(report(100, 10)), countersOf(report(180, 30)))).toEqual({
      lossIn: 0.2,
      lossOut: 0.1,
      rttMs: 50,
      jitterMs: 20,
      availableBps: 900_000,
      limitation: 'bandwidth',
    })
  })

  it('of a report that has nothing is of a clean connection', () => {
    const nothing = countersOf([])
    expect(sampleOf(nothing, nothing)).toMatchObject({
      lossIn: 0,
      lossOut: 0,
      availableBps: undefined,
      limitation: 'none',
    })
  })

  it('counts no packet as lost that came late after all', () => {
    expect(sampleOf(countersOf(report(100, 10)), countersOf(report(120, 5))).lossIn).toBe(0)
  })
})
