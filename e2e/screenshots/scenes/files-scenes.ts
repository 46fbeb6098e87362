import { FILE_RECORD_ROUTES, type FolderVisibility } from '@lectern/protocol'
import type { Page } from 'playwright-core'
import { redPdf, wav } from '../../rig/media.ts'
import { upload } from '../../rig/upload.ts'
import type { DemoName, DemoSchool } from '../demo-school.ts'
import { pictureOf } from '../pictures.ts'
import type { Scene, Stagehand } from '../scene.ts'

const ALGEBRA = 'Đại số tuyến tính'
const EMPTY_COURSE = 'Introduction to Programming'
const LECTURES = 'Bài giảng và tài liệu tham khảo'
const PDF = 'Chương 3 – Không gian vectơ, cơ sở và số chiều.pdf'
const AUDIO = 'Ghi âm buổi ôn tập.wav'
const ARCHIVE = 'Bài tập lập trình.zip'

const FOLDERS: readonly (readonly [name: string, visibility: FolderVisibility, by: DemoName])[] = [
  [LECTURES, 'course', 'hanh'],
  ['Nộp bài tập tuần 4', 'dropbox', 'hanh'],
  ['Ảnh chụp bảng', 'shared', 'hanh'],
  ['Giới thiệu khóa học', 'public', 'hanh'],
  ['Thư mục trống', 'course', 'hanh'],
  ['Ghi chú của tôi', 'private', 'anh'],
]

/** The smallest ZIP: the end of a directory without entries (APPNOTE 4.3.16). */
const NOTHING_ZIPPED = Buffer.concat([Buffer.from('504b0506', 'hex'), Buffer.alloc(18)])

const PICTURES = [
  'Sơ đồ tư duy chương 3 do nhóm 2 trình bày trên lớp.png',
  'Bảng ngày 18-11.png',
  'Nghiệm của hệ phương trình tuyến tính thuần nhất và không thuần nhất.png',
  'z.png',
]

interface Filled {
  readonly courseId: string
  readonly folders: ReadonlyMap<string, string>
}

const filled = new WeakMap<DemoSchool, Promise<Filled>>()

/** Folders and files of the course, made once. */
function fill({ school, page }: Stagehand): Promise<Filled> {
  const known = filled.get(school)
  if (known !== undefined) return known
  const made = (async () => {
    const courseId = await school.courseId(ALGEBRA)
    const folders = new Map<string, string>()
    for (const [name, visibility, by] of FOLDERS) {
      const body = { name, visibility, course_id: courseId }
      const { data } = await (await school.as(by))(FILE_RECORD_ROUTES.createFolder, { body })
      folders.set(name, data.id)
    }
    const add = async (by: DemoName, folder: string, name: string, bytes: Buffer<ArrayBuffer>) =>
      upload(
        { url: school.server.url, token: await school.tokenOf(by) },
        { name, bytes, folder: folders.get(folder) ?? '' },
      )
    const pictures = await Promise.all(PICTURES.map((_, index) => pictureOf(page, 40 + index * 85)))
    for (const [index, name] of PICTURES.entries()) {
      await add('hanh', LECTURES, name, pictures[index] ?? NOTHING_ZIPPED)
    }
    await add('hanh', LECTURES, ARCHIVE, NOTHING_ZIPPED)
    await add('hanh', LECTURES, AUDIO, wav(4))
    await add('hanh', LECTURES, 'Syllabus.pdf', redPdf())
    await add('hanh', LECTURES, PDF, redPdf())
    await add('anh', 'Nộp bài tập tuần 4', 'Trần Minh Anh – bài tập tuần 4.pdf', redPdf())
    await add('anh', 'Ảnh chụp bảng', 'Bảng.png', pictures[1] ?? NOTHING_ZIPPED)
    return { courseId, folders }
  })()
  filled.set(school, made)
  return made
}

async function folders(hand: Stagehand) {
  const { courseId } = await fill(hand)
  await hand.open(`/courses/${courseId}/files`)
  await hand.files.folder(LECTURES).waitFor()
  await hand.page.getByText(hand.texts.like('files:fileCount')).first().waitFor()
}

