import type { Page } from 'playwright-core'
import { type Texts, textsOf } from '../../rig/texts.ts'

/** A course's classes, and who attended one of them. */
export function classesPage(page: Page, { text, like }: Texts = textsOf('en')) {
  const main = page.getByRole('main')
  const dialog = page.getByRole('dialog')
  const of = (key: string) => text(`classes:${key}`)
  return {
    main,
    dialog,
    /** In the head of a chat. */
    entrance: page.getByRole('link', { name: text('chat:header.classes'), exact: true }),
    entranceLive: page.getByRole('link', { name: text('chat:header.classesLive'), exact: true }),
    plan: main.getByRole('button', { name: of('plan.open') }).first(),
    startNow: main.getByRole('button', { name: of('start.open') }).first(),
    row: (title: string) => main.getByRole('listitem').filter({ hasText: title }),
    section: (key: string) => main.getByRole('region', { name: of(key) }),
    join: (title: string) => main.getByRole('link', { name: text('classes:live.joinOne', { title }) }),
    attendanceOf: (title: string) => main.getByRole('link', { name: text('classes:past.attendanceOf', { title }) }),
    menuOf: (title: string) => main.getByRole('button', { name: text('classes:menu.label', { title }) }),
    menuItem: (key: string) => page.getByRole('menuitem', { name: of(key) }),
    title: dialog.getByRole('textbox', { name: of('plan.name') }),
    date: dialog.getByLabel(of('plan.date')),
    time: dialog.getByLabel(of('plan.time')),
    duration: dialog.getByRole('textbox', { name: of('plan.duration') }),
    anyoneBegins: dialog.getByRole('radio', { name: of('lobby.open') }),
    submitPlan: dialog.getByRole('button', { name: of('plan.submit') }),
    submitStart: dialog.getByRole('button', { name: of('start.submit') }),
    confirm: (key: string) => dialog.getByRole('button', { name: of(key) }),
    /** Of the attendance page. */
    personRow: (name: string) => main.getByRole('row').filter({ has: page.getByText(name, { exact: true }) }),
    count: (status: string) => main.getByRole('button', { name: new RegExp(`^\\d+\\s*${of(`status.${status}`)}$`) }),
    correct: (name: string) => main.getByRole('button', { name: text('classes:correction.open', { name }) }),
    status: (status: string) => dialog.getByRole('radio', { name: of(`status.${status}`), exact: true }),
    note: dialog.getByRole('textbox', { name: of('correction.note') }),
    save: dialog.getByRole('button', { name: text('common:save') }),
    search: main.getByRole('searchbox', { name: of('attendance.search') }),
    sort: main.getByRole('combobox', { name: of('attendance.sort') }),
    rules: main.getByRole('button', { name: of('policy.open') }),
    saveRules: dialog.getByRole('button', { name: of('policy.submit') }),
    export: main.getByRole('link', { name: of('attendance.export') }),
    timeline: (name: string) => main.getByRole('button', { name: new RegExp(`^${name}\\. `) }),
    countdown: like('classes:upcoming.soon'),
  }
}

export type ClassesPage = ReturnType<typeof classesPage>
