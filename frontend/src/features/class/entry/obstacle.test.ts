import { LecternError } from '@lectern/client'
import type { ErrorCode, ErrorDetails } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { isNameRefused, obstacleOf } from './obstacle.ts'

const refused = (code: ErrorCode, details: ErrorDetails = {}) => ({
  kind: 'refused' as const,
  error: new LecternError(code, 'No.', { details }),
})

describe('why one is not in a class', () => {
  it.each(['left', 'ended', 'removed', 'replaced'] as const)('is told of %s', (kind) =>
    expect(obstacleOf({ kind })).toBe(kind),
  )

  it.each([
    ['locked', refused('FORBIDDEN', { reason: 'locked' })],
    ['banned', refused('FORBIDDEN', { reason: 'banned' })],
    ['full', refused('CONFLICT', { limit: 8 })],
    ['cameras', refused('CONFLICT', { limit: 4 })],
    ['over', refused('CONFLICT')],
    ['gone', refused('NOT_FOUND')],
    ['failed', refused('FORBIDDEN')],
    ['failed', refused('UNAVAILABLE')],
  ] as const)('is %s, by what the server says', (obstacle, reason) => expect(obstacleOf(reason)).toBe(obstacle))

  it('is the name, where the server does not take it', () => {
    expect(isNameRefused(refused('VALIDATION_FAILED'))).toBe(true)
    expect(isNameRefused(refused('CONFLICT'))).toBe(false)
    expect(isNameRefused({ kind: 'left' })).toBe(false)
  })
})
