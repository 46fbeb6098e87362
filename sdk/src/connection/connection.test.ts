import { describe, expect, it } from 'vitest'
import { ManualClock } from '../../test/manual-clock.ts'
import { ScriptedLink, ScriptedNetwork } from '../../test/scripted-link.ts'
import { until } from '../../test/until.ts'
import { Credentials } from '../credentials.ts'
import { LecternError } from '../errors.ts'
import { Connection } from './connection.ts'
import type { LinkListener } from './link.ts'

const PACE = { minMs: 100, maxMs: 4_000 }
const broken = new LecternError('NETWORK', 'It broke.')
const unauthenticated = new LecternError('UNAUTHENTICATED', 'No such person.')

/** Tokens are `token 1`, `token 2` …; every delay is its longest unless `random` says another. */
function start({ token = numberedTokens(), random = 1 }: { token?: () => Promise<string>; random?: number } = {}) {
  const clock = new ManualClock()
  const network = new ScriptedNetwork()
  const { promise: made, resolve } = Promise.withResolvers<ScriptedLink>()
  const connection = new Connection({
    openLink: (listener: LinkListener) => {
      const link = new ScriptedLink(listener)
      resolve(link)
      return link
    },
    credentials: new Credentials({ token }, clock),
    network,
    clock,
    random: () => random,
    pace: PACE,
  })
  return { clock, network, connection, made, state: () => connection.state.getSnapshot() }
}

function numberedTokens(): () => Promise<string> {
  let count = 0
  return async () => `token ${++count}`
}

