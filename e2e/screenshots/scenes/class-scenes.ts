import { API_BASE, type AttendancePolicy, type ClassSession } from '@lectern/protocol'
import type { Route } from 'playwright-core'
import { attendanceOf, sessionsOf } from '../class-days.ts'
import type { Scene, Stagehand } from '../scene.ts'

const COURSE = 'Đại số tuyến tính'
const POLICY: AttendancePolicy = { late_after_min: 10, present_percent: 75, absent_below_percent: 0 }

const answer = (route: Route, data: unknown, meta?: unknown) =>
  route.fulfill({ json: { success: true, data, ...(meta === undefined ? {} : { meta }) } })

interface Prepared {
  readonly at: string
  readonly sessions: readonly ClassSession[]
}

/** @param isOwn whether a student looks, who is told of themselves alone */
async function prepare({ page, school }: Stagehand, isOwn = false, isEmpty = false): Promise<Prepared> {
  const now = Date.now()
  const courseId = await school.courseId(COURSE)
  const sessions = isEmpty ? [] : sessionsOf(courseId, now)
  const find = (url: string) => sessions.find(({ id }) => new URL(url).pathname.split('/').includes(id))
  await page.route(`**${API_BASE}/courses/${courseId}/sessions?*`, (route) => {
    const status = new URL(route.request().url()).searchParams.get('status')
    const shown = sessions.filter((one) => one.status === status)
    return answer(route, shown, { limit: 30, next_cursor: status === 'ended' && !isEmpty ? 'more' : null })
  })
  await page.route(`**${API_BASE}/courses/${courseId}/attendance-policy`, (route) => answer(route, POLICY))
  await page.route(`**${API_BASE}/webrtc/sessions/*`, (route) => answer(route, find(route.request().url())))
  await page.route(`**${API_BASE}/webrtc/sessions/*/attendance`, (route) => {
    const session = find(route.request().url())
    const records = session === undefined ? [] : attendanceOf(session, now)
    return answer(route, isOwn ? records.slice(5, 6) : records)
  })
  return { at: `/courses/${courseId}/classes`, sessions }
}

const list = (isOwn: boolean) => async (hand: Stagehand) => {
  const { at } = await prepare(hand, isOwn)
  await hand.open(at)
  await hand.classes.section('past.title').waitFor()
}

const empty = async (hand: Stagehand) => {
  const { at } = await prepare(hand, false, true)
  await hand.open(at)
  await hand.page.getByText(hand.texts.text('classes:none.title')).waitFor()
}

async function attendance(hand: Stagehand, id = 'past-1') {
  const { at } = await prepare(hand)
  await hand.open(`${at}/${id}/attendance`)
  await hand.page.getByText('Trần Minh Anh').first().waitFor()
}

async function planning(hand: Stagehand) {
  await list(false)(hand)
  await hand.classes.plan.click()
  await hand.classes.title.waitFor()
}

export const CLASS_SCENES: readonly Scene[] = [
  { name: 'l10-none', by: 'hanh', arrange: empty },
  { name: 'l11-none-student', by: 'anh', arrange: empty },
  { name: 'l12-classes', by: 'hanh', arrange: list(false) },
  { name: 'l13-classes-student', by: 'anh', arrange: list(true) },
  {
    name: 'l14-past',
    by: 'hanh',
    async arrange(hand) {
      await list(false)(hand)
      await hand.classes.row('Giới thiệu môn học').scrollIntoViewIfNeeded()
      await hand.classes.menuOf('Chương 2: Định thức').click()
      await hand.classes.menuItem('menu.reopen').waitFor()
    },
  },
  { name: 'l15-plan', by: 'hanh', arrange: planning },
  {
    name: 'l16-plan-problems',
    by: 'hanh',
    async arrange(hand) {
      await planning(hand)
      await hand.classes.time.fill('')
      await hand.classes.duration.fill('0')
      await hand.classes.submitPlan.click()
    },
  },
  {
    name: 'l17-start',
    by: 'hanh',
    async arrange(hand) {
      await list(false)(hand)
      await hand.classes.startNow.click()
      await hand.classes.title.waitFor()
    },
  },
  {
    name: 'l18-delete',
    by: 'hanh',
    async arrange(hand) {
      await list(false)(hand)
      await hand.classes.menuOf('Chương 2: Định thức').click()
      await hand.classes.menuItem('menu.delete').click()
      await hand.classes.confirm('delete.confirm').waitFor()
    },
  },
  { name: 'l20-attendance', by: 'hanh', arrange: (hand) => attendance(hand) },
  { name: 'l21-attendance-live', by: 'hanh', arrange: (hand) => attendance(hand, 'live') },
  {
    name: 'l22-timeline',
    by: 'hanh',
    async arrange(hand) {
      await attendance(hand)
      await hand.classes.timeline('Nguyễn Gia Bảo').hover()
      await hand.page.getByRole('tooltip').waitFor()
    },
  },
  {
    name: 'l23-correct',
    by: 'hanh',
    async arrange(hand) {
      await attendance(hand)
      await hand.classes.correct('Hoàng Thùy Dung').click()
      await hand.classes.note.waitFor()
    },
  },
  {
    name: 'l24-rules',
    by: 'hanh',
    async arrange(hand) {
      await attendance(hand)
      await hand.classes.rules.click()
      await hand.classes.saveRules.waitFor()
    },
  },
  {
    name: 'l25-not-found',
    by: 'hanh',
    async arrange(hand) {
      await attendance(hand)
      await hand.classes.search.fill('xyz')
      await hand.page.getByText(hand.texts.text('classes:attendance.notFound')).waitFor()
    },
  },
  {
    name: 'l26-own',
    by: 'anh',
    async arrange(hand) {
      const { at } = await prepare(hand, true)
      await hand.open(`${at}/past-1/attendance`)
      await hand.page.getByText(hand.texts.text('classes:policy.title')).waitFor()
    },
  },
  {
    name: 'l27-not-begun',
    by: 'hanh',
    async arrange(hand) {
      const { at } = await prepare(hand)
      await hand.open(`${at}/soon/attendance`)
      await hand.page.getByText(hand.texts.text('classes:attendance.notBegun.title')).waitFor()
    },
  },
]
