import { COURSE_ROUTES, MEMBER_ROUTES } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { restOf } from '../rig/rest.ts'
import { startServerProcess } from '../rig/server-process.ts'
import { accountPages } from './pages/account-pages.ts'
import { chatPage } from './pages/chat-page.ts'
import { coursePages } from './pages/course-pages.ts'
import { openStage, type Stage } from './stage.ts'

describe('an address', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage[Symbol.asyncDispose]())

  it('of an invitation asks who is signed in before it enrols them', async () => {
    const { course, teacher } = await stage.classroom('Invited to', [])
    const stranger = await stage.account('Stranger')
    const members = async () => {
      const { data } = await restOf(stage.server.url, teacher.token)(MEMBER_ROUTES.listMembers, {
        params: { courseId: course.id },
      })
      return data.map(({ name }) => name)
    }
    await using person = await stage.enter(stranger, { at: `/join/${course.join_code.toLowerCase()}` })
    const pages = coursePages(person.page)
    await pages.heading('Join the course?').waitFor()
    await person.page.getByText(course.join_code).waitFor()
    expect(await members()).toEqual([teacher.name])
    await pages.joinInvited.click()
    await chatPage(person.page).composer.waitFor()
    expect(await members()).toEqual([teacher.name, stranger.name])
    expect(person.errors).toEqual([])
  })

  it('of an invitation asks whoever signs in on the way, too', async () => {
    const { course } = await stage.classroom('On the way', [])
    const stranger = await stage.account('Wanderer')
    await using person = await stage.browser.person()
    await person.page.goto(`${stage.server.url}/join/${course.join_code}`)
    await person.page.getByRole('link', { name: 'Sign in' }).click()
    await accountPages(person.page).signInAs(stranger)
    await coursePages(person.page).heading('Join the course?').waitFor()
    expect(person.errors).toEqual([])
  })

  it.each(['/courses/a%2Fb', '/courses/a%2Fb/members', '/nowhere'])(
    'that cannot be any, %s, is no page',
    async (at) => {
      await using person = await stage.enter(stage.admin)
      await coursePages(person.page).heading('Your courses').waitFor()
      await coursePages(person.page).follow(at)
      await coursePages(person.page).heading('Page not found').waitFor()
      expect(person.errors).toEqual([])
    },
  )

  it('of a course’s members leads on where the course is archived meanwhile', async () => {
    const { course, teacher } = await stage.classroom('Archived', ['An'])
    await using hanh = await stage.enter(teacher, { at: `/courses/${course.id}/members` })
    const desk = coursePages(hanh.page)
    await hanh.page.getByRole('button', { name: 'Change An' }).click()
    await desk.menuItem('courses:remove.open').click()
    await restOf(stage.server.url, stage.admin.token)(COURSE_ROUTES.archiveCourse, { params: { courseId: course.id } })
    await desk.dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    await desk.heading('This course is not available').waitFor()
    await hanh.page.getByRole('link', { name: 'Go to your courses' }).click()
    await hanh.page.waitForURL(`${stage.server.url}/`)
    expect(hanh.errors).toEqual([])
  })

  it.each([
    ['open', 'With the join code of a course you are in it at once', true],
    ['closed', 'Accounts are created by your school here.', false],
  ] as const)('of registering says what AUTH_REGISTRATION=%s lets one do', async (registration, lead, hasForm) => {
    const environment = { AUTH_REGISTRATION: registration }
    await using server = await startServerProcess({ environment })
    await using person = await stage.browser.person()
    const { page, errors } = person
    const pages = accountPages(page)
    await page.goto(`${server.url}/register`)
    await page.getByText(lead).waitFor()
    expect(await pages.create.count()).toBe(hasForm ? 1 : 0)
    await page.getByRole('link', { name: 'Sign in' }).click()
    await pages.signIn.waitFor()
    expect(await page.getByRole('link', { name: 'Create an account' }).count()).toBe(hasForm ? 1 : 0)
    if (!hasForm) return
    await page.getByRole('link', { name: 'Create an account' }).click()
    await pages.register({ name: 'An', email: 'an@example.org', password: 'long enough for this' })
    await coursePages(page).heading('No courses yet').waitFor()
    expect(errors).toEqual([])
  })

  it('opened in a browser that is too old says so, rather than nothing', async () => {
    await using person = await stage.browser.person()
    const notice = person.page.getByText('This browser is too old for Lectern.')
    await person.page.goto(stage.server.url)
    await accountPages(person.page).signIn.waitFor()
    expect(await notice.isVisible()).toBe(false)
    await person.page.addInitScript(() => Reflect.deleteProperty(Promise, 'withResolvers'))
    await person.page.reload()
    await notice.waitFor()
  })
})
