import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../../test/open-test-accounts.ts'
import { unauthenticated } from '../../shared/errors.ts'
import { MemoryLimiter } from '../../shared/limiter.ts'
import { LoginLimits, subscriberOf } from './login-limits.ts'

function start(perMinute = 10) {
  const clock = { time: 1_000_000, now: () => clock.time }
  const limits = new LoginLimits(new MemoryLimiter(clock), perMinute)
  const attempt = (email: string, address: string, succeeds: boolean) =>
    outcomeOf(
      limits.attempt(
        { email, address },
        ({ code }) => code === 'UNAUTHENTICATED',
        async () => {
          if (!succeeds) throw unauthenticated()
        },
      ),
    )
  const many = (times: number, one: (i: number) => Promise<unknown>) =>
    Promise.all(Array.from({ length: times }, (_, i) => one(i)))
  return { clock, attempt, many }
}

const limitedOf = (outcomes: readonly unknown[]) => outcomes.filter((outcome) => outcome === 'RATE_LIMITED').length

describe('failed logins', () => {
  it('of one account from one address are 10 a minute, also when a thousand come at once', async () => {
    const { attempt, many } = start()
    expect(limitedOf(await many(1000, () => attempt('a', '192.0.2.1', false)))).toBe(990)
    expect(await attempt('a', '192.0.2.1', true)).toBe('RATE_LIMITED')
  })

  it('leave the account open to other addresses, and the address to other accounts', async () => {
    const { attempt, many } = start()
    await many(11, () => attempt('a', '192.0.2.1', false))
    expect(await attempt('a', '192.0.2.2', true)).toBe('ok')
    expect(await attempt('b', '192.0.2.1', true)).toBe('ok')
  })

  it('from one address are 50 a minute over all accounts', async () => {
    const { attempt, many } = start()
    expect(limitedOf(await many(60, (i) => attempt(`a${i}`, '192.0.2.1', false)))).toBe(10)
  })

  it('of one account are 100 an hour over all addresses', async () => {
    const { attempt, many } = start()
    expect(limitedOf(await many(110, (i) => attempt('a', `192.0.2.${i}`, false)))).toBe(10)
  })

  it('are forgotten with time', async () => {
    const { attempt, many, clock } = start()
    await many(11, () => attempt('a', '192.0.2.1', false))
    clock.time += 6_000
    expect(await attempt('a', '192.0.2.1', true)).toBe('ok')
  })

  it('have no limit per account and address where it is 0', async () => {
    const { attempt, many } = start(0)
    expect(limitedOf(await many(40, () => attempt('a', '192.0.2.1', false)))).toBe(0)
  })
})

it('logins that succeed count against nothing, also 200 at once from one address', async () => {
  const { attempt, many } = start()
  expect(limitedOf(await many(200, (i) => attempt(`a${i}`, '192.0.2.1', true)))).toBe(0)
  expect(limitedOf(await many(200, () => attempt('a', '192.0.2.1', true)))).toBe(0)
})

describe('an address stands for', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('%j: %j', (address, subscriber) => expect(subscriberOf(address)).toBe(subscriber))
})
