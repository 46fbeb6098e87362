import { describe, expect, it } from 'vitest'
import { adaptationOf, ceilingOf, climb, type Ladder, leastReduced, newLadder, RUNGS } from './ladder.ts'
import type { Sample } from './sample.ts'

const CLEAN: Sample = { lossIn: 0, lossOut: 0, rttMs: 40, jitterMs: 5, availableBps: 3_000_000, limitation: 'none' }
const FULL = ceilingOf({ peers: 1, isScreenShared: false })

/** One sample a second from second 0 on. */
class Climber {
  ladder: Ladder = newLadder(0)
  second = 0

  pass(seconds: number, sampleAt: Partial<Sample> | ((climber: Climber) => Partial<Sample>), ceiling = FULL): this {
    for (const end = this.second + seconds; this.second < end; ) {
      this.second += 1
      const change = typeof sampleAt === 'function' ? sampleAt(this) : sampleAt
      this.ladder = climb(this.ladder, { ...CLEAN, ...change }, ceiling, this.second * 1_000)
    }
    return this
  }

  get height(): number {
    return RUNGS[this.ladder.rung]?.height ?? 0
  }

  get adaptation() {
    return adaptationOf(this.ladder)
  }
}

/** An estimate goes little beyond what is sent, or what is probed, and never beyond what there is. */
const pipe = (bps: number) => (climber: Climber) => {
  const { most = 0 } = RUNGS[climber.ladder.rung] ?? {}
  const probed = climber.ladder.probingSince === undefined ? 0 : (RUNGS[climber.ladder.rung + 1]?.most ?? 0)
  return { availableBps: Math.min(bps, Math.max((most + 50_000) * 1.5, probed)) }
}

describe('the pictures that are sent', () => {
  it('begin in the middle, and are full within two seconds on a good network', () => {
    const climber = new Climber()
    expect(climber.height).toBe(360)
    expect(climber.pass(2, {}).height).toBe(720)
    expect(climber.adaptation).toEqual({ step: 'full' })
  })

  it('are of 180 lines, which is 320 pixels wide, within five seconds where 300 kbit/s are shared from the start', () => {
    const climber = new Climber().pass(5, { availableBps: 300_000 })
    expect(climber.adaptation).toEqual({ step: 'fewer_pixels', height: 180, reason: 'bandwidth' })
  })

  it('are of 180 lines within three seconds after the estimate has fallen, and full 20 s after there is room again', () => {
    const climber = new Climber().pass(10, {})
    expect(climber.height).toBe(720)
    climber.pass(3, pipe(270_000))
    for (let second = 0; second < 40; second++) expect(climber.pass(1, pipe(270_000)).height).toBe(180)
    climber.pass(20, pipe(3_000_000))
    expect([climber.height, climber.adaptation]).toEqual([720, { step: 'full' }])
  })

  it('are given up where not even the smallest is borne, and tried again after nine seconds', () => {
    const climber = new Climber().pass(10, {})
    while (climber.height > 0 && climber.second < 20) climber.pass(1, { availableBps: 60_000 })
    expect(climber.adaptation).toEqual({ step: 'video_off', reason: 'bandwidth' })
    expect(climber.pass(8, { availableBps: 60_000 }).height).toBe(0)
    expect(climber.pass(1, { availableBps: 60_000 }).height).toBe(180)
  })

  it('are smaller where packets are lost, whatever the estimate says', () => {
    const climber = new Climber().pass(10, {}).pass(2, { lossOut: 0.2 })
    expect(climber.adaptation).toEqual({ step: 'fewer_pixels', height: 360, reason: 'loss' })
  })

  it('are smaller where the machine has been too slow for eight seconds', () => {
    const climber = new Climber().pass(10, {}).pass(8, { limitation: 'cpu' })
    expect(climber.adaptation).toEqual({ step: 'fewer_pixels', height: 360, reason: 'cpu' })
  })

  it('stay as they are for one bad second', () => {
    const climber = new Climber().pass(10, {}).pass(1, { availableBps: 700_000 })
    expect(climber.height).toBe(720)
  })

  it('are never larger than a mesh of so many bears, which is no adaptation', () => {
    expect([1, 2, 7].map((peers) => RUNGS[ceilingOf({ peers, isScreenShared: false })]?.height)).toEqual([
      720, 360, 360,
    ])
    const climber = new Climber().pass(20, {}, ceilingOf({ peers: 3, isScreenShared: true }))
    expect([climber.height, climber.adaptation]).toEqual([180, { step: 'full' }])
  })
})

describe('what is said of it', () => {
  const few = { step: 'fewer_pixels', height: 180, reason: 'loss' } as const
  const off = { step: 'video_off', reason: 'bandwidth' } as const

  it('is what the best of the ways bears: one that is bad is the other side’s', () => {
    expect(leastReduced([off, few])).toBe(few)
    expect(leastReduced([few, { step: 'full' }, off])).toEqual({ step: 'full' })
    expect(leastReduced([])).toEqual({ step: 'full' })
  })
})
