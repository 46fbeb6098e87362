import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenTestAccounts, openTestAccounts, outcomeOf, PASSWORD } from '../../../test/open-test-accounts.ts'

const ADDRESS = '192.0.2.1'
const DAY = 24 * 3_600_000

let test: OpenTestAccounts
beforeAll(async () => {
  test = await openTestAccounts()
})
afterAll(() => test[Symbol.asyncDispose]())

let serial = 0
async function signedIn() {
  const user = await test.account(`sign-in-${++serial}@school.example`)
  return { user, session: await test.service.login({ email: user.email ?? '', password: PASSWORD }, ADDRESS) }
}

const rowsOf = (userId: string) =>
  test.database.read.selectFrom('refresh_tokens').selectAll().where('user_id', '=', userId).execute()

describe('a refresh token', () => {
  it('ID27: of one family is exchanged 30 times a minute and no more', async () => {
    const { session } = await signedIn()
    for (let times = 0; times < 30; times++) await test.service.refresh(session.refreshToken)
    expect(await outcomeOf(test.service.refresh(session.refreshToken))).toBe('RATE_LIMITED')
  })

  it('is kept as a hash alone', async () => {
    const { user, session } = await signedIn()
    const [row] = await rowsOf(user.id)
    expect(JSON.stringify(row)).not.toContain(session.refreshToken.split('.')[1])
  })

  it('is changed for a new one and a new access token of the same user', async () => {
    const { user, session } = await signedIn()
    test.clock.time += 1000
    const next = await test.service.refresh(session.refreshToken)
    expect(next.user).toEqual(user)
    expect(next.refreshToken).not.toBe(session.refreshToken)
    expect(await test.authenticator.authenticate(next.accessToken)).toMatchObject({ userId: user.id, realm: 'local' })
  })

  it('serves two tabs at once, and both go on', async () => {
    const { session } = await signedIn()
    const [one, two] = await Promise.all([1, 2].map(() => test.service.refresh(session.refreshToken)))
    expect(one?.refreshToken).not.toBe(two?.refreshToken)
    for (const tab of [one, two]) expect(await outcomeOf(test.service.refresh(tab?.refreshToken ?? ''))).toBe('ok')
  })

  it('is good for 30 s after its use, counted from the first', async () => {
    const { session } = await signedIn()
    await test.service.refresh(session.refreshToken)
    test.clock.time += 20_000
    await test.service.refresh(session.refreshToken)
    test.clock.time += 10_000
    expect(await outcomeOf(test.service.refresh(session.refreshToken))).toBe('ok')
    test.clock.time += 1
    expect(await outcomeOf(test.service.refresh(session.refreshToken))).toBe('UNAUTHENTICATED')
  })

  it('used again later ends its whole family, and no other', async () => {
    const { user, session } = await signedIn()
    const other = await test.service.login({ email: user.email ?? '', password: PASSWORD }, ADDRESS)
    const next = await test.service.refresh(session.refreshToken)
    const newest = await test.service.refresh(next.refreshToken)
    test.clock.time += 30_001
    expect(await outcomeOf(test.service.refresh(session.refreshToken))).toBe('UNAUTHENTICATED')
    expect(await outcomeOf(test.service.refresh(newest.refreshToken))).toBe('UNAUTHENTICATED')
    expect(await outcomeOf(test.service.refresh(other.refreshToken))).toBe('ok')
  })

  it('used again days later ends its family too, though nothing of it was kept', async () => {
    const { user, session } = await signedIn()
    let newest = session
    for (let day = 0; day < 5; day++) {
      newest = await test.service.refresh(newest.refreshToken)
      test.clock.time += DAY
    }
    expect((await rowsOf(user.id)).length).toBeLessThanOrEqual(2)
    expect(await outcomeOf(test.service.refresh(session.refreshToken))).toBe('UNAUTHENTICATED')
    expect(await outcomeOf(test.service.refresh(newest.refreshToken))).toBe('UNAUTHENTICATED')
  })

  it('ends after 30 days without use', async () => {
    const { session } = await signedIn()
    test.clock.time += 30 * DAY - 1
    const next = await test.service.refresh(session.refreshToken)
    test.clock.time += 30 * DAY
    expect(await outcomeOf(test.service.refresh(next.refreshToken))).toBe('UNAUTHENTICATED')
  })

  it('ends with the sign-out, with the account, and with its being disabled', async () => {
    const { session: out } = await signedIn()
    await test.service.logout(out.refreshToken)
    const { user: deleted, session: ofDeleted } = await signedIn()
    await test.accounts.remove(deleted.id, 'local', test.clock.time)
    const { user: disabled, session: ofDisabled } = await signedIn()
    await test.accounts.update(disabled.id, { disabled: true }, 'local')
    await test.accounts.update(disabled.id, { disabled: false }, 'local')
    for (const { refreshToken } of [out, ofDeleted, ofDisabled])
      expect(await outcomeOf(test.service.refresh(refreshToken))).toBe('UNAUTHENTICATED')
  })

  it.each(['', 'x', `${'0'.repeat(36)}.${'A'.repeat(43)}`, `' or 1=1 --`])(
    'that is none of ours is refused: %j',
    async (token) => {
      expect(await outcomeOf(test.service.refresh(token))).toBe('UNAUTHENTICATED')
      await test.service.logout(token)
    },
  )
})
