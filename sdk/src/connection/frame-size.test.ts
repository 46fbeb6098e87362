import { LIMITS } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { requireFrame } from './frame-size.ts'

const MEGABYTE = LIMITS.frameBytes

describe('the size of an event', () => {
  it.each([
    ['of a message', { message: 'đ'.repeat(LIMITS.message) }],
    ['just below the limit', { message: 'a'.repeat(MEGABYTE - 2_048) }],
    ['of nothing', undefined],
  ])('%s goes through', (_name, payload) => {
    expect(() => requireFrame(payload)).not.toThrow()
  })

  it.each([
    ['in ASCII', 'a'.repeat(MEGABYTE)],
    ['in Vietnamese, by its bytes', 'ế'.repeat(MEGABYTE / 2)],
  ])('that would end the connection is refused here, %s', (_name, message) => {
    expect(() => requireFrame({ message })).toThrow(expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE' }))
  })
})
