import type { Page } from 'playwright-core'
import { type Texts, textsOf } from '../../rig/texts.ts'

/** What is beside every page, the list of courses, and a course's members. */
export function coursePages(page: Page, { text, like }: Texts = textsOf('en')) {
  const main = page.getByRole('main')
  const dialog = page.getByRole('dialog')
  const nav = page.getByRole('navigation', { name: text('courses:title') })
  return {
    main,
    dialog,
    nav,
    banner: page.getByRole('status'),
    account: page.getByRole('button', { name: like('common:accountOf') }).filter({ visible: true }),
    menuItem: (key: string) => page.getByRole('menuitem', { name: text(key) }),
    toast: (content: string) => page.getByRole('alert').filter({ hasText: content }),
    /** In the sidebar; its name holds what is unread. */
    link: (title: string) => nav.getByRole('link', { name: title }),
    row: (title: string) => main.getByRole('listitem').filter({ hasText: title }),
    menuOf: (title: string) => main.getByRole('button', { name: text('courses:menu', { title }) }),
    create: main.getByRole('button', { name: text('courses:create.short') }),
    join: main.getByRole('button', { name: text('courses:join.short') }),
    titleField: dialog.getByRole('textbox', { name: text('courses:courseTitle.label') }),
    codeField: dialog.getByRole('textbox', { name: text('courses:join.code') }),
    submitCreate: dialog.getByRole('button', { name: text('courses:create.submit') }),
    /** Of the page that an invitation leads to. */
    joinInvited: main.getByRole('button', { name: text('courses:join.submit'), exact: true }),
    submitJoin: dialog.getByRole('button', { name: text('courses:join.submit'), exact: true }),
    cancel: dialog.getByRole('button', { name: text('common:cancel') }),
    heading: (name: string | RegExp) => page.getByRole('heading', { name }),
    /** Of the members page. */
    joinCode: main.getByRole('status').filter({ hasText: /^[0-9A-Z-]{10,}$/ }),
    backToCourse: main.getByRole('link', { name: text('courses:members.back') }),
    member: (name: string) => main.getByRole('listitem').filter({ hasText: name }),
    /** Goes there as a link of the page itself does. */
    follow: (path: string) => page.evaluate((to) => history.pushState(null, '', to), path),
    async signOut() {
      await this.account.click()
      await this.menuItem('common:signOut').click()
    },
  }
}

export type CoursePages = ReturnType<typeof coursePages>
