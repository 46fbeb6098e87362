import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../rig/eventually.ts'
import { seriousFindings } from './axe.ts'
import { say, sayAll } from './chat-log.ts'
import { accountPages } from './pages/account-pages.ts'
import { chatPage } from './pages/chat-page.ts'
import { chatPanels } from './pages/chat-panels.ts'
import { coursePages } from './pages/course-pages.ts'
import { openStage, type Stage } from './stage.ts'

const SCHEMES = ['light', 'dark'] as const

describe('for everybody', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage[Symbol.asyncDispose]())

  /** Colours that fade in have the wrong contrast meanwhile. */
  const calm = (colorScheme: (typeof SCHEMES)[number]) => ({ colorScheme, reducedMotion: 'reduce' as const })

  it.each(SCHEMES)('the pages before signing in have no serious finding (%s)', async (scheme) => {
    await using somebody = await stage.browser.person(calm(scheme))
    const { page, errors } = somebody
    await page.goto(stage.server.url)
    await accountPages(page).signIn.waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await accountPages(page).signIn.click()
    await page.getByText('Enter your password.').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.goto(`${stage.server.url}/register`)
    await accountPages(page).create.waitFor()
    expect(await seriousFindings(page)).toEqual([])
    expect(errors).toEqual([])
  })

  it.each(SCHEMES)('the lists, the members and the settings have no serious finding (%s)', async (scheme) => {
    const { course, teacher } = await stage.classroom('Seen by all')
    const newcomer = await stage.account('Newcomer', 'teacher')
    await using empty = await stage.enter(newcomer, calm(scheme))
    await coursePages(empty.page).heading('No courses yet').waitFor()
    expect(await seriousFindings(empty.page)).toEqual([])
    await using hanh = await stage.enter(teacher, calm(scheme))
    const { page } = hanh
    const desk = coursePages(page)
    await desk.row('Seen by all').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await desk.menuOf('Seen by all').click()
    await desk.menuItem('courses:leave.open').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await desk.menuItem('courses:leave.open').click()
    await desk.cancel.waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.goto(`${stage.server.url}/courses/${course.id}/members`)
    await desk.member('Bình').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await desk.dialog.getByRole('textbox', { name: 'E-mail address' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.goto(`${stage.server.url}/settings`)
    await desk.heading('Display').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    expect([...empty.errors, ...hanh.errors]).toEqual([])
  })

  it.each(SCHEMES)(
    'a chat has no serious finding, empty or full, whatever is open (%s)',
    async (scheme) => {
      const { course, teacher, students } = await stage.classroom('Much said')
      const [an] = students
      if (an === undefined) throw new Error('The classroom has a student.')
      await using hanh = await stage.enter(teacher, { at: `/courses/${course.id}`, ...calm(scheme) })
      const { page } = hanh
      const chat = chatPage(page)
      await page.getByText('No messages yet').waitFor()
      expect(await seriousFindings(page)).toEqual([])

      const first = await say(stage.server, an, course.id, 'Em chào cô ạ! See https://example.org/long/way')
      await say(stage.server, teacher, course.id, { message: '@An chào em', mentions: [an.id], reply_to_id: first.id })
      await sayAll(stage.server, an, course.id, ['🎉', 'x'.repeat(300), 'One more'])
      await chat.message('One more').waitFor()
      await chat.react('One more', '👍')
      await chat.reaction('One more', '👍').waitFor()
      await chat.act('Em chào cô ạ!', 'pin')
      await chat.announce.click()
      await chat.announcing.fill('No class on Monday.')
      await chat.announcing.press('Enter')
      await chat.message('No class on Monday.').waitFor()
      expect(await seriousFindings(page)).toEqual([])

      await chat.menuOf('No class on Monday.')
      await chat.menuItem('edit').waitFor()
      expect(await seriousFindings(page)).toEqual([])
      await chat.menuItem('edit').click()
      await chat.editor.waitFor()
      expect(await seriousFindings(page)).toEqual([])
      await chat.editor.press('Escape')

      const panels = chatPanels(page)
      await chat.header('search').click()
      await panels.words.fill('chao')
      await panels.marks.first().waitFor()
      expect(await seriousFindings(page)).toEqual([])
      await panels.filters.click()
      await panels.personFilter.waitFor()
      expect(await seriousFindings(page)).toEqual([])
      await chat.header('pins').click()
      await panels.pins.getByText('Em chào cô ạ!').waitFor()
      expect(await seriousFindings(page)).toEqual([])
      await chat.header('people').click()
      await panels.people.getByText('Bình').waitFor()
      expect(await seriousFindings(page)).toEqual([])
      await panels.close.click()

      await chat.emoji.click()
      await page.getByRole('gridcell').first().waitFor()
      expect(await seriousFindings(page)).toEqual([])
      await page.keyboard.press('Escape')
      await chat.composer.pressSequentially('@')
      await chat.mentions.getByRole('option', { name: 'An' }).waitFor()
      expect(await seriousFindings(page)).toEqual([])
      expect(hanh.errors).toEqual([])
    },
    120_000,
  )

  it('each new message of others is announced once; what was there, and one’s own, never', async () => {
    const { course, teacher, students } = await stage.classroom('Read aloud')
    const [an, binh] = students
    if (an === undefined || binh === undefined) throw new Error('The classroom has two students.')
    await sayAll(stage.server, binh, course.id, ['before 1', 'before 2'])
    await using person = await stage.enter(an, { at: `/courses/${course.id}` })
    const { page } = person
    const chat = chatPage(page)
    await chat.message('before 2').waitFor()
    const announced = await collectAnnouncements(page)
    await chat.say('of my own')
    await chat.message('of my own').waitFor()
    await say(stage.server, binh, course.id, 'new 1')
    await eventually(announced).toEqual(['Bình: new 1'])
    await sayAll(stage.server, teacher, course.id, ['new 2', 'new 3'])
    await eventually(announced).toEqual(['Bình: new 1', 'Ms Hạnh: new 2', 'Ms Hạnh: new 3'])
    await say(stage.server, binh, course.id, 'new 1')
    await eventually(announced).toEqual(['Bình: new 1', 'Ms Hạnh: new 2', 'Ms Hạnh: new 3', 'Bình: new 1'])
    expect(person.errors).toEqual([])
  })

  it('all of it can be done with a keyboard', async () => {
    const { course, students } = await stage.classroom('By keyboard')
    const [an, binh] = students
    if (an === undefined || binh === undefined) throw new Error('The classroom has two students.')
    await using somebody = await stage.browser.person()
    const { page } = somebody
    const { keyboard } = page
    await page.goto(stage.server.url)
    await accountPages(page).signIn.waitFor()
    await keyboard.type(an.email)
    await keyboard.press('Tab')
    await keyboard.type(an.password)
    await keyboard.press('Enter')
    const courses = coursePages(page)
    await courses.row('By keyboard').waitFor()
    await tabTo(page, 'By keyboard')
    await keyboard.press('Enter')

    const chat = chatPage(page)
    await eventually(() => chat.composer.evaluate((field) => field === document.activeElement)).toBe(true)
    await keyboard.type('Em chào cô')
    await keyboard.press('Enter')
    // Until it is stored it stands below whatever is said meanwhile.
    await chat.stored('Em chào cô').waitFor()
    await say(stage.server, binh, course.id, 'Chào An!')
    await chat.message('Chào An!').waitFor()
    await tabTo(page, 'Messages', 'Shift+Tab')
    await keyboard.press('ArrowUp')
    await keyboard.press('Enter')
    await eventually(() => focusedName(page)).toContain('React with')
    await keyboard.press('Enter')
    await chat.reaction('Chào An!', '👍').waitFor()
    await keyboard.press('Escape')

    await tabTo(page, 'Messages', 'Shift+Tab')
    await keyboard.press('ArrowUp')
    await keyboard.press('r')
    await keyboard.type('Bạn khỏe không?')
    await keyboard.press('Enter')
    await chat.message('Bạn khỏe không?').getByRole('button', { name: 'In reply to' }).waitFor()

    await keyboard.press('Control+k')
    await chatPanels(page).words.waitFor()
    await keyboard.type('khoe')
    await chatPanels(page).marks.first().waitFor()
    await tabTo(page, 'Go to the message of')
    await keyboard.press('Enter')
    await keyboard.press('Escape')
    await chatPanels(page).search.waitFor({ state: 'hidden' })
    await tabTo(page, 'Account of', 'Shift+Tab')
    await keyboard.press('Enter')
    await courses.menuItem('common:signOut').waitFor()
    await tabTo(page, 'Sign out', 'ArrowDown')
    await keyboard.press('Enter')
    await accountPages(page).signIn.waitFor()
    expect(somebody.errors).toEqual([])
  })
})

/** @returns what has been announced since, in order */
async function collectAnnouncements(page: Page): Promise<() => Promise<string[]>> {
  const region = await chatPage(page).announcer.elementHandle()
  if (region === null) throw new Error('Nothing announces.')
  const added = await region.evaluateHandle((element) => {
    const texts: string[] = []
    new MutationObserver((records) => {
      for (const { addedNodes } of records) for (const node of addedNodes) texts.push(node.textContent ?? '')
    }).observe(element, { childList: true, subtree: true, characterData: true })
    return texts
  })
  return () => added.jsonValue()
}

const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document
    return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? ''
  })

/** Goes on with the key until what has the focus is called this. @throws Error when it is nowhere */
async function tabTo(page: Page, name: string, key: 'Tab' | 'Shift+Tab' | 'ArrowDown' = 'Tab'): Promise<void> {
  const passed: string[] = []
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press(key)
    const reached = await focusedName(page)
    if (reached.startsWith(name)) return
    passed.push(reached.slice(0, 40))
  }
  throw new Error(`${key} does not lead to “${name}”, but to: ${passed.join(', ')}`)
}
