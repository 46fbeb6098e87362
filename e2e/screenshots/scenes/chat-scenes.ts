import type { WebSocketRoute } from 'playwright-core'
import { until } from '../../rig/until.ts'
import type { Scene, Stagehand } from '../scene.ts'
import { SEEN, UNSEEN } from '../talk.ts'

const PROGRAMMING = 'Introduction to Programming'
const NEWEST = 'Walk a tree with both'

/** In a course in which much has been said, at its end. */
async function crowded({ open, school, chat }: Stagehand) {
  await open(`/courses/${await school.courseId(PROGRAMMING)}`)
  await chat.message(NEWEST).waitFor()
}

/** A course of its own, since what is done in it cannot be undone. */
const course = ({ school, look }: Stagehand) =>
  school.course('carter', look.language === 'vi' ? 'Thiết kế giao diện' : 'Interface Design', [
    ['emma', 'student'],
    ['huy', 'student'],
  ])

/** With part of it unread by who looks. */
async function halfRead(hand: Stagehand): Promise<string> {
  const { school } = hand
  const courseId = await course(hand)
  await school.say(courseId, SEEN)
  await school.enrol(courseId, 'anh', 'student')
  await school.say(courseId, UNSEEN)
  return courseId
}

async function typing({ school }: Stagehand, courseId: string) {
  const client = await school.client('emma')
  const room = client.room(courseId)
  await until(room, ({ status }) => status.kind === 'live')
  // Nothing is said again within some seconds of the last time.
  room.stopTyping()
  room.typing()
}

/** What the page says of this kind is for `hear`, and never reaches the server. */
const intercept = ({ page }: Stagehand, event: string, hear?: (frame: string, socket: WebSocketRoute) => void) =>
  page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((frame) => {
      if (!String(frame).includes(`["${event}"`)) server.send(frame)
      else hear?.(String(frame), socket)
    })
  })

/** The number that stands before the event, and before its acknowledgement. */
const ackId = (frame: string): string => /^42(\d+)/.exec(frame)?.[1] ?? ''
const REFUSAL = { ok: false, error: { code: 'FORBIDDEN', message: 'No.' } }

