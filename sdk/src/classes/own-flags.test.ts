import { describe, expect, it } from 'vitest'
import { ManualClock } from '../../test/manual-clock.ts'
import { LecternError } from '../errors.ts'
import { type Flags, OwnFlags } from './own-flags.ts'

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function start(answer: () => Promise<unknown> = () => Promise.resolve()) {
  const clock = new ManualClock()
  const rig = {
    clock,
    actual: { audio: false, video: false } as Flags,
    server: { audio: false, video: false } as Flags | undefined,
    told: [] as string[],
    refused: [] as string[],
  }
  const flags = new OwnFlags({
    actual: () => rig.actual,
    told: () => rig.server,
    tell: async (flag, enabled) => {
      rig.told.push(`${flag} ${enabled}`)
      await answer()
      rig.server = { audio: false, video: false, ...rig.server, [flag]: enabled }
    },
    refused: (flag, error) => rig.refused.push(`${flag} ${error.code}`),
    after: (ms, act) => clock.after(ms, act),
  })
  return Object.assign(rig, { flags })
}

describe('what the server is told of one’s microphone and camera', () => {
  it('is what they are, one after the other', async () => {
    const rig = start()
    rig.actual = { audio: true, video: true }
    rig.flags.check()
    rig.flags.check()
    await settled()
    expect(rig.told).toEqual(['audio true', 'video true'])
  })

  it('is what they are at last, when they changed meanwhile', async () => {
    const gate = Promise.withResolvers<void>()
    const rig = start(() => gate.promise)
    rig.actual = { audio: true, video: false }
    rig.flags.check()
    rig.actual = { audio: false, video: false }
    rig.flags.check()
    gate.resolve()
    await settled()
    expect(rig.told).toEqual(['audio true', 'audio false'])
  })

  it('is nothing while it can be told nothing', async () => {
    const rig = start()
    rig.server = undefined
    rig.actual = { audio: true, video: true }
    rig.flags.check()
    await settled()
    expect(rig.told).toEqual([])
  })

  it('is told again after what may pass, and never after a refusal', async () => {
    const errors = [
      new LecternError('RATE_LIMITED', 'Wait.', { details: { retry_after_ms: 300 } }),
      new LecternError('CONFLICT', 'Four are on.'),
    ]
    const rig = start(async () => {
      const error = errors.shift()
      if (error !== undefined) throw error
    })
    rig.actual = { audio: false, video: true }
    rig.flags.check()
    await settled()
    expect([rig.told.length, rig.clock.pending]).toEqual([1, [300]])
    rig.clock.advance(300)
    await settled()
    expect([rig.told.length, rig.refused, rig.clock.pending]).toEqual([2, ['video CONFLICT'], []])
  })
})
