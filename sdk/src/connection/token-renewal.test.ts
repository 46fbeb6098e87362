import { describe, expect, it } from 'vitest'
import { ManualClock } from '../../test/manual-clock.ts'
import { Credentials } from '../credentials.ts'
import { LecternError } from '../errors.ts'
import { Listeners } from '../listeners.ts'
import { TokenRenewal } from './token-renewal.ts'

const unauthenticated = new LecternError('UNAUTHENTICATED', 'Somebody else’s.')

/** A connection whose server is the test; `refreshed` is what it was sent, `refusals` what it answers, one after the other. */
async function start({
  token = numberedTokens(),
  random = 0.5,
}: {
  token?: () => Promise<string>
  random?: number
} = {}) {
  const clock = new ManualClock()
  const online = new Listeners()
  const expiring = new Listeners<[number]>()
  const refreshed: string[] = []
  const refusals: LecternError[] = []
  const state = { isOnline: true }
  const credentials = new Credentials({ token }, clock)
  const letInWith = await credentials.current()
  const renewal = new TokenRenewal({
    onOnline: (listener) => online.add(listener),
    onExpiring: (listener) => expiring.add(listener),
    refresh: async (newer) => {
      refreshed.push(newer)
      const refusal = refusals.shift()
      if (refusal !== undefined) throw refusal
    },
    credentials,
    isOnline: () => state.isOnline,
    credential: () => letInWith,
    clock,
    random: () => random,
  })
  online.tell()
  const warn = (inMs: number): void => expiring.tell(clock.now() + inMs)
  const goOn = async (): Promise<void> => {
    clock.advance(clock.pending[0] ?? 0)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { clock, online, state, renewal, credentials, letInWith, refreshed, refusals, warn, goOn }
}

function numberedTokens(): () => Promise<string> {
  let count = 0
  return async () => `token ${++count}`
}

describe('the renewal of a connection’s token', () => {
  it.each([
    [0, 15_000],
    [1, 45_000],
  ])('happens well before the end, at a moment of its own (%d)', async (random, at) => {
    const { clock, warn } = await start({ random })
    warn(60_000)
    expect(clock.pending).toEqual([at])
  })

  it('tells the server of the newer token, again and again', async () => {
    const { warn, goOn, refreshed, clock } = await start()
    warn(60_000)
    await goOn()
    warn(60_000)
    await goOn()
    expect([refreshed, clock.pending]).toEqual([['token 2', 'token 3'], []])
  })

  it('takes the token that a call has renewed meanwhile', async () => {
    const { warn, goOn, refreshed, credentials, letInWith } = await start()
    await credentials.renew(letInWith)
    warn(60_000)
    await goOn()
    expect(refreshed).toEqual(['token 2'])
  })

  it('waits neither too long nor too short where this machine’s clock is wrong', async () => {
    const { clock, warn } = await start()
    warn(3_600_000)
    expect(clock.pending).toEqual([30_000])
    warn(-3_600_000)
    expect(clock.pending).toEqual([2_000])
  })

  it('is tried again after what passes, and not after a refusal', async () => {
    const { warn, goOn, refreshed, refusals, clock } = await start()
    refusals.push(new LecternError('TIMEOUT', 'No answer.'), unauthenticated)
    warn(60_000)
    await goOn()
    expect(clock.pending).toEqual([5_000])
    await goOn()
    expect([refreshed.length, clock.pending]).toEqual([2, []])
  })

  it('is over with the connection', async () => {
    const { warn, goOn, refreshed, refusals, online, clock, renewal } = await start()
    warn(60_000)
    online.tell()
    expect(clock.pending).toEqual([])
    refusals.push(new LecternError('NETWORK', 'Gone.'))
    warn(60_000)
    await goOn()
    renewal.close()
    await goOn()
    expect([refreshed, clock.pending]).toEqual([['token 2'], []])
  })

  it('is not tried while there is no connection, however often it failed before', async () => {
    let tries = 0
    const { warn, goOn, state, clock } = await start({
      token: async () => {
        if (++tries > 1) throw new LecternError('NETWORK', 'The server is down.')
        return 'token 1'
      },
    })
    warn(60_000)
    await goOn()
    expect([tries, clock.pending]).toEqual([2, [5_000]])
    state.isOnline = false
    await goOn()
    expect([tries, clock.pending]).toEqual([2, []])
  })

  it('leaves a token that cannot be renewed to its end', async () => {
    const { warn, goOn, refreshed, clock } = await start({
      token: (() => {
        let isFirst = true
        return () => {
          const answer = isFirst ? Promise.resolve('token 1') : Promise.reject(unauthenticated)
          isFirst = false
          return answer
        }
      })(),
    })
    warn(60_000)
    await goOn()
    expect([refreshed, clock.pending]).toEqual([[], []])
  })
})
