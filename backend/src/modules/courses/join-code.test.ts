import { describe, expect, it } from 'vitest'
import { formatJoinCode, newJoinCode, normaliseJoinCode } from './join-code.ts'

describe('a join code', () => {
  it('is 12 of 32 symbols, 60 bits, none of which is misread', () => {
    const codes = Array.from({ length: 500 }, newJoinCode)
    expect(new Set(codes).size).toBe(500)
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/)
    expect(new Set(codes.join('')).size).toBe(32)
  })

  it('is shown in groups of four', () => {
    expect(formatJoinCode('0123456789AB')).toBe('0123-4567-89AB')
  })

  it.each(['0123-4567-89AB', '0123456789ab', ' 0123 4567 89ab ', 'OI23-4567-89AB', 'oL23 4567-89AB'])(
    'is taken as %j',
    (typed) => {
      expect(normaliseJoinCode(typed)).toBe('0123456789AB')
    },
  )
})
