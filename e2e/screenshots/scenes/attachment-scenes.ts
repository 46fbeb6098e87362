import type { FileRecord } from '@lectern/protocol'
import type { Page } from 'playwright-core'
import { chatAttachments } from '../../browser/pages/chat-attachments.ts'
import type { DeviceFile } from '../../browser/pages/transfer.ts'
import { redPdf, wav } from '../../rig/media.ts'
import type { DemoName } from '../demo-school.ts'
import type { Scene, Stagehand } from '../scene.ts'

const UPLOADS = '**/api/v1/files/tus/**'
const LONG_NAME =
  'Báo cáo thực hành tuần 3 – Cấu trúc dữ liệu và giải thuật – nhóm Trần Minh Anh, Lê Gia Bảo (bản cuối).pdf'

/** A chart that nobody has to understand. */
async function drawing(
  page: Page,
  { name, width, height, hue }: { name: string; width: number; height: number; hue: number },
) {
  const base64 = await page.evaluate(
    (look) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: look.width, height: look.height })
      const context = canvas.getContext('2d')
      if (context === null) throw new Error('No canvas.')
      context.fillStyle = `hsl(${look.hue} 60% 94%)`
      context.fillRect(0, 0, look.width, look.height)
      for (let bar = 0; bar < 12; bar += 1) {
        const share = 0.25 + 0.6 * Math.abs(Math.sin(bar * 1.7 + look.hue))
        context.fillStyle = `hsl(${look.hue + bar * 6} 55% 52%)`
        const [step, tall] = [look.width / 13, look.height * share]
        context.fillRect(step * (bar + 0.65), look.height - tall, step * 0.7, tall)
      }
      return canvas.toDataURL('image/png').replace(/^.*,/, '')
    },
    { width, height, hue },
  )
  return { name, mimeType: 'image/png', buffer: Buffer.from(base64, 'base64') } satisfies DeviceFile
}

const pdf = (name: string): DeviceFile => ({ name, mimeType: 'application/pdf', buffer: redPdf() })

const course = ({ school, look }: Stagehand) =>
  school.course('carter', look.language === 'vi' ? 'Thiết kế giao diện' : 'Interface Design', [
    ['anh', 'student'],
    ['emma', 'student'],
    ['huy', 'student'],
  ])

async function share(
  { school }: Stagehand,
  courseId: string,
  by: DemoName,
  { name, mimeType, buffer }: DeviceFile,
  message = '',
): Promise<FileRecord> {
  const client = await school.client(by)
  const file = new File([buffer], name, { type: mimeType })
  const record = await client.uploads.start(file, { folder: 'chat', courseId }).finished()
  const message_type = record.thumbnail_url === null ? 'file' : 'image'
  await client.emit('chat:send_message', { course_id: courseId, message, message_type, file_id: record.id })
  return record
}

/** A course in which people show each other things; @returns its id */
async function shown(hand: Stagehand): Promise<string> {
  const { page, school } = hand
  const courseId = await course(hand)
  const chart = await drawing(page, { name: 'Biểu đồ lượt truy cập.png', width: 960, height: 540, hue: 210 })
  const tall = await drawing(page, { name: 'wireframe-mobile.png', width: 360, height: 780, hue: 150 })
  const wide = await drawing(page, { name: 'timeline.png', width: 1600, height: 240, hue: 20 })
  await share(hand, courseId, 'emma', pdf('Course outline.pdf'))
  await share(
    hand,
    courseId,
    'emma',
    chart,
    'Here is how many people opened each page. The third bar is the one that worries me.',
  )
  await share(hand, courseId, 'emma', tall)
  await share(hand, courseId, 'huy', pdf(LONG_NAME), 'Bài của nhóm mình đây ạ.')
  const draft = await share(hand, courseId, 'huy', pdf('Bản nháp – xin đừng chấm.pdf'))
  await share(
    hand,
    courseId,
    'carter',
    { name: 'feedback.wav', mimeType: 'audio/wav', buffer: wav(3) },
    'My thoughts, spoken.',
  )
  await share(hand, courseId, 'carter', wide)
  const huy = await school.client('huy')
  await huy.api.deleteFile({ params: { folder: draft.folder_id, file: draft.filename } })
  return courseId
}

