import type { Page } from 'playwright-core'
import { type Texts, textsOf } from '../../rig/texts.ts'

export interface Registration {
  readonly code?: string
  readonly name: string
  readonly email: string
  readonly password: string
}

/** The pages for who is not signed in. */
export function accountPages(page: Page, { text }: Texts = textsOf('en')) {
  const field = (key: string) => page.getByRole('textbox', { name: text(`account:fields.${key}`) })
  const email = field('email')
  // A password's field has no role of its own.
  const password = page.getByLabel(text('account:fields.password'), { exact: true })
  const signIn = page.getByRole('button', { name: text('account:signIn.submit') })
  const create = page.getByRole('button', { name: text('account:register.submit') })
  const code = field('joinCode')
  return {
    email,
    password,
    code,
    name: field('name'),
    signIn,
    create,
    alert: page.getByRole('alert'),
    async signInAs(person: { readonly email: string; readonly password: string }) {
      await email.fill(person.email)
      await password.fill(person.password)
      await signIn.click()
    },
    async register(person: Registration) {
      if (person.code !== undefined) await code.fill(person.code)
      await field('name').fill(person.name)
      await email.fill(person.email)
      await password.fill(person.password)
      await create.click()
    },
  }
}

/** The page behind the printed link; the server writes it. */
export function setupPage(page: Page) {
  return {
    async create(person: Registration) {
      await page.getByRole('textbox', { name: 'Name' }).fill(person.name)
      await page.getByRole('textbox', { name: 'E-mail address' }).fill(person.email)
      await page.getByLabel('Password').fill(person.password)
      await page.getByRole('button', { name: 'Create administrator' }).click()
    },
  }
}
