import { expect, it } from 'vitest'
import { OwnCookie } from './own-cookie.ts'

const credential = { bearer: undefined, token: undefined }

function cookieOf(userId: string) {
  const browser = { userId, asked: 0 }
  const cookie = new OwnCookie(
    { current: async () => credential, renew: async () => ({ ...credential }) },
    userId,
    async () => {
      browser.asked += 1
      return browser.userId
    },
  )
  return { browser, cookie }
}

it('is shown at first without a question, and after one from then on', async () => {
  const { browser, cookie } = cookieOf('an')
  await cookie.current()
  expect(browser.asked).toBe(0)
  expect(await cookie.current()).toBe(credential)
  expect(browser.asked).toBe(1)
})

it('is not shown once somebody else has signed in, until they have gone', async () => {
  const { browser, cookie } = cookieOf('an')
  await cookie.current()
  browser.userId = 'binh'
  await expect(cookie.current()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  await expect(cookie.renew(credential)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  browser.userId = 'an'
  expect(await cookie.current()).toBe(credential)
})
