import type { ClassPage } from '../../browser/pages/class-page.ts'
import type { Drawn } from '../drawn/devices.ts'
import { drawDevices } from '../drawn-devices.ts'
import type { Scene, Stagehand } from '../scene.ts'

/** Who looks on. */
const ONLOOKER: Drawn = { place: 4, speaks: false }

async function door({ page, open, cast, classroom }: Stagehand, people: number, drawn = ONLOOKER) {
  await drawDevices(page, drawn)
  await open(await cast.live(people))
  await classroom.preview.waitFor()
}

/** Without a camera, where four others have theirs on. */
async function inside(hand: Stagehand, people: number, withoutCamera = false) {
  await door(hand, people)
  const { classroom, page } = hand
  if (withoutCamera) await classroom.withoutCamera.check({ force: true })
  await classroom.join.click()
  await classroom.bar.waitFor()
  await page.mouse.move(0, 0)
  await page.waitForFunction((count) => {
    const tiles = [...document.querySelectorAll('[data-tile]')]
    const pictures = tiles.flatMap((tile) => [...tile.querySelectorAll('video')])
    return (
      tiles.length === count && !document.querySelector('[data-linking]') && pictures.every((one) => one.videoWidth > 0)
    )
  }, people + 1)
}

/** Who waits to be called, in this order. */
const WAITING = ['ha', 'bao'] as const

async function raiseHand({ page, button }: ClassPage) {
  await page.keyboard.press('h')
  await button('bar.hand').and(page.locator('[aria-pressed="true"]')).waitFor()
}

const isPhone = ({ look }: Stagehand): boolean => look.width < 600

/** On a phone it is in the menu. */
async function openPanel(hand: Stagehand, kind: 'people' | 'files') {
  const { classroom } = hand
  if (!isPhone(hand)) return classroom.button(`panel.${kind}`).click()
  await classroom.button('bar.more').click()
  await classroom.menuItem(`panel.${kind}`).click()
}

export const CLASSROOM_SCENES: readonly Scene[] = [
  {
    name: 'k00-green-room',
    by: 'anh',
    async arrange(hand) {
      await door(hand, 3, { ...ONLOOKER, speaks: true })
      await hand.classroom.told('preview.off').waitFor({ state: 'detached' })
    },
  },
  {
    name: 'k01-green-room-denied',
    by: 'anh',
    async arrange({ page, open, cast, classroom }) {
      await page.addInitScript(() => {
        MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('No.', 'NotAllowedError'))
      })
      await open(await cast.live(3))
      await classroom.told('trouble.camera.denied').waitFor()
    },
  },
  {
    name: 'k02-lobby',
    by: 'anh',
    async arrange({ page, open, cast, classroom }) {
      await drawDevices(page, ONLOOKER)
      await open(await cast.planned())
      await classroom.join.click()
      await classroom.told('lobby.title').waitFor()
    },
  },
  {
    name: 'k03-gone',
    by: 'anh',
    async arrange({ open, cast, classroom }) {
      await open(`/courses/${cast.courseId}/classes/nowhere`)
      await classroom.told('obstacle.gone.title').waitFor()
    },
  },
  { name: 'k10-class-1', by: 'anh', arrange: (hand) => inside(hand, 1) },
  { name: 'k11-class-4', by: 'anh', arrange: (hand) => inside(hand, 3) },
  {
    name: 'k12-class-8',
    by: 'anh',
    async arrange(hand) {
      await inside(hand, 7, true)
      await raiseHand(hand.classroom)
    },
  },
  {
    name: 'k13-screen',
    by: 'anh',
    async arrange(hand) {
      await inside(hand, 3)
      await hand.cast.act('hanh', 'shareScreen')
      await hand.classroom.screen.waitFor()
      await hand.page.waitForFunction(() => [...document.querySelectorAll('video')].every((one) => one.videoWidth > 0))
    },
    tidy: ({ cast }) => cast.act('hanh', 'stopSharing'),
  },
  {
    name: 'k14-people',
    by: 'carter',
    async arrange(hand) {
      await inside(hand, 5, true)
      for (const name of WAITING) await hand.cast.act(name, 'raiseHand')
      await openPanel(hand, 'people')
      await hand.classroom.hands.waitFor()
    },
    async tidy({ cast }) {
      for (const name of WAITING) await cast.act(name, 'lowerHand')
    },
  },
  {
    name: 'k15-chat',
    by: 'anh',
    async arrange(hand) {
      await inside(hand, 3)
      await hand.classroom.button('panel.chat').click()
      await hand.page.mouse.move(0, 0)
      await hand.chat.messages.first().waitFor()
    },
  },
  {
    name: 'k16-files',
    by: 'anh',
    async arrange(hand) {
      await inside(hand, 1)
      await openPanel(hand, 'files')
      await hand.page.mouse.move(0, 0)
      const files = hand.classroom.panel('files').or(hand.classroom.dialog)
      await files
        .getByText(hand.texts.text('files:folders.none.title'))
        .or(files.getByRole('listitem'))
        .first()
        .waitFor()
      await files.getByText(hand.texts.text('files:quota.label')).waitFor()
    },
  },
  {
    name: 'k17-left',
    by: 'anh',
    async arrange(hand) {
      await inside(hand, 1)
      await hand.classroom.button('bar.leave').click()
      await hand.classroom.told('obstacle.left.title').waitFor()
    },
  },
]
