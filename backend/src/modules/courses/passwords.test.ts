import { describe, expect, it } from 'vitest'
import { Passwords } from './passwords.ts'

describe('a password', () => {
  const passwords = new Passwords()

  it('is kept by argon2id with 19 MiB and two passes, salted', async () => {
    const [one, two] = await Promise.all([passwords.hash('the same one'), passwords.hash('the same one')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(one).not.toBe(two)
    expect(await passwords.matches(one, 'the same one')).toBe(true)
    expect(await passwords.matches(one, 'The same one')).toBe(false)
  })

  it('matches nothing where there is no account, or one without a password', async () => {
    expect(await passwords.matches(undefined, 'anything at all')).toBe(false)
    expect(await passwords.matches(null, 'anything at all')).toBe(false)
  })

  it('is refused when too many wait, and those who wait are served', async () => {
    const few = new Passwords(4)
    const hashed = await few.hash('the same one')
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => few.matches(hashed, 'the same one')))
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(refused).toHaveLength(4)
    expect(refused[0]?.reason).toMatchObject({ code: 'UNAVAILABLE' })
    expect(await few.matches(hashed, 'the same one')).toBe(true)
  })
})