/** Lets what has been promised be kept: tokens are fetched in microtasks here. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

async function online(options: Parameters<typeof start>[0] = {}) {
  const rig = start(options)
  const link = await rig.made
  rig.connection.connect()
  await settled()
  link.server.opened()
  return { ...rig, link }
}

describe('a connection', () => {
  it('does nothing until it is told to', async () => {
    const { made, clock, state } = start()
    expect([(await made).done, clock.pending, state()]).toEqual([[], [], { status: 'idle' }])
  })

  it('connects with a token', async () => {
    const { connection, made, state } = start()
    const link = await made
    connection.connect()
    connection.connect()
    expect(state()).toEqual({ status: 'connecting', attempt: 1 })
    await settled()
    expect(link.done).toEqual(['open token 1'])
    link.server.opened()
    expect(state()).toEqual({ status: 'online' })
  })

  it('tells who is to emit first before who watches the state', async () => {
    const { connection, made } = start()
    const told: string[] = []
    connection.state.subscribe(() => told.push(connection.state.getSnapshot().status))
    connection.onOnline(() => told.push('onOnline'))
    connection.connect()
    await settled()
    ;(await made).server.opened()
    expect(told).toEqual(['connecting', 'onOnline', 'online'])
  })

  it('comes back after a loss, the sooner the fewer tries have failed', async () => {
    const { link, clock, state } = await online()
    link.server.lost(broken)
    expect(state()).toEqual({
      status: 'waiting',
      attempt: 1,
      retryAt: clock.now() + 1_000,
      offline: false,
      error: broken,
    })
    const delays: number[] = []
    for (let attempt = 1; attempt <= 7; attempt++) {
      delays.push(clock.pending[0] ?? Number.NaN)
      clock.advance(clock.pending[0] ?? Number.NaN)
      expect(state()).toEqual({ status: 'connecting', attempt })
      await settled()
      link.server.failed(broken)
    }
    expect(delays).toEqual([1_000, 1_000, 1_000, 1_000, 1_600, 3_200, 4_000])
    clock.advance(4_000)
    await settled()
    link.server.opened()
    link.server.lost(broken)
    expect(state()).toMatchObject({ status: 'waiting', attempt: 1 })
  })

  it('waits as long as the server says, and a little more', async () => {
    const { link, clock } = await online()
    link.server.lost(broken)
    clock.advance(1_000)
    await settled()
    link.server.failed(new LecternError('RATE_LIMITED', 'Too many sockets.', { details: { retry_after_ms: 9_000 } }))
    expect(clock.pending).toEqual([10_000])
  })

  it('gives a try up that nothing comes of', async () => {
    const { connection, made, clock, state } = start()
    const link = await made
    connection.connect()
    await settled()
    clock.advance(20_000)
    expect(link.done).toEqual(['open token 1', 'drop'])
    expect(state()).toMatchObject({ status: 'waiting', attempt: 2, error: { code: 'TIMEOUT' } })
  })

  it('tries at once when told to', async () => {
    const { link, connection, clock, state } = await online()
    link.server.lost(broken)
    connection.reconnect()
    expect(state()).toEqual({ status: 'connecting', attempt: 1 })
    await settled()
    link.server.opened()
    connection.reconnect()
    expect([state(), clock.pending]).toEqual([{ status: 'online' }, []])
  })

  it('ends for good', async () => {
    const { link, connection, clock, network, state } = await online()
    connection.close()
    connection.close()
    connection.reconnect()
    connection.connect()
    expect([link.done, clock.pending, network.isWatched, state()]).toEqual([
      ['open token 1', 'leave'],
      [],
      false,
      { status: 'closed' },
    ])
  })

  it('opens nothing when it was closed while its token was fetched', async () => {
    const token = Promise.withResolvers<string>()
    const { connection, made, state } = start({ token: () => token.promise })
    connection.connect()
    connection.close()
    token.resolve('late')
    await settled()
    expect([(await made).done, state()]).toEqual([['leave'], { status: 'closed' }])
  })
})

describe('a connection whose token is refused', () => {
  it('tries once with a newer one', async () => {
    const { connection, made, state } = start()
    const link = await made
    connection.connect()
    await settled()
    link.server.failed(unauthenticated)
    await settled()
    expect([link.done, state()]).toEqual([['open token 1', 'open token 2'], { status: 'connecting', attempt: 1 }])
    link.server.failed(unauthenticated)
    await settled()
    expect(state()).toEqual({ status: 'refused', error: unauthenticated })
  })

  it('stays refused until it is told to try again', async () => {
    const { connection, made, clock, network, state } = start()
    const link = await made
    connection.connect()
    await settled()
    link.server.failed(unauthenticated)
    await settled()
    link.server.failed(unauthenticated)
    network.show()
    network.goOffline()
    network.comeOnline()
    expect([state().status, clock.pending]).toEqual(['refused', []])
    connection.reconnect()
    await settled()
    link.server.opened()
    expect(state()).toEqual({ status: 'online' })
  })

  it('is refused where the token’s own source says so, and waits where the source is down', async () => {
    const signedOut = start({ token: () => Promise.reject(unauthenticated) })
    signedOut.connection.connect()
    await until(signedOut.connection.state, ({ status }) => status === 'refused')

    const down = start({ token: () => Promise.reject(new Error('The LMS is down.')) })
    down.connection.connect()
    await until(down.connection.state, ({ status }) => status === 'waiting')
    expect(down.state()).toMatchObject({ attempt: 2, error: { code: 'NETWORK' } })
  })

  it('is refused at once where the page is of a foreign origin', async () => {
    const { connection, made, state } = start()
    connection.connect()
    await settled()
    ;(await made).server.failed(new LecternError('FORBIDDEN', 'A page of another site.'))
    expect(state()).toMatchObject({ status: 'refused', error: { code: 'FORBIDDEN' } })
  })
})

describe('a connection of a machine without a network', () => {
  it('is dropped, not left, and tried now and then', async () => {
    const { link, network, clock, state } = await online()
    network.goOffline()
    expect(link.done.at(-1)).toBe('drop')
    expect(state()).toMatchObject({ status: 'waiting', attempt: 1, offline: true, retryAt: clock.now() + 4_000 })
    clock.advance(4_000)
    expect(state()).toEqual({ status: 'connecting', attempt: 1 })
  })

  it('comes back soon after the network, each client in its own moment', async () => {
    const { network, clock, state } = await online({ random: 0.5 })
    network.goOffline()
    network.comeOnline()
    expect(state()).toMatchObject({ status: 'waiting', attempt: 1, offline: false, retryAt: clock.now() + 200 })
    clock.advance(200)
    expect(state()).toEqual({ status: 'connecting', attempt: 1 })
  })

  it('gives up the try that is under way', async () => {
    const { connection, made, network, state } = start()
    connection.connect()
    network.goOffline()
    await settled()
    expect([(await made).done, state()]).toMatchObject([['drop'], { status: 'waiting', attempt: 1, offline: true }])
  })
})

describe('a connection of a page that is looked at again', () => {
  it('is tried at once', async () => {
    const { link, network, state } = await online()
    link.server.lost(broken)
    network.show()
    expect(state()).toEqual({ status: 'connecting', attempt: 1 })
  })

  it('is looked after: it may have died while the machine slept', async () => {
    const { link, network, state } = await online()
    network.show()
    expect([link.done.at(-1), state()]).toEqual(['check', { status: 'online' }])
  })
})
