import { describe, expect, it } from 'vitest'
import { AppError } from './errors.ts'
import { ConcurrencyLimit, MemoryLimiter } from './limiter.ts'

const changes = { amount: 10, perMs: 1000, burst: 20 }

function limiterAt(start: number) {
  const clock = { time: start, now: () => clock.time }
  return { clock, limiter: new MemoryLimiter(clock) }
}

function refusal(call: () => void): AppError | undefined {
  try {
    call()
    return undefined
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

describe('a limit of 60 in a whole minute', () => {
  const uploads = { amount: 60, perMs: 60_000, whole: true } as const

  it('refuses the 61st of a minute, however slowly they came', () => {
    const { clock, limiter } = limiterAt(1_000_000)
    for (let i = 0; i < 60; i++) {
      limiter.take('a', uploads)
      clock.time += 500
    }
    expect(refusal(() => limiter.take('a', uploads))?.details).toEqual({ retry_after_ms: 30_000 })
    clock.time += 30_000
    for (let i = 0; i < 60; i++) limiter.take('a', uploads)
    expect(refusal(() => limiter.check('a', uploads))?.code).toBe('RATE_LIMITED')
    limiter.refund('a', uploads)
    expect(refusal(() => limiter.check('a', uploads))).toBeUndefined()
  })

  it('locks nobody out for longer than a minute when the clock is set back', () => {
    const { clock, limiter } = limiterAt(1_000_000_000)
    for (let i = 0; i < 60; i++) limiter.take('a', uploads)
    clock.time -= 3_600_000
    expect(refusal(() => limiter.take('a', uploads))).toBeUndefined()
  })
})

describe('a limit of 10/s with bursts of 20', () => {
  it('lets 20 through at once and refuses the 21st with the time to wait', () => {
    const { limiter } = limiterAt(1_000_000)
    for (let i = 0; i < 20; i++) limiter.take('a', changes)
    const error = refusal(() => limiter.take('a', changes))
    expect(error?.code).toBe('RATE_LIMITED')
    expect(error?.details).toEqual({ retry_after_ms: 100 })
  })

  it('refills 10 a second, and a refused call takes nothing', () => {
    const { clock, limiter } = limiterAt(1_000_000)
    for (let i = 0; i < 20; i++) limiter.take('a', changes)
    for (let i = 0; i < 50; i++) refusal(() => limiter.take('a', changes))
    clock.time += 1000
    for (let i = 0; i < 10; i++) limiter.take('a', changes)
    expect(refusal(() => limiter.take('a', changes))?.code).toBe('RATE_LIMITED')
  })

  it('counts each key by itself', () => {
    const { limiter } = limiterAt(1_000_000)
    for (let i = 0; i < 20; i++) limiter.take('a', changes)
    expect(refusal(() => limiter.take('b', changes))).toBeUndefined()
  })

  it('gives back what is refunded, and checks without taking', () => {
    const { limiter } = limiterAt(1_000_000)
    for (let i = 0; i < 20; i++) limiter.take('a', changes)
    limiter.refund('a', changes)
    limiter.check('a', changes)
    limiter.take('a', changes)
    expect(refusal(() => limiter.check('a', changes))?.code).toBe('RATE_LIMITED')
  })

  it('locks nobody out when the clock is set back', () => {
    const { clock, limiter } = limiterAt(1_000_000_000)
    for (let i = 0; i < 20; i++) limiter.take('a', changes)
    clock.time -= 3_600_000
    expect(refusal(() => limiter.take('a', changes))?.details).toEqual({ retry_after_ms: 100 })
  })

  it('forgets who has paused', () => {
    const { clock, limiter } = limiterAt(1_000_000)
    for (let i = 0; i < 9_999; i++) limiter.take(`person ${i}`, changes)
    clock.time += 10_000
    limiter.take('last', changes)
    expect(limiter.size).toBe(1)
  })
})

it('a limit of 0 is no limit', () => {
  const { limiter } = limiterAt(0)
  for (let i = 0; i < 1000; i++) limiter.take('a', { amount: 0, perMs: 1000 })
  expect(limiter.size).toBe(0)
})

it('one more than so many at once is refused, and its place is free again after', async () => {
  const limit = new ConcurrencyLimit(1)
  const leave = limit.enter('a')
  await expect(limit.run('a', async () => 1)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  leave()
  expect(await limit.run('a', async () => 1)).toBe(1)
})
