import { describe, expect, it } from 'vitest'
import { readAck } from './connection/ack.ts'
import { readWireError } from './wire-error.ts'

describe('an error on the wire', () => {
  it('keeps its code, its message and its details', () => {
    const error = readWireError({ code: 'RATE_LIMITED', message: 'Too fast.', details: { retry_after_ms: 40 } }, 'r1')
    expect(error).toMatchObject({ code: 'RATE_LIMITED', message: 'Too fast.', retryAfterMs: 40, requestId: 'r1' })
    expect(error?.shouldRetry()).toBe(true)
  })

  it('is INTERNAL where only a newer server knows its code', () => {
    expect(readWireError({ code: 'TEAPOT', message: 'Short and stout.' })?.code).toBe('INTERNAL')
    expect(readWireError({ code: 'toString', message: '' })?.code).toBe('INTERNAL')
  })

  it.each([undefined, null, 'text', [], {}, { code: 7, message: '' }, { code: 'CONFLICT' }])('is not %j', (value) => {
    expect(readWireError(value)).toBeUndefined()
  })
})

describe('an acknowledgement', () => {
  it('gives its data, or throws its error', () => {
    expect(readAck<number>({ ok: true, data: 7 })).toBe(7)
    const refused = () => readAck({ ok: false, error: { code: 'FORBIDDEN', message: 'Staff alone.' } })
    expect(refused).toThrow(expect.objectContaining({ code: 'FORBIDDEN', message: 'Staff alone.' }))
  })

  it.each([undefined, null, true, {}, { ok: 1 }, { ok: false }])('of another server, as %j, is NETWORK', (answer) => {
    expect(() => readAck(answer)).toThrow(expect.objectContaining({ code: 'NETWORK' }))
  })
})
