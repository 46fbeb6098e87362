import { describe, expect, it } from 'vitest'
import { ManualClock } from '../test/manual-clock.ts'
import { tokenUntil } from '../test/token.ts'
import { Credentials } from './credentials.ts'
import { LecternError } from './errors.ts'
import { expiryOf } from './jwt.ts'

const MINUTE = 60_000

/** Hands out `token 1`, `token 2` … good for `life` from when each was asked for. */
function source(clock: ManualClock, life = 15 * MINUTE) {
  const tokens: string[] = []
  return {
    tokens,
    fetch: async () => {
      const token = tokenUntil(clock.now() + life, `person ${tokens.length + 1}`)
      tokens.push(token)
      return token
    },
  }
}

describe('credentials of a function', () => {
  it('are fetched once, however many wait for them', async () => {
    const clock = new ManualClock()
    const { tokens, fetch } = source(clock)
    const credentials = new Credentials({ token: fetch }, clock)
    const got = await Promise.all([credentials.current(), credentials.current(), credentials.current()])
    expect(tokens).toHaveLength(1)
    expect(new Set(got.map(({ bearer }) => bearer))).toEqual(new Set(tokens))
  })

  it('are renewed once for all whose request was refused', async () => {
    const clock = new ManualClock()
    const { tokens, fetch } = source(clock)
    const credentials = new Credentials({ token: fetch }, clock)
    const refused = await credentials.current()
    await Promise.all([credentials.renew(refused), credentials.renew(refused)])
    const late = await credentials.renew(refused)
    expect([tokens.length, late?.bearer]).toEqual([2, tokens[1]])
  })

  it('are given up where they do not come, and fetched anew', async () => {
    const clock = new ManualClock()
    let isHanging = true
    const fetch = () => (isHanging ? Promise.withResolvers<string>().promise : Promise.resolve('token'))
    const credentials = new Credentials({ token: fetch }, clock)
    const hung = credentials.current()
    clock.advance(15_000)
    await expect(hung).rejects.toMatchObject({ code: 'TIMEOUT' })
    isHanging = false
    expect(await credentials.current()).toMatchObject({ bearer: 'token' })
    expect(clock.pending).toEqual([])
  })

  it('are renewed ahead of their end', async () => {
    const clock = new ManualClock()
    const { tokens, fetch } = source(clock)
    const credentials = new Credentials({ token: fetch }, clock)
    await credentials.current()
    clock.advance(14 * MINUTE)
    await credentials.current()
    expect(tokens).toHaveLength(1)
    clock.advance(MINUTE - 20_000)
    expect((await credentials.current()).bearer).toBe(tokens[1])
  })

  it('are not fetched at every call where the clock of this machine is wrong', async () => {
    const clock = new ManualClock()
    const { tokens, fetch } = source(clock, -60 * MINUTE)
    const credentials = new Credentials({ token: fetch }, clock)
    for (let call = 0; call < 10; call++) await credentials.current()
    expect(tokens).toHaveLength(1)
  })

  it('stay in use while a newer one cannot be had', async () => {
    const clock = new ManualClock()
    const first = tokenUntil(clock.now() + 10 * MINUTE)
    let isDown = false
    const credentials = new Credentials(
      {
        token: async () => {
          if (isDown) throw new Error('The LMS is down.')
          return first
        },
      },
      clock,
    )
    await credentials.current()
    isDown = true
    clock.advance(10 * MINUTE - 5_000)
    expect((await credentials.current()).bearer).toBe(first)
  })

  it('fail as LecternError: NETWORK for what the function throws, its own LecternError as it is', async () => {
    const clock = new ManualClock()
    const failing = (error: unknown) => new Credentials({ token: () => Promise.reject(error) }, clock).current()
    const cause = new Error('The LMS is down.')
    await expect(failing(cause)).rejects.toMatchObject({ code: 'NETWORK', cause })
    const signedOut = new LecternError('UNAUTHENTICATED', 'Signed out.')
    await expect(failing(signedOut)).rejects.toBe(signedOut)
  })

  it('are UNAUTHENTICATED when there is no token', async () => {
    const credentials = new Credentials({ token: async () => '' }, new ManualClock())
    await expect(credentials.current()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })
})

describe('credentials of a token', () => {
  it('are that token for ever', async () => {
    const credentials = new Credentials({ token: 'one' }, new ManualClock())
    const current = await credentials.current()
    expect(current).toEqual({ bearer: 'one', token: 'one' })
    expect(await credentials.renew(current)).toBeUndefined()
  })
})

describe('credentials of the cookie', () => {
  it('bear no token, and know it once they were renewed', async () => {
    const clock = new ManualClock()
    const { tokens, fetch } = source(clock)
    const credentials = new Credentials({ renew: fetch }, clock)
    const current = await credentials.current()
    expect([current, tokens]).toEqual([{ bearer: undefined, token: undefined }, []])
    expect(await credentials.renew(current)).toEqual({ bearer: undefined, token: tokens[0] })
  })

  it('cannot be renewed where nobody said how', async () => {
    const credentials = new Credentials({}, new ManualClock())
    expect(await credentials.renew(await credentials.current())).toBeUndefined()
  })
})

describe('the end of a token', () => {
  it('is read from a JWT, and is unknown of anything else', () => {
    expect(expiryOf(tokenUntil(1_767_225_600_000))).toBe(1_767_225_600_000)
    for (const other of ['', 'opaque', 'a.b.c', 'a.e30.c', `a.${btoa('"text"')}.c`]) {
      expect(expiryOf(other)).toBeUndefined()
    }
  })
})
