import { readFile } from 'node:fs/promises'
import { createClient, type LecternClient } from '@lectern/client'
import { COURSE_SESSION_ROUTES, SESSION_ROUTES } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../rig/eventually.ts'
import { startFaultProxy } from '../rig/fault-proxy/fault-proxy.ts'
import { restOf } from '../rig/rest.ts'
import type { Account, OwnCourse } from '../rig/school.ts'
import { until } from '../rig/until.ts'
import { seriousFindings } from './axe.ts'
import { chatPage } from './pages/chat-page.ts'
import { classesPage } from './pages/classes-page.ts'
import { openStage, type Stage } from './stage.ts'

describe("a course's classes", () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage[Symbol.asyncDispose]())

  async function three(title: string) {
    const classroom = await stage.classroom(title)
    const [an, binh] = classroom.students
    if (an === undefined || binh === undefined) throw new Error('The classroom has two students.')
    return { ...classroom, an, binh, at: `/courses/${classroom.course.id}/classes` }
  }

  const planned = async (by: Account, course: OwnCourse, title: string) => {
    const input = { params: { courseId: course.id }, body: { title } }
    return (await restOf(stage.server.url, by.token)(COURSE_SESSION_ROUTES.createSession, input)).data
  }

  /** In the class, without a camera. */
  async function attending({ token }: Account, sessionId: string): Promise<LecternClient> {
    const client = createClient({ url: stage.server.url, token })
    client.connect()
    await until(client.connection, ({ status }) => status === 'online')
    await client.emit('webrtc:join_session', { sessionId })
    return client
  }

  const end = (by: Account, sessionId: string) =>
    restOf(stage.server.url, by.token)(SESSION_ROUTES.endSession, { params: { sessionId } })

  it('are planned in a dialog that says what is wrong, and a student sees them at once', async () => {
    const { teacher, an, course, at } = await three('Planned')
    await using student = await stage.enter(an, { at })
    const seat = classesPage(student.page)
    await student.page.getByText('No classes yet').waitFor()
    expect(await seat.plan.count()).toBe(0)

    await using hanh = await stage.enter(teacher, { at: `/courses/${course.id}` })
    const desk = classesPage(hanh.page)
    await desk.entrance.click()
    await desk.plan.click()
    await desk.duration.fill('0')
    await desk.submitPlan.click()
    await desk.dialog.getByText('Enter a title.').waitFor()
    await desk.dialog.getByText('Enter whole minutes').waitFor()
    await eventually(() => desk.title.evaluate((field) => field === document.activeElement)).toBe(true)
    await desk.title.fill('Bài 1: Hàm số')
    await desk.duration.fill('45')
    await desk.date.fill('2001-01-01')
    await desk.submitPlan.click()
    await desk.dialog.getByText('This day has passed.').waitFor()
    await desk.date.fill('2101-01-01')
    await desk.time.fill('09:30')
    await desk.submitPlan.click()
    await desk.dialog.waitFor({ state: 'hidden' })

    for (const page of [desk, seat]) {
      const row = page.section('upcoming.title').getByRole('listitem').filter({ hasText: 'Bài 1: Hàm số' })
      await row.getByText('45 min').waitFor()
      await page.section('upcoming.title').getByRole('heading', { name: /2101/ }).waitFor()
    }
    expect(await seat.menuOf('Bài 1: Hàm số').count()).toBe(0)

    await desk.menuOf('Bài 1: Hàm số').click()
    await desk.menuItem('menu.edit').click()
    await desk.title.fill('Bài 2: Giới hạn')
    await desk.save.click()
    await desk.row('Bài 2: Giới hạn').waitFor()
    await desk.menuOf('Bài 2: Giới hạn').click()
    await desk.menuItem('menu.delete').click()
    await desk.confirm('delete.confirm').click()
    await hanh.page.getByText('No classes yet').waitFor()
    expect([...hanh.errors, ...student.errors]).toEqual([])
  })

  it('that go live are marked where a student is, end for everybody, and can be reopened', async () => {
    const { teacher, an, course, at } = await three('Live')
    const { id } = await planned(teacher, course, 'Bài 1')
    await using inChat = await stage.enter(an, { at: `/courses/${course.id}` })
    await classesPage(inChat.page).entrance.waitFor()
    await chatPage(inChat.page).header('people').waitFor()
    await using atList = await stage.enter(an, { at })
    const seat = classesPage(atList.page)
    await seat.row('Bài 1').waitFor()
    await using hanh = await stage.enter(teacher, { at })
    const desk = classesPage(hanh.page)
    await desk.row('Bài 1').waitFor()

    using taught = await attending(teacher, id)
    await classesPage(inChat.page).entranceLive.waitFor()
    await seat.section('live.title').getByText('Bài 1').waitFor()
    expect(await seat.join('Bài 1').getAttribute('href')).toBe(`${at}/${id}`)
    expect(taught.connection.getSnapshot().status).toBe('online')

    await desk.menuOf('Bài 1').click()
    await desk.menuItem('menu.end').click()
    await desk.confirm('end.confirm').click()
    await seat.section('past.title').getByText('Bài 1').waitFor()
    await classesPage(inChat.page).entrance.waitFor()

    await desk.menuOf('Bài 1').click()
    await desk.menuItem('menu.reopen').click()
    await seat.section('upcoming.title').getByText('Reopened').waitFor()
    expect([...inChat.errors, ...atList.errors, ...hanh.errors]).toEqual([])
  })

  it('that were planned before the connection was there, or while it was away, are shown when it is', async () => {
    const { teacher, an, course, at } = await three('Away')
    await using proxy = await startFaultProxy(stage.server.url)
    await using student = await stage.enter(an, { url: proxy.url })
    const isLetIn = Promise.withResolvers<void>()
    await student.page.routeWebSocket(/socket\.io/, async (socket) => {
      await isLetIn.promise
      socket.connectToServer()
    })
    await student.page.goto(`${proxy.url}${at}`)
    await student.page.getByText('No classes yet').waitFor()
    await planned(teacher, course, 'Bài 1')
    isLetIn.resolve()
    const seat = classesPage(student.page)
    await seat.row('Bài 1').waitFor()

    proxy.refuse()
    proxy.cutAll('reset')
    await student.page.getByText(/No connection to the server\./).waitFor()
    await planned(teacher, course, 'Bài 2')
    await proxy.accept()
    await seat.row('Bài 2').waitFor()
    expect(student.errors).toEqual([])
  })

  it('tell who was there, take corrections and rules, and come as CSV', async () => {
    const { teacher, an, binh, course, at } = await three('Attended')
    const { id } = await planned(teacher, course, 'Bài 1')
    const taught = await attending(teacher, id)
    const attended = await attending(an, id)
    await end(teacher, id)
    taught.close()
    attended.close()

    await using hanh = await stage.enter(teacher, { at })
    const desk = classesPage(hanh.page)
    await desk.attendanceOf('Bài 1').click()
    await desk.personRow('An').waitFor()
    // Of a class of a second nobody can say how much of it somebody was there.
    await desk.rules.click()
    await desk.dialog.getByRole('textbox', { name: 'Present from' }).fill('0')
    await desk.saveRules.click()
    await desk.personRow('An').getByText('Present', { exact: true }).waitFor()
    await desk.personRow('Bình').getByText('Absent', { exact: true }).waitFor()
    expect(await desk.count('present').innerText()).toMatch(/^1\s/)

    await desk.timeline('Bình').press('Enter')
    await desk.dialog.getByText('Never in the class').waitFor()
    await desk.status('present').check()
    await desk.note.fill('Power cut')
    await desk.save.click()
    await desk.personRow('Bình').getByText('Measured: Absent').waitFor()
    await desk.personRow('Bình').getByText('Power cut').waitFor()
    expect(await desk.count('present').innerText()).toMatch(/^2\s/)

    await desk.search.fill('binh')
    await desk.personRow('An').waitFor({ state: 'hidden' })
    const [download] = await Promise.all([hanh.page.waitForEvent('download'), desk.export.click()])
    expect(download.suggestedFilename()).toMatch(/\.csv$/)
    const csv = await readFile(await download.path(), 'utf8')
    expect(csv.startsWith('\uFEFF')).toBe(true)
    expect(csv).toContain('Power cut')

    await using student = await stage.enter(binh, { at: `${at}/${id}/attendance` })
    await student.page.getByText('Corrected by your teacher.').waitFor()
    await student.page.getByText('Power cut').waitFor()
    expect(await student.page.getByText('An', { exact: true }).count()).toBe(0)
    expect([...hanh.errors, ...student.errors]).toEqual([])
  })

  it.each(['light', 'dark'] as const)('have no serious finding (%s)', async (colorScheme) => {
    const { teacher, an, course, at } = await three(`Seen in ${colorScheme}`)
    const calm = { colorScheme, reducedMotion: 'reduce' as const }
    const past = await planned(teacher, course, 'Past')
    using taught = await attending(teacher, past.id)
    await end(teacher, past.id)
    await planned(teacher, course, 'Upcoming')
    const live = await planned(teacher, course, 'Live')
    await taught.emit('webrtc:join_session', { sessionId: live.id })

    await using hanh = await stage.enter(teacher, { at, ...calm })
    const { page } = hanh
    const desk = classesPage(page)
    await desk.section('past.title').waitFor()
    await desk.join('Live').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await desk.plan.click()
    await desk.submitPlan.click()
    await desk.dialog.getByText('Enter a title.').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.goto(`${stage.server.url}${at}/${past.id}/attendance`)
    await desk.personRow('An').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await desk.rules.click()
    await desk.saveRules.waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await desk.correct('An').click()
    await desk.note.waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await using phone = await stage.enter(an, { at, viewport: { width: 360, height: 740 }, ...calm })
    await classesPage(phone.page).join('Live').waitFor()
    expect(await seriousFindings(phone.page)).toEqual([])
    await phone.page.goto(`${stage.server.url}${at}/${past.id}/attendance`)
    await phone.page.getByText('How attendance is judged').waitFor()
    expect(await seriousFindings(phone.page)).toEqual([])
    expect([...hanh.errors, ...phone.errors]).toEqual([])
  })
})
