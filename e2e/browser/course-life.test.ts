import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../rig/eventually.ts'
import { logOf, say, sayAll } from './chat-log.ts'
import { chatPage } from './pages/chat-page.ts'
import { chatPanels } from './pages/chat-panels.ts'
import { coursePages } from './pages/course-pages.ts'
import { openStage, type Stage } from './stage.ts'

const numbered = (count: number, what: string) => Array.from({ length: count }, (_, n) => `${what} ${n + 1}`)

describe('a course and its people', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage[Symbol.asyncDispose]())

  async function classroomOfOne(title: string) {
    const { students, ...classroom } = await stage.classroom(title, ['An'])
    const [an] = students
    if (an === undefined) throw new Error('The classroom has a student.')
    return { ...classroom, an, at: `/courses/${classroom.course.id}` }
  }

  it('what is pinned is found again, and only staff pin', async () => {
    const { an, teacher, course, at } = await classroomOfOne('Pins')
    await say(stage.server, teacher, course.id, 'The exam is on Friday.')
    await using hanh = await stage.enter(teacher, { at })
    await using student = await stage.enter(an, { at })
    const [board, seat] = [chatPage(hanh.page), chatPage(student.page)]
    await seat.menuOf('The exam is on Friday.')
    expect(await seat.menuItem('pin').count()).toBe(0)
    await seat.page.keyboard.press('Escape')
    await board.act('The exam is on Friday.', 'pin')
    await seat.header('pins').click()
    await chatPanels(seat.page).pins.getByText('The exam is on Friday.').waitFor()
    await board.act('The exam is on Friday.', 'unpin')
    await seat.page.getByText('No pinned messages yet').waitFor()
    expect([...hanh.errors, ...student.errors]).toEqual([])
  })

  it('who is mentioned is told, in the list of courses and in the message', async () => {
    const room = await classroomOfOne('Mentions')
    const other = await stage.another({ ...room, students: [room.an] }, 'Elsewhere')
    await using student = await stage.enter(room.an, { at: `/courses/${other.id}` })
    await using hanh = await stage.enter(room.teacher, { at: room.at })
    const board = chatPage(hanh.page)
    await board.composer.pressSequentially('@an')
    await board.mentions.getByRole('option', { name: 'An' }).waitFor()
    await eventually(() => board.mentions.getByRole('option', { name: 'An' }).getAttribute('aria-selected')).toBe(
      'true',
    )
    await board.composer.press('Enter')
    await eventually(() => board.composer.inputValue()).toBe('@An ')
    await board.composer.pressSequentially('em đâu rồi?')
    await board.composer.press('Enter')
    const courses = coursePages(student.page)
    await courses.nav.getByText('mentioned in 1 unread message').waitFor({ state: 'attached' })
    await courses.link('Mentions').click()
    const seat = chatPage(student.page)
    await seat.message('@An em đâu rồi?').waitFor()
    await courses.nav.getByText('mentioned in 1 unread message').waitFor({ state: 'detached' })
    const [message] = await logOf(stage.server, room.an, room.course.id)
    expect(message?.mentions).toEqual([{ user_id: room.an.id, user_name: 'An' }])
    expect([...hanh.errors, ...student.errors]).toEqual([])
  })

  it('an announcement stands out, and only staff announce', async () => {
    const { an, teacher, course, at } = await classroomOfOne('Announcements')
    await using hanh = await stage.enter(teacher, { at })
    await using student = await stage.enter(an, { at })
    const [board, seat] = [chatPage(hanh.page), chatPage(student.page)]
    await seat.composer.waitFor()
    expect(await seat.announce.count()).toBe(0)
    await board.announce.click()
    await board.announcing.fill('No class on Monday.')
    await board.announcing.press('Enter')
    await seat.message('No class on Monday.').getByText('Announcement', { exact: true }).waitFor()
    await board.composer.waitFor()
    expect((await logOf(stage.server, an, course.id)).map(({ message_type }) => message_type)).toEqual(['announcement'])
    expect([...hanh.errors, ...student.errors]).toEqual([])
  })

  it('unread messages are counted, opened at the first of them, and read by being seen', async () => {
    const room = await classroomOfOne('Unread')
    const { an, teacher, course } = room
    const other = await stage.another({ ...room, students: [an] }, 'Beside it')
    await sayAll(stage.server, teacher, course.id, numbered(80, 'Old'))
    await using student = await stage.enter(an, { at: `/courses/${course.id}` })
    const seat = chatPage(student.page)
    const courses = coursePages(student.page)
    await seat.message(/^Old 1$/).waitFor()
    await seat.toNewest.click()
    await seat.message('Old 80').waitFor()
    await courses.nav.getByText('unread message').first().waitFor({ state: 'detached' })
    await courses.link('Beside it').click()
    await student.page.waitForURL(`**/courses/${other.id}`)

    await sayAll(stage.server, teacher, course.id, numbered(60, 'New'))
    await courses.nav.getByText('60 unread messages').waitFor({ state: 'attached' })
    await courses.link('Unread').click()
    await seat.newDivider.waitFor()
    await seat.message(/^New 1$/).waitFor()
    await eventually(() => seat.message(/^New 60$/).count()).toBe(0)
    await seat.toNewest.click()
    await seat.message(/^New 60$/).waitFor()
    await seat.toNewest.waitFor({ state: 'hidden' })
    await courses.nav.getByText('unread message').first().waitFor({ state: 'detached' })
    expect(student.errors).toEqual([])
  })

  it('follows the newest at the end, and nowhere else', async () => {
    const { an, teacher, course, at } = await classroomOfOne('Following')
    await sayAll(stage.server, teacher, course.id, numbered(80, 'Old'))
    await using student = await stage.enter(an, { at: `${at}?at=80` })
    const seat = chatPage(student.page)
    await seat.message('Old 80').waitFor()
    await seat.toNewest.waitFor({ state: 'hidden' })
    await say(stage.server, teacher, course.id, 'Followed')
    await seat.message('Followed').waitFor()
    await eventually(() => distanceToEnd(seat)).toBeLessThan(2)

    await roll(seat, -1500)
    await seat.toNewest.waitFor()
    const before = await topOf(seat)
    await say(stage.server, teacher, course.id, 'Not followed')
    await student.page.getByRole('button', { name: 'Go to the newest message, 1 unread' }).waitFor()
    expect(await topOf(seat)).toEqual(before)
    await seat.toNewest.click()
    await seat.message('Not followed').waitFor()
    expect(student.errors).toEqual([])
  })

  it.each(['no-preference', 'reduce'] as const)(
    'opens at the end of what is read (motion: %s)',
    async (reducedMotion) => {
      const { an, teacher, course, at } = await classroomOfOne(`The end, ${reducedMotion}`)
      await sayAll(stage.server, an, course.id, numbered(60, 'One’s own, long enough to take another line on a phone'))
      await say(stage.server, teacher, course.id, 'Last')
      const screen = { viewport: { width: 360, height: 740 }, reducedMotion }
      await using student = await stage.enter(an, { at, ...screen })
      const seat = chatPage(student.page)
      await seat.message('Last').waitFor()
      await eventually(() => distanceToEnd(seat)).toBeLessThan(2)
      await student.page.reload()
      await seat.message('Last').waitFor()
      await eventually(() => distanceToEnd(seat)).toBeLessThan(2)
      await seat.toNewest.waitFor({ state: 'hidden' })
      expect(student.errors).toEqual([])
    },
  )

  it('a search finds without diacritics, marks what it found, and leads to it', async () => {
    const { an, teacher, course, at } = await classroomOfOne('Search')
    await say(stage.server, teacher, course.id, 'Lịch đào tạo tuần này đã có.')
    await sayAll(stage.server, teacher, course.id, numbered(90, 'Việc khác'))
    await using student = await stage.enter(an, { at: `${at}?at=91` })
    const seat = chatPage(student.page)
    const panels = chatPanels(student.page)
    await seat.message('Việc khác 90').waitFor()
    await student.page.keyboard.press('Control+k')
    await panels.words.fill('dao tao')
    await eventually(() => panels.marks.allTextContents()).toEqual(['đào', 'tạo'])
    await panels.goTo.click()
    await seat.message('Lịch đào tạo tuần này đã có.').waitFor()
    await panels.words.fill('zzz')
    await student.page.getByText('Nothing found for “zzz”').waitFor()
    expect(student.errors).toEqual([])
  })

  it('who is removed is out at once', async () => {
    const { an, teacher, course, at } = await classroomOfOne('Removal')
    await using student = await stage.enter(an, { at })
    await chatPage(student.page).composer.waitFor()
    await using hanh = await stage.enter(teacher, { at: `/courses/${course.id}/members` })
    const desk = coursePages(hanh.page)
    await hanh.page.getByRole('button', { name: 'Change An' }).click()
    await desk.menuItem('courses:remove.open').click()
    await desk.dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    await student.page.getByText('You are no longer in this course').waitFor()
    await desk.member('An').waitFor({ state: 'detached' })
    expect([...hanh.errors, ...student.errors]).toEqual([])
  })
})

type Seat = ReturnType<typeof chatPage>

const distanceToEnd = ({ list }: Seat): Promise<number> =>
  list.evaluate((feed) => feed.scrollHeight - feed.clientHeight - feed.scrollTop)

/** Turns the wheel over the list; resolves when it has come to rest. */
async function roll({ page, list }: Seat, pixels: number): Promise<void> {
  await list.hover()
  const rest = await list.evaluateHandle((feed) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    feed.addEventListener('scrollend', () => resolve(), { once: true })
    return { promise }
  })
  await page.mouse.wheel(0, pixels)
  await rest.evaluate(({ promise }) => promise)
}

/** What is at the top of the screen, and where. */
const topOf = ({ list }: Seat): Promise<unknown> =>
  list.evaluate((feed) => {
    const { top } = feed.getBoundingClientRect()
    const rows = [...feed.querySelectorAll('article')]
    const first = rows.find((row) => row.getBoundingClientRect().bottom > top)
    return { seq: first?.getAttribute('data-seq'), at: Math.round(first?.getBoundingClientRect().top ?? 0) }
  })