const loaded = async (page: Page, count: number): Promise<void> => {
  const pictures = page.locator('main img[loading]')
  await pictures.nth(count - 1).waitFor()
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLImageElement>('main img[loading]')].every((image) => image.complete),
  )
}

/** A course without files, and what is attached there first. */
async function toAttach(hand: Stagehand) {
  const { page, texts } = hand
  const chart = await drawing(page, { name: 'Sơ đồ.png', width: 640, height: 480, hue: 280 })
  await hand.open(`/courses/${await course(hand)}`)
  return { attachments: chatAttachments(page, texts), chart }
}

export const ATTACHMENT_SCENES: readonly Scene[] = [
  {
    name: 'c50-files',
    by: 'anh',
    async arrange(hand) {
      await hand.open(`/courses/${await shown(hand)}?at=7`)
      await hand.page
        .getByRole('feed')
        .getByRole('link', { name: /timeline/ })
        .first()
        .waitFor()
      await loaded(hand.page, 1)
    },
  },
  {
    name: 'c51-files-above',
    by: 'anh',
    async arrange(hand) {
      await hand.open(`/courses/${await shown(hand)}?at=2`)
      await hand.page
        .getByRole('feed')
        .getByRole('link', { name: /Biểu đồ/ })
        .first()
        .waitFor()
      await loaded(hand.page, 1)
    },
  },
  {
    name: 'c52-attaching',
    by: 'anh',
    async arrange(hand) {
      const { page, chat } = hand
      const { attachments, chart } = await toAttach(hand)
      await attachments.choose(chart)
      await attachments.ready.waitFor()
      await page.route(UPLOADS, () => undefined)
      await attachments.choose(pdf(LONG_NAME), { name: 'setup.exe', mimeType: '', buffer: Buffer.from('MZ') })
      await attachments.chip(LONG_NAME).getByRole('progressbar').waitFor()
      await chat.composer.fill('Em gửi sơ đồ và báo cáo của nhóm ạ.')
    },
  },
  {
    name: 'c53-sending-files',
    by: 'anh',
    async arrange(hand) {
      const { page, chat } = hand
      const { attachments, chart } = await toAttach(hand)
      const lie = {
        name: 'ảnh lớp.png',
        mimeType: 'image/png',
        buffer: Buffer.from('no picture, but long enough for one'),
      }
      await attachments.choose(lie)
      await attachments.refusal.waitFor()
      await page.route(UPLOADS, () => undefined)
      await attachments.choose(chart, pdf(LONG_NAME))
      await attachments.chip(LONG_NAME).getByRole('progressbar').waitFor()
      await chat.say('Em gửi sơ đồ và báo cáo của nhóm ạ.')
      await attachments.progress.nth(1).waitFor()
    },
  },
  {
    name: 'c54-dropping',
    by: 'anh',
    async arrange(hand) {
      await hand.open(`/courses/${await shown(hand)}`)
      await loaded(hand.page, 1)
      const dataTransfer = await hand.page.evaluateHandle(() => {
        const transfer = new DataTransfer()
        transfer.items.add(new File(['x'], 'x.pdf'))
        return transfer
      })
      await hand.chat.list.dispatchEvent('dragenter', { dataTransfer })
      await hand.page.getByText(hand.texts.text('chat:attach.drop')).waitFor()
    },
  },
  {
    name: 'c55-picture',
    by: 'anh',
    async arrange(hand) {
      const { page, texts } = hand
      const attachments = chatAttachments(page, texts)
      await hand.open(`/courses/${await shown(hand)}?at=2`)
      await attachments.picture('Biểu đồ lượt truy cập.png').click()
      await attachments.viewer.getByRole('img').waitFor()
      await page.waitForFunction(() => document.querySelector<HTMLImageElement>('[role="dialog"] img')?.complete)
    },
  },
]