/** @param search what follows the address */
async function inside(hand: Stagehand, name = LECTURES, search = '') {
  const filling = await fill(hand)
  await hand.open(`/courses/${filling.courseId}/files/${filling.folders.get(name)}${search}`)
  await hand.page.getByRole('heading', { name, includeHidden: true }).waitFor({ state: 'attached' })
}

/** Of what is below the screen no picture is fetched. */
const pictured = (page: Page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLImageElement>('main img')].every(
      (image) => image.complete || image.getBoundingClientRect().top > window.innerHeight,
    ),
  )

async function lectures(hand: Stagehand) {
  await inside(hand)
  await hand.files.file(PDF).waitFor()
  await pictured(hand.page)
}

const preview = (name: string, shown: string) => async (hand: Stagehand) => {
  await inside(hand, LECTURES, `?${new URLSearchParams({ file: name })}`)
  await hand.files.dialog.locator(shown).first().waitFor()
  await hand.page.waitForLoadState('networkidle')
}

const asked = (key: string) => async (hand: Stagehand) => {
  await lectures(hand)
  await hand.files.ofFile(PDF, key)
  await hand.files.dialog.waitFor()
}

const file = (name: string, mimeType: string, buffer: Buffer<ArrayBuffer>) => ({ name, mimeType, buffer })

