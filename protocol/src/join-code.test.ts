import { describe, expect, it } from 'vitest'
import { formatJoinCode, normaliseJoinCode } from './join-code.ts'

describe('a join code', () => {
  it.each([
    ['', ''],
    ['0123', '0123'],
    ['01234', '0123-4'],
    ['0123456789AB', '0123-4567-89AB'],
  ])('%j is shown in groups of four: %j', (code, shown) => {
    expect(formatJoinCode(code)).toBe(shown)
  })

  it.each(['0123456789AB', '0123-4567-89AB', '0123456789ab', ' 0123 4567 89ab ', 'OI23–4567–89AB.', 'oL23 4567-89AB'])(
    'is taken as %j',
    (typed) => {
      expect(normaliseJoinCode(typed)).toBe('0123456789AB')
    },
  )
})
