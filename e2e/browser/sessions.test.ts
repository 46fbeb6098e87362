import { API_BASE } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../rig/browser.ts'
import { eventually } from '../rig/eventually.ts'
import { startFaultProxy } from '../rig/fault-proxy/fault-proxy.ts'
import type { Account } from '../rig/school.ts'
import { signToken } from '../rig/tokens.ts'
import { logOf } from './chat-log.ts'
import { accountPages } from './pages/account-pages.ts'
import { chatPage } from './pages/chat-page.ts'
import { coursePages } from './pages/course-pages.ts'
import { openStage, type Stage } from './stage.ts'

describe('a session', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage[Symbol.asyncDispose]())

  async function authPost({ context }: Person, path: string, options: { data?: object; token?: string }) {
    const { url } = stage.server
    const authorization = options.token === undefined ? {} : { Authorization: `Bearer ${options.token}` }
    const { data } = options
    const answer = await context.request.post(`${url}${API_BASE}/auth/${path}`, {
      headers: { Origin: url, ...authorization },
      ...(data === undefined ? {} : { data }),
    })
    expect(answer.ok()).toBe(true)
  }
  const signInBehind = (person: Person, { email, password }: Account) =>
    authPost(person, 'login', { data: { email, password } })

  async function writtenBy(reader: Account, courseId: string) {
    const log = await logOf(stage.server, reader, courseId)
    return log.map(({ user_name, message }) => [user_name, message])
  }

  it('that an LMS began ends with a way back to the LMS, and goes on when that has let the person in again', async () => {
    const token = signToken({ sub: 'lan', name: 'Lan', courses: { 'lms-course': 'student' } })
    await using person = await stage.browser.person()
    const { page, context, errors } = person
    await authPost(person, 'session', { token })
    await page.goto(`${stage.server.url}/courses/lms-course`)
    await chatPage(page).composer.waitFor()
    await context.clearCookies()
    await page.reload()
    await page.getByText('Open the course from your school’s learning system again').waitFor()
    expect(await accountPages(page).password.count()).toBe(0)

    await authPost(person, 'session', { token })
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await chatPage(page).composer.waitFor()

    await context.clearCookies()
    await page.reload()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await accountPages(page).password.waitFor()
    expect(errors).toEqual([])
  })

  it('of another person in the same browser sends nothing that the first has written', async () => {
    const { course, teacher, students } = await stage.classroom('One browser')
    const [an, binh] = students
    if (an === undefined || binh === undefined) throw new Error('The classroom has two students.')
    await using proxy = await startFaultProxy(stage.server.url)
    await using person = await stage.enter(an, { at: `/courses/${course.id}`, url: proxy.url })
    const chat = chatPage(person.page)
    await eventually(() => chat.online.textContent()).toBe('1 online')
    proxy.refuse()
    proxy.cutAll('reset')
    await person.page.getByText('No connection to the server.').waitFor()
    await chat.say('An’s own words')
    await eventually(() => chat.waiting.count()).toBe(1)

    await signInBehind(person, binh)
    await proxy.accept()
    await coursePages(person.page).account.filter({ hasText: 'Bình' }).waitFor()
    await chat.say('Bình’s words')
    await chat.stored('Bình’s words').waitFor()
    expect(await writtenBy(teacher, course.id)).toEqual([['Bình', 'Bình’s words']])

    await signInBehind(person, an)
    await person.page.reload()
    await eventually(() => writtenBy(teacher, course.id)).toEqual([
      ['Bình', 'Bình’s words'],
      ['An', 'An’s own words'],
    ])
    expect(person.errors).toEqual([])
  })

  it('whose cookie has ended as the page is left makes a deletion that waited when it goes on', async () => {
    const { course, teacher, students } = await stage.classroom('Left early', ['An'])
    const [an] = students
    if (an === undefined) throw new Error('The classroom has a student.')
    await using person = await stage.enter(an, { at: `/courses/${course.id}` })
    const chat = chatPage(person.page)
    await chat.say('Wrong room')
    await chat.stored('Wrong room').waitFor()
    await chat.act('Wrong room', 'delete')
    await chat.undo.waitFor()
    await person.context.clearCookies({ name: 'lectern_access' })
    await person.page.reload()
    await chat.message('This message was deleted').waitFor()
    expect(await writtenBy(teacher, course.id)).toEqual([['An', '']])
    expect(person.errors).toEqual([])
  })
})
