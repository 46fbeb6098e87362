import { describe, expect, it } from 'vitest'
import { subjectOf } from './jwt.ts'

const tokenOf = (claims: unknown) => `head.${btoa(JSON.stringify(claims)).replaceAll('=', '')}.signature`

describe('whose a token is', () => {
  it('is read from a JWT, and is unknown of anything else', () => {
    expect(subjectOf(tokenOf({ sub: 'lan@example.org', name: 'Lan' }))).toBe('lan@example.org')
    for (const other of ['', 'opaque', 'a.b.c', tokenOf({}), tokenOf({ sub: 7 }), tokenOf('text'), tokenOf(null)]) {
      expect(subjectOf(other)).toBeUndefined()
    }
  })
})
