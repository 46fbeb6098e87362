import { BUSY } from '../busy.ts'
import type { Scene, Stagehand } from '../scene.ts'

const ALGEBRA = 'Đại số tuyến tính'

async function list({ open, courses }: Stagehand) {
  await open('/')
  await courses.row(ALGEBRA).waitFor()
}

async function members({ open, courses, school }: Stagehand) {
  await open(`/courses/${await school.courseId(ALGEBRA)}/members`)
  await courses.member('Trần Minh Anh').waitFor()
}

async function menuOfMember(hand: Stagehand) {
  await members(hand)
  const name = hand.texts.text('courses:members.menu', { name: 'Trần Minh Anh' })
  await hand.page.getByRole('button', { name }).click()
}

/** Opens what is in the menu of a course. */
const fromMenu = (key: string) => async (hand: Stagehand) => {
  await list(hand)
  await hand.courses.menuOf(ALGEBRA).click()
  await hand.courses.menuItem(key).click()
  await hand.courses.dialog.waitFor()
}

export const COURSE_SCENES: readonly Scene[] = [
  { name: '40-courses', by: 'hanh', arrange: list },
  { name: '41-courses-student', by: 'anh', arrange: list },
  {
    name: '42-courses-none',
    by: 'linh',
    async arrange({ open, page, texts }) {
      await open('/')
      await page.getByText(texts.text('courses:none.teacher')).waitFor()
    },
  },
  {
    name: '42-courses-none-student',
    by: 'khoi',
    async arrange({ open, page, texts }) {
      await open('/')
      await page.getByText(texts.text('courses:none.student')).waitFor()
    },
  },
  {
    name: '43-courses-loading',
    by: 'hanh',
    async arrange({ open, page, courses, texts }) {
      await page.route(/\/api\/v1\/courses(\?|$)/, () => undefined)
      await open('/')
      await courses.heading(texts.text('courses:title')).waitFor()
      await page.getByRole('main').getByRole('status').waitFor()
    },
  },
  {
    name: '44-courses-failed',
    by: 'hanh',
    async arrange({ open, page, texts }) {
      await page.route(/\/api\/v1\/courses(\?|$)/, (route) => route.fulfill(BUSY))
      await open('/')
      await page.getByText(texts.text('courses:failed')).waitFor({ timeout: 60_000 })
    },
  },
  {
    name: '45-courses-menu',
    by: 'hanh',
    async arrange(hand) {
      await list(hand)
      await hand.courses.menuOf(ALGEBRA).click()
      await hand.courses.menuItem('courses:archive.open').waitFor()
    },
  },
  {
    name: '46-create',
    by: 'hanh',
    async arrange(hand) {
      await list(hand)
      await hand.courses.create.click()
      await hand.courses.submitCreate.click()
      await hand.courses.dialog.getByText(hand.texts.text('courses:courseTitle.missing')).waitFor()
    },
  },
  {
    name: '47-join',
    by: 'anh',
    async arrange(hand) {
      await list(hand)
      await hand.courses.join.click()
      await hand.courses.codeField.fill('ABCDEFGHJKMN')
    },
  },
  {
    name: '48-join-invited',
    by: 'anh',
    async arrange({ open, courses, texts }) {
      await open('/join/ABCDEFGHJKMN')
      await courses.heading(texts.text('courses:join.question')).waitFor()
    },
  },
  {
    name: '48-join-unknown',
    by: 'anh',
    async arrange({ open, page, courses, texts }) {
      await open('/join/ABCDEFGHJKMN')
      await courses.joinInvited.click()
      await page.getByText(texts.text('courses:join.unknown')).waitFor()
    },
  },
  { name: '49-rename', by: 'hanh', arrange: fromMenu('courses:rename.open') },
  { name: '50-leave', by: 'hanh', arrange: fromMenu('courses:leave.open') },
  { name: '51-archive', by: 'hanh', arrange: fromMenu('courses:archive.open') },
  { name: '60-members', by: 'hanh', arrange: members },
  { name: '61-members-student', by: 'anh', arrange: members },
  {
    name: '62-member-menu',
    by: 'hanh',
    async arrange(hand) {
      await menuOfMember(hand)
      await hand.courses.menuItem('courses:remove.open').waitFor()
    },
  },
  {
    name: '63-member-remove',
    by: 'hanh',
    async arrange(hand) {
      await menuOfMember(hand)
      await hand.courses.menuItem('courses:remove.open').click()
      await hand.courses.dialog.waitFor()
    },
  },
  {
    name: '64-member-add',
    by: 'hanh',
    async arrange(hand) {
      await members(hand)
      const { page, texts, courses } = hand
      await page.getByRole('button', { name: texts.text('courses:add.open'), exact: true }).click()
      await courses.dialog.getByRole('textbox').fill('nobody@demo.example')
      await courses.dialog.getByRole('button', { name: texts.text('courses:add.submit'), exact: true }).click()
      await courses.dialog.getByText(texts.text('courses:add.unknown')).waitFor()
    },
  },
  {
    name: '65-code-renew',
    by: 'hanh',
    async arrange(hand) {
      await members(hand)
      await hand.page.getByRole('button', { name: hand.texts.text('courses:code.renew'), exact: true }).click()
      await hand.courses.dialog.waitFor()
    },
  },
  {
    name: '66-members-gone',
    by: 'anh',
    async arrange({ open, page, texts }) {
      await open('/courses/nowhere/members')
      await page.getByText(texts.text('courses:gone.title')).waitFor()
    },
  },
]
