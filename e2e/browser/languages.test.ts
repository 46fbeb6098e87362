import { AUTH_ROUTES } from '@lectern/protocol'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../rig/eventually.ts'
import { restOf } from '../rig/rest.ts'
import { type Language, textsOf } from '../rig/texts.ts'
import { say } from './chat-log.ts'
import { accountPages } from './pages/account-pages.ts'
import { chatPage } from './pages/chat-page.ts'
import { chatPanels } from './pages/chat-panels.ts'
import { coursePages } from './pages/course-pages.ts'
import { openStage, type Stage } from './stage.ts'

const PHONE = { viewport: { width: 360, height: 740 } }

/** What only English says: its whole texts, but for those that another language says as well. */
function englishAlone(): readonly RegExp[] {
  const english = textsOf('en')
  const vietnamese = new Set(textsOf('vi').all.values())
  const keys = [...english.all].filter(([, text]) => !vietnamese.has(text)).map(([key]) => key)
  // What is nearly all placeholder matches anything.
  const telling = keys.filter((key) => (english.all.get(key) ?? '').replaceAll(/\{\{\w+\}\}|\W/g, '').length >= 3)
  return telling.map((key) => english.like(key))
}

/** Everything that is said on the page: text, names, descriptions, hints. */
const everySaying = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const said: string[] = [document.title]
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode() !== null) said.push(texts.currentNode.textContent ?? '')
    for (const element of document.body.querySelectorAll('*')) {
      for (const name of ['aria-label', 'aria-description', 'title', 'placeholder', 'alt']) {
        said.push(element.getAttribute(name) ?? '')
      }
    }
    return [...new Set(said.map((text) => text.trim()).filter((text) => text !== ''))]
  })

const scrollsSideways = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wide = [document.documentElement, ...document.querySelectorAll('main, main *, [role=dialog] *')]
    return wide
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .filter(
        (element) => element === document.documentElement || /auto|scroll/.test(getComputedStyle(element).overflowX),
      )
      .filter((element) => element.getClientRects().length > 0)
      .map((element) => element.outerHTML.slice(0, 120))
  })

describe('in both languages', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage[Symbol.asyncDispose]())

  /** Opens one page after the other, and whatever opens on it. */
  async function* everyPage(page: Page, courseId: string, language: Language): AsyncGenerator<string> {
    const texts = textsOf(language)
    const courses = coursePages(page, texts)
    const chat = chatPage(page, texts)
    const panels = chatPanels(page, texts)
    const open = (path: string) => page.goto(`${stage.server.url}${path}`)

    await open('/')
    await courses.menuOf('Toán').click()
    await courses.menuItem('courses:archive.open').waitFor()
    yield 'the list of courses'
    await page.keyboard.press('Escape')
    await courses.create.click()
    await courses.submitCreate.click()
    yield 'creating a course'
    await page.keyboard.press('Escape')
    await courses.join.click()
    await courses.codeField.fill('AAAABBBBCCCC')
    await courses.submitJoin.click()
    await courses.dialog.getByText(texts.text('courses:join.unknown')).waitFor()
    yield 'joining a course'
    await open(`/courses/${courseId}/members`)
    await courses.member('Bình').waitFor()
    yield 'the members'
    await open('/settings')
    await courses.heading(texts.text('account:settings.display')).waitFor()
    yield 'the settings'
    await courses.follow('/nowhere')
    await courses.heading(texts.text('common:notFound.title')).waitFor()
    yield 'no page'
    await open('/courses/nowhere')
    await page.getByText(texts.text('chat:room.gone.not_found.title')).waitFor()
    yield 'no course'

    await open(`/courses/${courseId}`)
    await chat.message('Xin chào').waitFor()
    yield 'a chat'
    await chat.menuOf('Xin chào')
    await chat.menuItem('delete').waitFor()
    yield 'a message’s menu'
    await page.keyboard.press('Escape')
    for (const kind of ['search', 'pins', 'people'] as const) {
      await chat.header(kind).click()
      await panels[kind].getByRole('heading', { level: 2 }).first().waitFor()
      if (kind === 'search') await panels.filters.click()
      await eventually(() => panels[kind].getByRole('status').count()).toBeLessThan(2)
      yield `a chat’s ${kind}`
      await panels.close.click()
      await panels[kind].waitFor({ state: 'hidden' })
    }
  }

  async function classroom() {
    const { course, students, teacher } = await stage.classroom('Toán')
    const [an] = students
    if (an === undefined) throw new Error('The classroom has a student.')
    await say(stage.server, an, course.id, 'Xin chào')
    await say(stage.server, an, course.id, `Một từ rất dài: ${'x'.repeat(200)}`)
    return { course, teacher }
  }

  it('who chooses Vietnamese reads no English, and finds it so on the next machine', async () => {
    const english = englishAlone()
    const { course, teacher } = await classroom()
    await using hanh = await stage.enter(teacher, { at: '/settings' })
    await hanh.page.getByText('Tiếng Việt').click()
    await coursePages(hanh.page).heading('Cài đặt').waitFor()
    await eventually(() => hanh.page.evaluate(() => document.documentElement.lang)).toBe('vi')
    for await (const place of everyPage(hanh.page, course.id, 'vi')) {
      const sayings = await everySaying(hanh.page)
      const left = sayings.filter((saying) => english.some((text) => text.test(saying)))
      expect(left, place).toEqual([])
    }
    const { data } = await restOf(stage.server.url, teacher.token)(AUTH_ROUTES.me)
    expect(data.locale).toBe('vi')
    await using elsewhere = await stage.enter(teacher)
    await coursePages(elsewhere.page).heading('Khóa học của bạn').waitFor()
    expect([...hanh.errors, ...elsewhere.errors]).toEqual([])
  })

  it('who is not signed in chooses for this browser', async () => {
    const english = englishAlone()
    await using somebody = await stage.browser.person(PHONE)
    const { page } = somebody
    await page.goto(stage.server.url)
    await page.getByRole('button', { name: 'Tiếng Việt' }).click()
    const pages = accountPages(page, textsOf('vi'))
    await pages.signIn.click()
    await page.getByText(textsOf('vi').text('account:fields.passwordMissing')).waitFor()
    for (const path of ['', '/register', '/join/AAAA-BBBB-CCCC']) {
      if (path !== '') await page.goto(`${stage.server.url}${path}`)
      await pages.signIn.or(pages.create).waitFor()
      const sayings = await everySaying(page)
      expect(
        sayings.filter((saying) => english.some((text) => text.test(saying))),
        path,
      ).toEqual([])
      expect(await scrollsSideways(page), path).toEqual([])
    }
    expect(somebody.errors).toEqual([])
  })

  it.each(['en', 'vi'] as const)('nothing scrolls sideways on a phone (%s)', async (language) => {
    const { course, teacher } = await classroom()
    await restOf(stage.server.url, teacher.token)(AUTH_ROUTES.updateMe, { body: { locale: language } })
    await using hanh = await stage.enter(teacher, PHONE)
    for await (const place of everyPage(hanh.page, course.id, language)) {
      expect(await scrollsSideways(hanh.page), place).toEqual([])
    }
    expect(hanh.errors).toEqual([])
  })
})
