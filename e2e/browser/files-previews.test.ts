import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../rig/eventually.ts'
import { redPdf, redPng, wav, webm } from '../rig/media.ts'
import { seriousFindings } from './axe.ts'
import { downloaded, type FilesStage, openFilesStage, pdf } from './files-stage.ts'
import { filesPage } from './pages/files-page.ts'

describe("a course's files, with what a whole browser shows of them", () => {
  let stage: FilesStage
  beforeAll(async () => {
    stage = await openFilesStage({ whole: true })
  })
  afterAll(() => stage[Symbol.asyncDispose]())

  it('come in by button, drop and paste, and a student sees, previews and downloads them', async () => {
    const { teacher, an, course } = await stage.three('Three ways in')
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
    const { teacher, an, course } = await stage.three('Previews')
    const folder = await stage.folderOf(teacher, course, 'Previews', 'course')
    await using student = await stage.enter(an, { at: '/' })
    await stage.add(teacher, folder.id, 'ảnh.png', await redPng(student.page))
    await stage.add(teacher, folder.id, 'tone.wav', wav(1))
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
    const { teacher, an, course } = await stage.three('A video')
    const folder = await stage.folderOf(teacher, course, 'Videos', 'course')
    await using student = await stage.enter(an, { at: '/' })
    await stage.add(teacher, folder.id, 'bài giảng.webm', await webm(student.page, 2))
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

  it('have pages without serious findings of axe, wide and narrow, light and dark', async () => {
    const { teacher, course } = await stage.three('Accessible')
    const folder = await stage.folderOf(teacher, course, 'Accessible', 'dropbox')
    await stage.add(teacher, folder.id, 'a.pdf', redPdf())
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
