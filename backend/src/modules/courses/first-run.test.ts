import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clearing } from '../../../test/clear.repository.ts'
import { outcomeOf, PASSWORD, startTestAccounts, type TestAccounts } from '../../../test/open-test-accounts.ts'
import { openTestDatabase, type TestDatabase } from '../../../test/open-test-database.ts'

const root = { email: 'root@school.example', password: PASSWORD, name: 'Root' }

let opened: TestDatabase
let test: TestAccounts
beforeAll(async () => {
  opened = await openTestDatabase()
})
beforeEach(async () => {
  await opened.database.write(clearing.people, null)
  test = startTestAccounts(opened.database)
})
afterAll(() => opened[Symbol.asyncDispose]())

const newToken = async (): Promise<string> => {
  const token = await test.firstRun.open()
  if (token === undefined) throw new Error('expected a token')
  return token
}

describe('the first administrator', () => {
  it('is made with the one-time token, and is signed in', async () => {
    const token = await newToken()
    const { user, accessToken } = await test.firstRun.setUp({ token, ...root })
    expect(user).toMatchObject({ role: 'admin', realm: 'local', email: root.email })
    expect(await test.authenticator.authenticate(accessToken)).toMatchObject({ role: 'admin' })
    expect(await test.firstRun.isNeeded()).toBe(false)
    expect(await test.firstRun.open()).toBeUndefined()
  })

  it('is made by nobody without the token', async () => {
    expect(await outcomeOf(test.firstRun.setUp({ token: 'guess', ...root }))).toBe('FORBIDDEN')
    const token = await newToken()
    for (const wrong of ['', 'guess', `${token}x`, token.slice(1)])
      expect(await outcomeOf(test.firstRun.setUp({ token: wrong, ...root }))).toBe('FORBIDDEN')
    expect(await test.firstRun.isNeeded()).toBe(true)
  })

  it('is one, of two who use the token at once and of whoever uses it later', async () => {
    const token = await newToken()
    const people = [root, { ...root, email: 'second@school.example' }]
    const outcomes = await Promise.all(people.map((person) => outcomeOf(test.firstRun.setUp({ token, ...person }))))
    expect(outcomes.sort()).toEqual(['FORBIDDEN', 'ok'])
    expect(await outcomeOf(test.firstRun.setUp({ token, ...root, email: 'third@school.example' }))).toBe('FORBIDDEN')
    expect(test.firstRun.accepts(token)).toBe(false)
  })

  it('is one, also when another came to be since the token was printed', async () => {
    const token = await newToken()
    await test.account('other@school.example', 'admin')
    expect(await outcomeOf(test.firstRun.setUp({ token, ...root }))).toBe('FORBIDDEN')
    expect(test.firstRun.accepts(token)).toBe(false)
  })

  it('tries again after an address that is taken, with the same token', async () => {
    const token = await newToken()
    await test.account(root.email)
    expect(await outcomeOf(test.firstRun.setUp({ token, ...root }))).toBe('CONFLICT')
    expect(await outcomeOf(test.firstRun.setUp({ token, ...root, email: 'second@school.example' }))).toBe('ok')
  })

  it('is made with the token of the latest start alone', async () => {
    const [earlier, latest] = [await newToken(), await newToken()]
    expect(await outcomeOf(test.firstRun.setUp({ token: earlier, ...root }))).toBe('FORBIDDEN')
    expect(await outcomeOf(test.firstRun.setUp({ token: latest, ...root }))).toBe('ok')
  })
})
