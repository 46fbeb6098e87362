import { describe, expect, it } from 'vitest'
import { ManualClock } from '../../test/manual-clock.ts'
import { LecternError } from '../errors.ts'
import { OutgoingSignals } from './outgoing-signals.ts'
import type { Signal } from './signal.ts'

const signal = (sdp: string): Signal => ({ kind: 'offer', sdp, names: {} })
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function start(answer: (userId: string, sdp: string) => Promise<unknown> = () => Promise.resolve()) {
  const clock = new ManualClock()
  const sent: string[] = []
  const signals = new OutgoingSignals({
    clock,
    emit: (userId, { ...one }) => {
      const sdp = 'sdp' in one ? one.sdp : ''
      sent.push(`${userId} ${sdp}`)
      return answer(userId, sdp)
    },
  })
  return { clock, sent, signals }
}

const refusing = (code: ConstructorParameters<typeof LecternError>[0], details = {}) =>
  Promise.reject(new LecternError(code, 'No.', { details }))

describe('signals on their way', () => {
  it('RTC21: go to each in order, one after the other, and to others meanwhile', async () => {
    const first = Promise.withResolvers<void>()
    const { sent, signals } = start((_userId, sdp) => (sdp === '1' ? first.promise : Promise.resolve()))
    signals.send('an', signal('1'))
    signals.send('an', signal('2'))
    signals.send('binh', signal('3'))
    await settled()
    expect(sent).toEqual(['an 1', 'binh 3'])
    first.resolve()
    await settled()
    expect(sent).toEqual(['an 1', 'binh 3', 'an 2'])
  })

  it('RTC24: are sent again, in order, when the server has said how long to wait', async () => {
    let isRefused = true
    const { clock, sent, signals } = start(() =>
      isRefused ? refusing('RATE_LIMITED', { retry_after_ms: 700 }) : Promise.resolve(),
    )
    signals.send('an', signal('1'))
    signals.send('an', signal('2'))
    await settled()
    isRefused = false
    clock.advance(699)
    await settled()
    expect(sent).toEqual(['an 1'])
    clock.advance(1)
    await settled()
    expect(sent).toEqual(['an 1', 'an 1', 'an 2'])
  })

  it('go no faster than 40 a second after a burst of as many', async () => {
    const { clock, sent, signals } = start()
    for (let at = 0; at < 100; at++) signals.send('an', signal(`${at}`))
    await settled()
    expect(sent.length).toBe(40)
    for (let passed = 0; passed < 1_000; passed += 25) {
      clock.advance(25)
      await settled()
    }
    expect(sent.length).toBe(80)
  })

  it('wait for the next connection when there is none, and lose nothing', async () => {
    let isDown = true
    const { sent, signals } = start(() => (isDown ? refusing('NETWORK') : Promise.resolve()))
    signals.send('an', signal('1'))
    await settled()
    signals.send('an', signal('2'))
    await settled()
    expect(sent).toEqual(['an 1'])
    isDown = false
    signals.resume()
    await settled()
    expect(sent).toEqual(['an 1', 'an 1', 'an 2'])
  })

  it('RTC22: are given up for who is there no more, and for nobody else', async () => {
    const { sent, signals } = start((userId) => (userId === 'an' ? refusing('NOT_FOUND') : Promise.resolve()))
    for (const sdp of ['1', '2']) {
      signals.send('an', signal(sdp))
      signals.send('binh', signal(sdp))
    }
    await settled()
    expect(sent).toEqual(['an 1', 'binh 1', 'binh 2'])
  })

  it('that were forgotten while they waited are not sent', async () => {
    const { sent, signals } = start()
    signals.hold()
    signals.send('an', signal('old'))
    signals.forget('an')
    signals.send('an', signal('new'))
    signals.resume()
    await settled()
    expect(sent).toEqual(['an new'])
  })
})