export const CHAT_SCENES: readonly Scene[] = [
  {
    name: 'c00-empty-teacher',
    by: 'carter',
    async arrange(hand) {
      await hand.open(`/courses/${await course(hand)}`)
      await hand.page.getByText(hand.texts.text('chat:room.emptyTitle')).waitFor()
    },
  },
  {
    name: 'c01-empty-student',
    by: 'emma',
    async arrange(hand) {
      await hand.open(`/courses/${await course(hand)}`)
      await hand.page.getByText(hand.texts.text('chat:room.emptyTitle')).waitFor()
    },
  },
  {
    name: 'c02-loading',
    by: 'anh',
    async arrange(hand) {
      const { open, page, school, chat } = hand
      await page.route('**/messages?*', () => undefined)
      await intercept(hand, 'chat:join_room')
      await open(`/courses/${await school.courseId(PROGRAMMING)}`)
      await chat.composer.waitFor()
    },
  },
  {
    name: 'c03-gone',
    by: 'anh',
    async arrange({ open, page, texts }) {
      await open('/courses/nowhere')
      await page.getByText(texts.text('chat:room.gone.not_found.title')).waitFor()
    },
  },
  {
    name: 'c04-removed',
    by: 'emma',
    async arrange(hand) {
      const courseId = await course(hand)
      await hand.open(`/courses/${courseId}`)
      await hand.chat.composer.waitFor()
      await hand.page.getByText(hand.texts.text('chat:room.emptyTitle')).waitFor()
      await hand.school.remove(courseId, 'emma')
      await hand.page.getByText(hand.texts.text('chat:room.gone.removed.title')).waitFor()
    },
  },
  {
    name: 'c05-failed',
    by: 'anh',
    async arrange(hand) {
      const { open, page, school, texts } = hand
      await intercept(hand, 'chat:join_room', (frame, socket) =>
        socket.send(`43${ackId(frame)}${JSON.stringify([REFUSAL])}`),
      )
      await open(`/courses/${await school.courseId(PROGRAMMING)}`)
      await page.getByText(texts.text('chat:room.failedTitle')).waitFor()
    },
  },
  {
    name: 'c10-crowded',
    by: 'anh',
    async arrange(hand) {
      await crowded(hand)
      await typing(hand, await hand.school.courseId(PROGRAMMING))
      await hand.chat.typing.waitFor()
    },
  },
  {
    name: 'c11-crowded-above',
    by: 'anh',
    async arrange(hand) {
      await crowded(hand)
      await hand.chat.list.hover()
      await hand.page.mouse.wheel(0, -500)
      await hand.chat.toNewest.waitFor()
    },
  },
  {
    name: 'c12-week-ago',
    by: 'hanh',
    async arrange({ open, school, chat }) {
      await open(`/courses/${await school.courseId(PROGRAMMING)}?at=3`)
      await chat.message('Why does my function').waitFor()
    },
  },
  {
    name: 'c13-unread',
    by: 'anh',
    async arrange(hand) {
      await hand.open(`/courses/${await halfRead(hand)}`)
      await hand.chat.newDivider.waitFor()
    },
  },
  {
    name: 'c14-unread-badges',
    by: 'anh',
    async arrange(hand) {
      await halfRead(hand)
      await hand.open('/')
      await hand.page.getByText(hand.texts.like('courses:mentions')).first().waitFor({ state: 'attached' })
    },
  },
  {
    name: 'c20-hover',
    by: 'hanh',
    async arrange(hand) {
      await crowded(hand)
      await hand.chat.message('B2-104').hover()
      await hand.chat.toolbar.waitFor()
    },
  },
  {
    name: 'c21-menu',
    by: 'hanh',
    async arrange(hand) {
      await crowded(hand)
      await hand.chat.menuOf('B2-104')
      await hand.chat.menuItem('delete').waitFor()
    },
  },
  {
    name: 'c21-touch-tools',
    by: 'hanh',
    byTouch: true,
    async arrange(hand) {
      await crowded(hand)
      await hand.chat.message('B2-104').tap()
      await hand.chat.toolbar.waitFor()
    },
  },
  {
    name: 'c21-touch-sheet',
    by: 'hanh',
    byTouch: true,
    async arrange(hand) {
      await crowded(hand)
      await hand.chat.message('B2-104').tap()
      await hand.chat.more('B2-104').tap()
      await hand.page.getByRole('dialog').getByText(hand.texts.text('chat:actions.delete')).waitFor()
    },
  },
  {
    name: 'c22-edit',
    by: 'carter',
    async arrange(hand) {
      await crowded(hand)
      await hand.chat.act(NEWEST, 'edit')
      await hand.chat.editor.waitFor()
    },
  },
  {
    name: 'c23-delete-undo',
    by: 'anh',
    async arrange(hand) {
      const courseId = await halfRead(hand)
      await hand.open(`/courses/${courseId}`)
      await hand.chat.say('Sai nhóm rồi')
      await hand.chat.act('Sai nhóm rồi', 'delete')
      await hand.chat.undo.waitFor()
    },
  },
  {
    name: 'c24-reply',
    by: 'anh',
    async arrange(hand) {
      await crowded(hand)
      await hand.chat.reply(NEWEST)
      await hand.chat.composer.fill('Em hiểu rồi, cảm ơn thầy!\nEm sẽ thử với cây thư mục.')
    },
  },
  {
    name: 'c25-announcing',
    by: 'carter',
    async arrange(hand) {
      await crowded(hand)
      await hand.chat.announce.click()
      await hand.chat.announcing.fill('The quiz begins in ten minutes.')
    },
  },
  {
    name: 'c26-mentioning',
    by: 'carter',
    async arrange(hand) {
      await crowded(hand)
      await hand.chat.composer.fill('')
      await hand.chat.composer.pressSequentially('Hi @')
      await hand.chat.mentions.getByRole('option').nth(3).waitFor()
    },
  },
  {
    name: 'c27-emoji',
    by: 'anh',
    async arrange(hand) {
      await crowded(hand)
      await hand.chat.emoji.click()
      await hand.page.getByRole('gridcell').nth(20).waitFor()
    },
  },
  {
    name: 'c28-too-long',
    by: 'anh',
    async arrange(hand) {
      await crowded(hand)
      await hand.chat.composer.fill('Chào cả lớp! '.repeat(310))
    },
  },
  {
    name: 'c29-history',
    by: 'hanh',
    async arrange(hand) {
      await crowded(hand)
      await hand.chat.act('sớm 20 phút', 'history')
      await hand.page.getByRole('dialog').getByText('15 phút').waitFor()
    },
  },
  {
    name: 'c30-search-hint',
    by: 'anh',
    async arrange(hand) {
      await crowded(hand)
      await hand.chat.header('search').click()
      await hand.page.getByText(hand.texts.text('chat:search.hint')).waitFor()
    },
  },
  {
    name: 'c31-search-found',
    by: 'anh',
    async arrange(hand) {
      await crowded(hand)
      await hand.chat.header('search').click()
      await hand.panels.words.fill('de')
      await hand.panels.marks.first().waitFor()
    },
  },
  {
    name: 'c32-search-none',
    by: 'anh',
    async arrange(hand) {
      await crowded(hand)
      await hand.chat.header('search').click()
      await hand.panels.filters.click()
      await hand.panels.words.fill('không có gì như thế')
      await hand.page.getByText(hand.texts.text('chat:search.noneText')).waitFor()
    },
  },
  {
    name: 'c33-pins',
    by: 'hanh',
    async arrange(hand) {
      await crowded(hand)
      await hand.chat.header('pins').click()
      await hand.panels.pins.getByText('B2-104').waitFor()
    },
  },
  {
    name: 'c34-pins-none',
    by: 'carter',
    async arrange(hand) {
      await hand.open(`/courses/${await course(hand)}`)
      await hand.chat.header('pins').click()
      await hand.page.getByText(hand.texts.text('chat:pins.none')).waitFor()
    },
  },
  {
    name: 'c35-people',
    by: 'anh',
    async arrange(hand) {
      await crowded(hand)
      await hand.chat.header('people').click()
      await hand.panels.people.getByText('Đặng Gia Huy').waitFor()
    },
  },
  {
    name: 'c36-shortcuts',
    by: 'anh',
    async arrange(hand) {
      await crowded(hand)
      await hand.page.keyboard.press('Escape')
      const { shortcuts } = hand.chat
      if (await shortcuts.isVisible()) await shortcuts.click()
    },
  },
  {
    name: 'c40-offline',
    by: 'anh',
    async arrange(hand) {
      await hand.open(`/courses/${await halfRead(hand)}`)
      await hand.chat.newDivider.waitFor()
      await hand.page.context().setOffline(true)
      await hand.page.getByText(hand.texts.text('common:connection.offline')).waitFor()
      await hand.chat.say('Mình đang trên tàu, mạng chập chờn.')
      await hand.chat.say('Lát nữa mình gửi bản phác thảo nhé!')
      await hand.chat.waiting.nth(1).waitFor()
    },
  },
  {
    name: 'c41-sending',
    by: 'anh',
    async arrange(hand) {
      await intercept(hand, 'chat:send_message')
      await hand.open(`/courses/${await halfRead(hand)}`)
      await hand.chat.say('Được ạ, em sẽ chuẩn bị.')
      await hand.chat.sending.or(hand.chat.waiting).first().waitFor()
    },
  },
  {
    name: 'c42-failed',
    by: 'hanh',
    async arrange(hand) {
      const { school, page, chat, texts } = hand
      const courseId = await course(hand)
      await school.say(courseId, SEEN)
      await school.enrol(courseId, 'hanh', 'teacher')
      await hand.open(`/courses/${courseId}`)
      await chat.message('second floor').waitFor()
      await page.context().setOffline(true)
      await page.getByText(texts.text('common:connection.offline')).waitFor()
      await chat.announce.click()
      await chat.announcing.fill('Buổi học thứ Năm bắt đầu lúc 9 giờ.')
      await chat.announcing.press('Enter')
      await school.enrol(courseId, 'hanh', 'student')
      await page.context().setOffline(false)
      await chat.notSent.waitFor()
    },
  },
]
