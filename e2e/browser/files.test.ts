import { FILE_RECORD_ROUTES, type FolderVisibility } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../rig/browser.ts'
import { eventually } from '../rig/eventually.ts'
import { startFaultProxy } from '../rig/fault-proxy/fault-proxy.ts'
import { redPdf, redPng, wav, webm } from '../rig/media.ts'
import { restOf } from '../rig/rest.ts'
import type { Account, OwnCourse } from '../rig/school.ts'
import { textsOf } from '../rig/texts.ts'
import { upload } from '../rig/upload.ts'
import { seriousFindings } from './axe.ts'
import { filesPage } from './pages/files-page.ts'
import type { DeviceFile } from './pages/transfer.ts'
import { openStage, type Stage } from './stage.ts'

/** Of each person: room for the largest file of these tests, and little more. */
const QUOTA = 8_500_000

const pdf = (name: string): DeviceFile => ({ name, mimeType: 'application/pdf', buffer: redPdf() })

describe("a course's files", () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ QUOTA_BYTES: String(QUOTA) }, { whole: true })
  })
  afterAll(() => stage[Symbol.asyncDispose]())

  async function folderOf(by: Account, course: OwnCourse, name: string, visibility: FolderVisibility) {
    const body = { name, visibility, course_id: course.id }
    const { data } = await restOf(stage.server.url, by.token)(FILE_RECORD_ROUTES.createFolder, { body })
    return { ...data, at: `/courses/${course.id}/files/${data.id}` }
  }

  async function three(title: string) {
    const classroom = await stage.classroom(title)
    const [an, binh] = classroom.students
    if (an === undefined || binh === undefined) throw new Error('The classroom has two students.')
    return { ...classroom, an, binh }
  }

  const add = (by: Account, folder: string, name: string, bytes: Buffer<ArrayBuffer>) =>
    upload({ url: stage.server.url, token: by.token }, { name, bytes, folder })

  const namesIn = async (by: Account, folder: string): Promise<string[]> => {
    const { data } = await restOf(stage.server.url, by.token)(FILE_RECORD_ROUTES.listFiles, { params: { folder } })
    return data.map(({ filename }) => filename)
  }

  const downloaded = async ({ page }: Person, act: () => Promise<unknown>) => {
    const [download] = await Promise.all([page.waitForEvent('download'), act()])
    return download.suggestedFilename()
  }

  it('come in by button, drop and paste, and a student sees, previews and downloads them', async () => {
    const { teacher, an, course } = await three('Three ways in')
    await using hanh = await stage.enter(teacher, { at: `/courses/${course.id}` })
    await hanh.page.getByRole('link', { name: 'Files of the course' }).click()
    const desk = filesPage(hanh.page)
    await desk.newFolder.click()
    await desk.folderName.fill('Bài giảng: 1')
    await desk.dialog.getByText('Use only letters').waitFor()
    await desk.folderName.fill('Bài giảng')
    await desk.visibility('course').check()
    await desk.createFolder.click()
    await desk.choose([pdf('Chương 1.pdf')])
    await desk.file('Chương 1.pdf').waitFor()
    await desk.drop([pdf('Chương 2.pdf'), { name: 'tone.wav', mimeType: 'audio/wav', buffer: wav(1) }])
    await desk.paste([{ name: 'image.png', mimeType: 'image/png', buffer: await redPng(hanh.page) }])
    await eventually(desk.names).toHaveLength(4)
    expect((await desk.names()).find((name) => name.endsWith('.png'))).toMatch(
      /^Screenshot \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png$/,
    )

    await using student = await stage.enter(an, { at: `/courses/${course.id}/files` })
    const seat = filesPage(student.page)
    await seat.folder('Bài giảng').click()
    await eventually(seat.names).toHaveLength(4)
    expect(await seat.upload.count()).toBe(0)
    await seat.file('Chương 1.pdf').click()
    await seat.dialog.getByRole('heading', { name: 'Chương 1.pdf' }).waitFor()
    await student.page.keyboard.press('ArrowLeft')
    await seat.dialog.getByRole('heading', { name: 'Chương 1.pdf' }).waitFor({ state: 'hidden' })
    await student.page.keyboard.press('Escape')
    await seat.dialog.waitFor({ state: 'hidden' })
    expect(await downloaded(student, () => seat.ofFile('Chương 1.pdf', 'file.download'))).toBe('Chương 1.pdf')
    expect([...hanh.errors, ...student.errors]).toEqual([])
  })

  it('are previewed at an address of their own, and give the focus back to where they are listed', async () => {
    const { teacher, an, course } = await three('Previews')
    const folder = await folderOf(teacher, course, 'Previews', 'course')
    await using student = await stage.enter(an, { at: '/' })
    await add(teacher, folder.id, 'ảnh.png', await redPng(student.page))
    await add(teacher, folder.id, 'tone.wav', wav(1))
    const seat = filesPage(student.page)
    await student.page.goto(`${stage.server.url}${folder.at}?${new URLSearchParams({ file: 'ảnh.png' })}`)
    const picture = seat.dialog.locator('img')
    await eventually(() => picture.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth)).toBe(
      200,
    )
    await seat.previous.click()
    const sound = seat.dialog.locator('audio')
    await eventually(() => sound.evaluate((audio) => audio instanceof HTMLAudioElement && audio.duration)).toBe(1)
    await student.page.keyboard.press('Escape')
    await seat.dialog.waitFor({ state: 'hidden' })
    await eventually(() => student.page.evaluate(() => document.activeElement?.textContent)).toBe('tone.wav')
    expect(new URL(student.page.url()).search).toBe('')
    expect(student.errors).toEqual([])
  })

  it('of which one is a video play in place, from where one likes', async () => {
    const { teacher, an, course } = await three('A video')
    const folder = await folderOf(teacher, course, 'Videos', 'course')
    await using student = await stage.enter(an, { at: '/' })
    await add(teacher, folder.id, 'bài giảng.webm', await webm(student.page, 2))
    await student.page.goto(`${stage.server.url}${folder.at}`)
    const seat = filesPage(student.page)
    await seat.file('bài giảng.webm').click()
    const player = seat.dialog.locator('video')
    const playing = (read: 'videoWidth' | 'currentTime') =>
      player.evaluate((video, what) => (video instanceof HTMLVideoElement ? video[what] : undefined), read)
    await eventually(() => playing('videoWidth')).toBeGreaterThan(0)
    await player.evaluate(async (video) => {
      if (!(video instanceof HTMLVideoElement)) throw new Error('No video.')
      video.muted = true
      video.currentTime = 1
      await video.play()
    })
    await eventually(() => playing('currentTime')).toBeGreaterThan(1)
    expect(student.errors).toEqual([])
  })

  it('that are handed in are seen by who did, and by staff, and by no other student', async () => {
    const { teacher, an, binh, course } = await three('Hand-in')
    const { at } = await folderOf(teacher, course, 'Nộp bài', 'dropbox')
    await using first = await stage.enter(an, { at })
    await filesPage(first.page).choose([pdf('Bài của An.pdf')])
    await filesPage(first.page).file('Bài của An.pdf').waitFor()
    await using second = await stage.enter(binh, { at })
    await second.page.getByText('Nothing handed in yet').waitFor()
    await using staff = await stage.enter(teacher, { at })
    await filesPage(staff.page).file('Bài của An.pdf').waitFor()
  })

  it('that cannot be taken are refused in plain words, before they are sent where that can be known', async () => {
    const { an, course, teacher } = await three('Refusals')
    const folder = await folderOf(teacher, course, 'Shared', 'shared')
    await using person = await stage.enter(an, { at: folder.at })
    const seat = filesPage(person.page)
    await seat.choose([
      { name: 'setup.exe', mimeType: '', buffer: Buffer.from('MZ') },
      { name: 'big.png', mimeType: 'image/png', buffer: Buffer.alloc(10_485_761) },
      { name: 'lie.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no PDF at all') },
      { name: 'nothing.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) },
    ])
    await seat.onItsWay('setup.exe').getByText('Files of the kind .exe are not accepted.').waitFor()
    await seat.onItsWay('big.png').getByText('Too large. Image: at most 10 MB.').waitFor()
    await seat.onItsWay('nothing.pdf').getByText('The file is empty.').waitFor()
    await seat.onItsWay('lie.pdf').getByText('What is in the file is not what its name (.pdf) says').waitFor()
    const said = person.page.locator('[data-uploads-said]')
    await eventually(() => said.textContent()).toContain('lie.pdf was not uploaded.')
    await seat.clearTray.click()
    await seat.tray.waitFor({ state: 'hidden' })
    expect(await namesIn(an, folder.id)).toEqual([])
  })

  it('that there is no room for are refused in plain words, and the bar says how full it is', async () => {
    const { an, course, teacher } = await three('Full')
    const folder = await folderOf(teacher, course, 'Full', 'shared')
    await add(an, folder.id, 'large.wav', wav(1000))
    await using person = await stage.enter(an, { at: folder.at })
    const seat = filesPage(person.page)
    await seat.choose([{ name: 'more.wav', mimeType: 'audio/wav', buffer: wav(100) }])
    await seat.onItsWay('more.wav').getByText('Your storage is full.').waitFor()
    await person.page.goto(`${stage.server.url}/courses/${course.id}/files`)
    await seat.main.getByText(textsOf('en').text('files:quota.nearlyFull')).waitFor()
    expect(await namesIn(an, folder.id)).toEqual(['large.wav'])
  })

  it('are deleted only when nobody has undone it', async () => {
    const { teacher, course } = await three('Deletion')
    const folder = await folderOf(teacher, course, 'Deletion', 'course')
    for (const name of ['keep.pdf', 'undo.pdf', 'delete.pdf']) await add(teacher, folder.id, name, redPdf())
    await using person = await stage.enter(teacher, { at: folder.at })
    const desk = filesPage(person.page)
    await desk.ofFile('undo.pdf', 'file.delete')
    await eventually(desk.names).toHaveLength(2)
    await desk.undo.click()
    await eventually(desk.names).toHaveLength(3)
    await desk.ofFile('delete.pdf', 'file.delete')
    await eventually(desk.names).toHaveLength(2)
    expect(await namesIn(teacher, folder.id)).toHaveLength(3)
    // Who leaves has stopped undoing.
    await person.page.getByRole('link', { name: 'All folders' }).click()
    await eventually(() => namesIn(teacher, folder.id)).toHaveLength(2)
    expect((await namesIn(teacher, folder.id)).sort()).toEqual(['keep.pdf', 'undo.pdf'])
  })

  it('are renamed and moved, and keep their ending', async () => {
    const { teacher, course } = await three('Renaming')
    const from = await folderOf(teacher, course, 'From', 'course')
    const to = await folderOf(teacher, course, 'To', 'course')
    await add(teacher, from.id, 'old.pdf', redPdf())
    await add(teacher, from.id, 'taken.pdf', redPdf())
    await using person = await stage.enter(teacher, { at: from.at })
    const desk = filesPage(person.page)
    await desk.ofFile('old.pdf', 'file.rename')
    const name = desk.dialog.getByRole('textbox', { name: 'Name' })
    await name.fill('taken')
    await name.press('Enter')
    await desk.dialog.getByText('There is a file of this name already.').waitFor()
    await name.fill('mới')
    await name.press('Enter')
    await desk.file('mới.pdf').waitFor()
    await desk.ofFile('mới.pdf', 'file.move')
    await desk.dialog.getByRole('button', { name: 'Move' }).click()
    await eventually(() => namesIn(teacher, to.id)).toEqual(['mới.pdf'])
    await eventually(desk.names).toEqual(['taken.pdf'])
  })

  it('are selected together, one by one, by ranges and all of them, and what is done with them is undone at once', async () => {
    const { teacher, course } = await three('Selecting')
    const from = await folderOf(teacher, course, 'From', 'course')
    const to = await folderOf(teacher, course, 'To', 'course')
    const names = ['1.pdf', '2.pdf', '3.pdf', '4.pdf', '5.pdf']
    for (const name of names) await add(teacher, from.id, name, redPdf())
    await add(teacher, to.id, '1.pdf', redPdf())
    await using person = await stage.enter(teacher, { at: from.at })
    const { page } = person
    const desk = filesPage(page)
    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('name')
    await eventually(desk.names).toEqual(names)
    await desk.select('2.pdf').check()
    await desk.select('4.pdf').click({ modifiers: ['Shift'] })
    await desk.selected.getByText('3 files selected').waitFor()
    await desk.select('4.pdf').press('Escape')
    await desk.selected.waitFor({ state: 'hidden' })
    await desk.select('4.pdf').press('ControlOrMeta+a')
    await desk.selected.getByText('5 files selected').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await desk.select('5.pdf').uncheck()

    await desk.ofSelected('file.delete').click()
    await eventually(desk.names).toEqual(['5.pdf'])
    await desk.undo.click()
    await eventually(desk.names).toEqual(names)

    for (const name of ['1.pdf', '2.pdf']) await desk.select(name).check()
    await desk.ofSelected('selection.move').click()
    await desk.dialog.getByRole('button', { name: 'Move' }).click()
    await eventually(desk.names).toEqual(['3.pdf', '4.pdf', '5.pdf'])
    expect(await namesIn(teacher, to.id)).toEqual(['1.pdf'])
    // One has a name that the other folder has already: it is back, and said by its name.
    await page.getByText('“1.pdf” could not be moved, so it is back.').waitFor()
    await eventually(desk.names).toEqual(['1.pdf', '3.pdf', '4.pdf', '5.pdf'])
    await desk.selected.getByText('1 file selected').waitFor()
    expect((await namesIn(teacher, to.id)).sort()).toEqual(['1.pdf', '2.pdf'])

    await desk.select('3.pdf').check()
    await desk.ofSelected('file.delete').click()
    await eventually(desk.names).toEqual(['4.pdf', '5.pdf'])
    // Who leaves has stopped undoing.
    await page.getByRole('link', { name: 'All folders' }).click()
    await eventually(async () => (await namesIn(teacher, from.id)).sort()).toEqual(['4.pdf', '5.pdf'])
    expect(person.errors).toEqual([])
  })

  it('of which others added some are not offered to be moved or deleted together', async () => {
    const { an, binh, teacher, course } = await three('Of others')
    const folder = await folderOf(teacher, course, 'Shared', 'shared')
    await add(an, folder.id, 'own.pdf', redPdf())
    await add(binh, folder.id, 'other.pdf', redPdf())
    await using person = await stage.enter(an, { at: folder.at, viewport: { width: 360, height: 740 } })
    const seat = filesPage(person.page)
    await seat.select('own.pdf').check()
    await seat.ofSelected('file.delete').waitFor()
    await seat.select('other.pdf').check()
    await seat.selected.getByText('was added by somebody else').waitFor()
    expect(await seat.ofSelected('file.delete').count()).toBe(0)
    await seat.select('other.pdf').uncheck()
    expect(await downloaded(person, () => seat.ofSelected('file.download').click())).toBe('own.pdf')
  })

  it('open by a shared link without signing in, until it is ended', async () => {
    const { teacher, course } = await three('Sharing')
    const folder = await folderOf(teacher, course, 'Sharing', 'course')
    await add(teacher, folder.id, 'shared.pdf', redPdf())
    await using person = await stage.enter(teacher, { at: folder.at })
    await using stranger = await stage.browser.person()
    const desk = filesPage(person.page)
    await desk.ofFile('shared.pdf', 'file.share')
    await desk.createLink.click()
    const url = await desk.shared.inputValue()
    const opened = await stranger.context.request.get(url)
    expect([opened.status(), (await opened.body()).equals(redPdf())]).toEqual([200, true])
    await desk.endLink.click()
    await desk.dialog.getByText('The link has ended.').waitFor()
    expect((await stranger.context.request.get(url)).status()).toBe(403)
  })

  it('go on being uploaded after the network was cut, and after a reload', async () => {
    const { an, course, teacher } = await three('Broken network')
    const folder = await folderOf(teacher, course, 'Broken', 'shared')
    await using proxy = await startFaultProxy(stage.server.url)
    await using person = await stage.enter(an, { at: folder.at, url: proxy.url })
    const seat = filesPage(person.page)
    await seat.upload.waitFor()
    // Slow enough that it is still on its way when it is cut, however busy the machine is.
    proxy.setNetwork({ bytesPerSecond: 200_000 })
    await seat.choose([{ name: 'long.wav', mimeType: 'audio/wav', buffer: wav(1000) }])
    await seat.onItsWay('long.wav').getByRole('progressbar').waitFor()
    proxy.refuse()
    proxy.cutAll('reset')
    await seat.onItsWay('long.wav').getByText('It goes on by itself').waitFor()
    await proxy.accept()
    await seat.pause('long.wav').click()
    proxy.setNetwork({})
    await person.page.reload()
    await seat.resume('long.wav').click()
    await seat.uploaded('long.wav').waitFor()
    await seat.file('long.wav').waitFor()
    expect(await namesIn(an, folder.id)).toEqual(['long.wav'])
  }, 120_000)

  it('are found by words without their marks, by kind and in order', async () => {
    const { teacher, course } = await three('Finding')
    const folder = await folderOf(teacher, course, 'Finding', 'course')
    await using person = await stage.enter(teacher, { at: '/' })
    await add(teacher, folder.id, 'Đào tạo.pdf', redPdf())
    await add(teacher, folder.id, 'Ảnh.png', await redPng(person.page))
    await person.page.goto(`${stage.server.url}${folder.at}`)
    const desk = filesPage(person.page)
    await desk.search.fill('dao ta')
    await eventually(desk.names).toEqual(['Đào tạo.pdf'])
    await desk.search.fill('')
    await eventually(desk.names).toHaveLength(2)
    await person.page.getByRole('combobox', { name: 'Kind of file' }).selectOption('image')
    await eventually(desk.names).toEqual(['Ảnh.png'])
    await desk.search.fill('xyz')
    await person.page.getByText('No file matches').waitFor()
  })

  it('have pages without serious findings of axe, wide and narrow, light and dark', async () => {
    const { teacher, course } = await three('Accessible')
    const folder = await folderOf(teacher, course, 'Accessible', 'dropbox')
    await add(teacher, folder.id, 'a.pdf', redPdf())
    for (const colorScheme of ['light', 'dark'] as const) {
      const viewport = colorScheme === 'light' ? { width: 1280, height: 800 } : { width: 360, height: 740 }
      await using person = await stage.enter(teacher, {
        at: `/courses/${course.id}/files`,
        ...{ colorScheme, viewport, reducedMotion: 'reduce' },
      })
      const desk = filesPage(person.page)
      await desk.folder('Accessible').waitFor()
      expect(await seriousFindings(person.page)).toEqual([])
      await desk.newFolder.click()
      await desk.folderName.waitFor()
      expect(await seriousFindings(person.page)).toEqual([])
      await person.page.keyboard.press('Escape')
      await desk.folder('Accessible').click()
      await desk.choose([pdf('b.pdf'), { name: 'setup.exe', mimeType: '', buffer: Buffer.from('MZ') }])
      await desk.file('b.pdf').first().waitFor()
      expect(await seriousFindings(person.page)).toEqual([])
      await desk.ofFile('a.pdf', 'file.share')
      await desk.createLink.waitFor()
      expect(await seriousFindings(person.page)).toEqual([])
      await person.page.keyboard.press('Escape')
      await desk.file('a.pdf').click()
      await desk.dialog.getByRole('heading', { name: 'a.pdf' }).waitFor()
      expect(await seriousFindings(person.page)).toEqual([])
    }
  }, 120_000)
})
