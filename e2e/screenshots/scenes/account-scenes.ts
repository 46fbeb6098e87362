import { BUSY } from '../busy.ts'
import type { Scene } from '../scene.ts'

export const ACCOUNT_SCENES: readonly Scene[] = [
  {
    name: '10-set-up',
    arrange: async ({ page, unused }) => page.goto(`${unused.url}/setup?token=${await unused.setUpToken()}`),
  },
  { name: '11-set-up-refused', arrange: ({ page, unused }) => page.goto(`${unused.url}/setup?token=used.before`) },
  {
    name: '20-sign-in',
    async arrange({ open, account }) {
      await open('/sign-in')
      await account.signIn.waitFor()
    },
  },
  {
    name: '21-sign-in-missing',
    async arrange({ open, account, page, texts }) {
      await open('/sign-in')
      await account.signIn.click()
      await page.getByText(texts.text('account:fields.passwordMissing')).waitFor()
    },
  },
  {
    name: '22-sign-in-wrong',
    async arrange({ open, account, page, texts }) {
      await open('/sign-in')
      await account.signInAs({ email: 'nobody@demo.example', password: 'not the password' })
      await page.getByText(texts.text('account:signIn.wrong')).waitFor()
    },
  },
  {
    name: '23-sign-in-busy',
    async arrange({ open, account, page }) {
      await page.route('**/auth/login', (route) => route.fulfill(BUSY))
      await open('/sign-in')
      await account.signInAs({ email: 'anh@demo.example', password: 'not the password' })
      await account.alert.waitFor()
    },
  },
  {
    name: '24-unreachable',
    async arrange({ open, page, texts }) {
      await page.route('**/auth/me', (route) => route.abort())
      await open('/')
      await page.getByText(texts.text('common:unreachable.title')).waitFor({ timeout: 60_000 })
    },
  },
  {
    name: '30-register',
    async arrange({ open, account }) {
      await open('/register')
      await account.create.waitFor()
    },
  },
  {
    name: '31-register-errors',
    async arrange({ open, account }) {
      await open('/register')
      await account.register({ name: '', email: 'lan@', password: 'short' })
      await account.create.waitFor()
    },
  },
  {
    name: '32-register-invited',
    async arrange({ open, account }) {
      await open('/join/ABCDEFGHJKMN')
      await account.create.waitFor()
    },
  },
  {
    name: '33-register-code-unknown',
    async arrange({ open, account, page, texts }) {
      await open('/join/ABCDEFGHJKMN')
      await account.register({ name: 'Lan', email: 'lan@demo.example', password: 'long enough for this' })
      await page.getByText(texts.text('account:fields.codeUnknown')).waitFor()
    },
  },
  {
    name: '80-settings',
    by: 'hanh',
    async arrange({ open, courses, texts }) {
      await open('/settings')
      await courses.heading(texts.text('account:settings.display')).waitFor()
    },
  },
  {
    name: '81-account-menu',
    by: 'hanh',
    async arrange({ open, courses }) {
      await open('/')
      await courses.account.click()
      await courses.menuItem('common:signOut').waitFor()
    },
  },
  {
    name: '90-not-found',
    by: 'hanh',
    async arrange({ open, courses, texts }) {
      await open('/')
      await courses.heading(texts.text('courses:title')).waitFor()
      await courses.follow('/nowhere')
      await courses.heading(texts.text('common:notFound.title')).waitFor()
    },
  },
]
