import { normaliseJoinCode } from '@lectern/protocol'
import { expect, it } from 'vitest'
import { newJoinCode } from './join-code.ts'

it('CO9: a join code is 12 of 32 symbols, 60 bits, none of which is misread', () => {
  const codes = Array.from({ length: 500 }, newJoinCode)
  expect(new Set(codes).size).toBe(500)
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/)
  expect(new Set(codes.join('')).size).toBe(32)
  expect(codes.map(normaliseJoinCode)).toEqual(codes)
})
