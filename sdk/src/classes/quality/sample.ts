import { isObject } from '../../wire-error.ts'

/** How a connection to one person did between two looks at it. */
export interface Sample {
  /** 0 to 1: of what the other side sent, and of what we did, by the other side's word. */
  readonly lossIn: number
  readonly lossOut: number
  readonly rttMs: number
  readonly jitterMs: number
  /** What the network is thought to bear on the way out, in bits a second; undefined where the browser does not say. */
  readonly availableBps: number | undefined
  /** What keeps our pictures from being better. */
  readonly limitation: 'none' | 'cpu' | 'bandwidth'
}

/** What `getStats` counts, as far as a sample needs it (W3C WebRTC statistics). */
export interface Counters {
  readonly received: number
  readonly lost: number
  readonly lossOut: number
  readonly rttMs: number
  readonly jitterMs: number
  readonly availableBps: number | undefined
  readonly limitation: Sample['limitation']
}

type Entry = Readonly<Record<string, unknown>>

const numberOf = (entry: Entry, name: string): number | undefined => {
  const value = entry[name]
  return typeof value === 'number' ? value : undefined
}

const most = (entries: readonly Entry[], name: string): number | undefined => {
  const values = entries.flatMap((entry) => numberOf(entry, name) ?? [])
  return values.length === 0 ? undefined : Math.max(...values)
}

const sum = (entries: readonly Entry[], name: string): number =>
  entries.reduce((total, entry) => total + (numberOf(entry, name) ?? 0), 0)

/** @param report the entries of an `RTCStatsReport` */
export function countersOf(report: Iterable<unknown>): Counters {
  const entries = [...report].filter(isObject)
  const of = (type: string) => entries.filter((entry) => entry['type'] === type)
  const inbound = of('inbound-rtp')
  const remote = of('remote-inbound-rtp')
  const chosen = of('candidate-pair').filter((entry) => entry['nominated'] === true && entry['state'] === 'succeeded')
  const seconds = most(chosen, 'currentRoundTripTime') ?? most(remote, 'roundTripTime') ?? 0
  const limitations = of('outbound-rtp').map((entry) => entry['qualityLimitationReason'])
  return {
    received: sum(inbound, 'packetsReceived'),
    lost: sum(inbound, 'packetsLost'),
    lossOut: most(remote, 'fractionLost') ?? 0,
    rttMs: seconds * 1_000,
    jitterMs:
      (most(
        inbound.filter((entry) => entry['kind'] === 'audio'),
        'jitter',
      ) ?? 0) * 1_000,
    availableBps: most(chosen, 'availableOutgoingBitrate'),
    limitation: limitations.includes('bandwidth') ? 'bandwidth' : limitations.includes('cpu') ? 'cpu' : 'none',
  }
}

export function sampleOf(before: Counters, now: Counters): Sample {
  const lost = Math.max(0, now.lost - before.lost)
  const received = Math.max(0, now.received - before.received)
  const { lossOut, rttMs, jitterMs, availableBps, limitation } = now
  return { lossIn: lost === 0 ? 0 : lost / (lost + received), lossOut, rttMs, jitterMs, availableBps, limitation }
}