export const FILE_SCENES: readonly Scene[] = [
  {
    name: 'f10-folders-none',
    by: 'emma',
    async arrange({ open, page, school, texts }) {
      await open(`/courses/${await school.courseId(EMPTY_COURSE)}/files`)
      await page.getByText(texts.text('files:folders.none.title')).waitFor()
    },
  },
  { name: 'f11-folders', by: 'hanh', arrange: folders },
  { name: 'f12-folders-student', by: 'anh', arrange: folders },
  {
    name: 'f13-create',
    by: 'hanh',
    async arrange(hand) {
      await folders(hand)
      await hand.files.newFolder.click()
      await hand.files.folderName.fill('Nộp bài: tuần 5?')
    },
  },
  {
    name: 'f14-delete-folder',
    by: 'hanh',
    async arrange(hand) {
      await folders(hand)
      await hand.files.folderMenu(LECTURES).click()
      await hand.files.menuItem('folder.delete').click()
      await hand.files.dialog.getByText(hand.texts.like('files:folder.deleteText')).waitFor()
    },
  },
  { name: 'f20-empty', by: 'hanh', arrange: (hand) => inside(hand, 'Thư mục trống') },
  { name: 'f21-empty-student', by: 'anh', arrange: (hand) => inside(hand, 'Thư mục trống') },
  { name: 'f22-hand-in', by: 'bao', arrange: (hand) => inside(hand, 'Nộp bài tập tuần 4') },
  { name: 'f23-grid', by: 'hanh', arrange: lectures },
  {
    name: 'f24-rows',
    by: 'anh',
    async arrange(hand) {
      await lectures(hand)
      await hand.page.getByText(hand.texts.text('files:list.rows')).locator('..').click()
      await pictured(hand.page)
    },
  },
  {
    name: 'f25-not-found',
    by: 'hanh',
    async arrange(hand) {
      await lectures(hand)
      await hand.files.search.fill('xyz')
      await hand.page.getByText(hand.texts.text('files:list.notFound')).waitFor()
    },
  },
  {
    name: 'f26-menu',
    by: 'hanh',
    async arrange(hand) {
      await lectures(hand)
      await hand.files.fileMenu(PDF).click()
      await hand.files.menuItem('file.delete').waitFor()
    },
  },
  { name: 'f27-rename', by: 'hanh', arrange: asked('file.rename') },
  { name: 'f28-move', by: 'hanh', arrange: asked('file.move') },
  { name: 'f29-details', by: 'hanh', arrange: asked('file.details') },
  {
    name: 'f30-share',
    by: 'hanh',
    async arrange(hand) {
      await asked('file.share')(hand)
      await hand.files.createLink.click()
      await hand.files.shared.waitFor()
    },
  },
  { name: 'f31-share-student', by: 'anh', arrange: asked('file.share') },
  {
    name: 'f32-delete',
    by: 'hanh',
    async arrange(hand) {
      const { folders: made } = await fill(hand)
      const name = `Bản nháp ${hand.look.language} ${hand.look.width} ${hand.look.scheme}.pdf`
      await upload(
        { url: hand.school.server.url, token: await hand.school.tokenOf('hanh') },
        { name, bytes: redPdf(), folder: made.get(LECTURES) ?? '' },
      )
      await lectures(hand)
      await hand.files.ofFile(name, 'file.delete')
      await hand.files.undo.waitFor()
    },
  },
  {
    name: 'f33-selected',
    by: 'hanh',
    async arrange(hand) {
      await lectures(hand)
      for (const name of [PDF, AUDIO, PICTURES[1] ?? '']) await hand.files.select(name).check()
    },
  },
  {
    name: 'f34-selected-rows',
    by: 'anh',
    byTouch: true,
    async arrange(hand) {
      await lectures(hand)
      await hand.page.getByText(hand.texts.text('files:list.rows')).locator('..').click()
      for (const name of [PDF, ARCHIVE]) await hand.files.select(name).check()
    },
  },
  {
    name: 'f40-drop',
    by: 'hanh',
    async arrange(hand) {
      await lectures(hand)
      await hand.files.hold([file('a.pdf', 'application/pdf', redPdf())])
    },
  },
  {
    name: 'f41-uploads',
    by: 'hanh',
    async arrange(hand) {
      await lectures(hand)
      // The first bytes are taken, and then nothing more is answered.
      await hand.page.route(/\/files\/tus\//, (route) =>
        route.request().method() === 'PATCH' ? undefined : route.continue(),
      )
      await hand.files.choose([
        file('Bài giảng chương 4 – Ánh xạ tuyến tính và ma trận biểu diễn.wav', 'audio/wav', wav(300)),
        file('Đề cương.pdf', 'application/pdf', redPdf()),
        file('Phần mềm.exe', 'application/octet-stream', Buffer.from('MZ')),
        file('Ảnh bìa.png', 'image/png', Buffer.alloc(10_485_761)),
      ])
      await hand.files.tray.waitFor()
      if (hand.look.width < 600) {
        await hand.files.tray.getByRole('button', { name: hand.texts.text('files:tray.expand') }).click()
      }
      await hand.files.pause('Đề cương.pdf').click()
    },
  },
  {
    name: 'f42-uploaded',
    by: 'anh',
    async arrange(hand) {
      await inside(hand, 'Ảnh chụp bảng')
      const name = `Ảnh ${hand.look.language} ${hand.look.width} ${hand.look.scheme}.png`
      await hand.files.choose([
        file(name, 'image/png', await pictureOf(hand.page, hand.look.width % 360)),
        file('Không phải PDF.pdf', 'application/pdf', Buffer.from('Đây là văn bản, không phải PDF.')),
      ])
      await hand.files.file(name).waitFor()
      if (hand.look.width < 600) {
        await hand.files.tray.getByRole('button', { name: hand.texts.text('files:tray.expand') }).click()
      }
      await hand.page
        .getByText(hand.texts.text('files:refused.content', { extension: '.pdf' }))
        .first()
        .waitFor()
    },
  },
  { name: 'f50-image', by: 'anh', arrange: preview(PICTURES[0] ?? '', 'img') },
  { name: 'f51-pdf', by: 'anh', arrange: preview(PDF, 'iframe, p') },
  { name: 'f52-audio', by: 'anh', arrange: preview(AUDIO, 'audio') },
  { name: 'f53-no-preview', by: 'anh', arrange: preview(ARCHIVE, 'p') },
  { name: 'f54-missing', by: 'anh', arrange: preview('không có.pdf', '[role=alert]') },
]
