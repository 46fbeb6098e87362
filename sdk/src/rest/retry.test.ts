import { describe, expect, it } from 'vitest'
import { type ClientErrorCode, LecternError } from '../errors.ts'
import { retryDelay } from './retry.ts'

const most = (): number => 1
const error = (code: ClientErrorCode, retryAfterMs?: number): LecternError =>
  new LecternError(code, '', retryAfterMs === undefined ? {} : { details: { retry_after_ms: retryAfterMs } })

describe('a request that failed', () => {
  it('is made again after what passes, three times in all, each time later', () => {
    expect([1, 2, 3].map((tries) => retryDelay(error('NETWORK'), tries, most))).toEqual([300, 600, undefined])
    expect(retryDelay(error('UNAVAILABLE'), 1, () => 0.5)).toBe(150)
  })

  it('waits as long as the server says, unless a person would wait for it', () => {
    expect(retryDelay(error('RATE_LIMITED', 1_000), 1, most)).toBe(1_300)
    expect(retryDelay(error('RATE_LIMITED', 60_000), 1, most)).toBeUndefined()
  })

  it.each(['RATE_LIMITED', 'TIMEOUT', 'INTERNAL', 'NOT_FOUND', 'UNAUTHENTICATED'] as const)(
    'is not made again after %s',
    (code) => expect(retryDelay(error(code), 1, most)).toBeUndefined(),
  )

  it('is not made again after an error that is not Lectern’s', () => {
    expect(retryDelay(new Error('aborted'), 1, most)).toBeUndefined()
  })
})
