import { describe, expect, it } from 'vitest'
import { type ClientErrorCode, LecternError } from '../errors.ts'
import { verdictOf } from './verdict.ts'

const once = { all: 1, internal: 0 }
const half = () => 0.5
const error = (code: ClientErrorCode, details = {}) => new LecternError(code, 'Why.', { details })

describe('what becomes of an entry whose sending failed', () => {
  it.each(['NETWORK', 'TIMEOUT', 'UNAVAILABLE', 'RATE_LIMITED'] as const)('%s: it is sent again', (code) => {
    expect(verdictOf(error(code), once, half).kind).toBe('again')
    expect(verdictOf(error(code), { all: 1000, internal: 4 }, half).kind).toBe('again')
  })

  it.each(['FORBIDDEN', 'NOT_FOUND', 'VALIDATION_FAILED', 'CONFLICT', 'PAYLOAD_TOO_LARGE'] as const)(
    '%s: it has failed, and says why',
    (code) => {
      const state = { kind: 'failed', code, message: 'Why.' }
      expect(verdictOf(error(code), once, half)).toEqual({ kind: 'failed', state })
    },
  )

  it.each(['UNAUTHENTICATED', 'CLOSED'] as const)('%s: it waits for another connection', (code) => {
    expect(verdictOf(error(code), once, half)).toEqual({ kind: 'new_connection' })
  })

  it('INTERNAL: it is sent again a few times, then it has failed; so has what nobody foresaw', () => {
    expect(verdictOf(error('INTERNAL'), { all: 9, internal: 4 }, half).kind).toBe('again')
    expect(verdictOf(error('INTERNAL'), { all: 9, internal: 5 }, half).kind).toBe('failed')
    const unforeseen = verdictOf(new TypeError('x is not a function'), { all: 5, internal: 5 }, half)
    expect(unforeseen).toEqual({
      kind: 'failed',
      state: { kind: 'failed', code: 'INTERNAL', message: 'It could not be sent.' },
    })
  })

  it('waits as long as the server asks, and longer with each try', () => {
    const asked = verdictOf(error('RATE_LIMITED', { retry_after_ms: 4000 }), once, () => 0)
    expect(asked).toEqual({ kind: 'again', afterMs: 4125 })
    const waits = [1, 2, 3, 20, 2000].map((all) => verdictOf(error('UNAVAILABLE'), { all, internal: 0 }, () => 1))
    expect(waits.map((verdict) => verdict.kind === 'again' && verdict.afterMs)).toEqual([
      250, 500, 1000, 15_000, 15_000,
    ])
  })
})
