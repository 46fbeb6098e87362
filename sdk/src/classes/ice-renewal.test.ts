import type { IceServersAnswer } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { ManualClock } from '../../test/manual-clock.ts'
import { LecternError } from '../errors.ts'
import { IceRenewal } from './ice-renewal.ts'

const MINUTE = 60_000
const server = (name: string) => ({ urls: [`turn:${name}.example.org`] })
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function start(answer: (clock: ManualClock) => Promise<IceServersAnswer>) {
  const clock = new ManualClock()
  const used: string[] = []
  let asked = 0
  const renewal = new IceRenewal('session', {
    clock,
    use: (servers) => used.push(...servers.flatMap(({ urls }) => urls)),
    iceServers: () => {
      asked += 1
      return answer(clock)
    },
  })
  return { clock, used, renewal, asked: () => asked }
}

const inAnHour = async (clock: ManualClock): Promise<IceServersAnswer> => ({
  iceServers: [server('new')],
  expiresAt: new Date(clock.now() + 60 * MINUTE).toISOString(),
})

describe('RTC37: credentials of TURN', () => {
  it('are renewed before they end, and again', async () => {
    const { clock, used, renewal, asked } = start(inAnHour)
    renewal.given([server('joined')])
    clock.advance(45 * MINUTE)
    await settled()
    expect(used).toEqual(['turn:joined.example.org', 'turn:new.example.org'])
    clock.advance(50 * MINUTE)
    await settled()
    expect(asked()).toBe(2)
  })

  it('that cannot be had are asked for again, and meanwhile what there is serves', async () => {
    let isDown = true
    const { clock, used, renewal } = start((now) =>
      isDown ? Promise.reject(new LecternError('UNAVAILABLE', 'Wait.')) : inAnHour(now),
    )
    await renewal.renew([server('stun')])
    isDown = false
    clock.advance(30_000)
    await settled()
    expect(used).toEqual(['turn:stun.example.org', 'turn:new.example.org'])
  })

  it('are renewed no more when the class was left', async () => {
    const { clock, renewal, asked } = start(inAnHour)
    renewal.given([])
    renewal.stop()
    clock.advance(90 * MINUTE)
    await settled()
    expect([asked(), clock.pending]).toEqual([0, []])
  })
})
