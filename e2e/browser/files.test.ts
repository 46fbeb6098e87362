import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../rig/eventually.ts'
import { startFaultProxy } from '../rig/fault-proxy/fault-proxy.ts'
import { redPdf, redPng, wav } from '../rig/media.ts'
import { textsOf } from '../rig/texts.ts'
import { seriousFindings } from './axe.ts'
import { downloaded, type FilesStage, openFilesStage, pdf } from './files-stage.ts'
import { filesPage } from './pages/files-page.ts'

describe("a course's files", () => {
  let stage: FilesStage
  beforeAll(async () => {
    stage = await openFilesStage()
  })
  afterAll(() => stage[Symbol.asyncDispose]())

  it('that are handed in are seen by who did, and by staff, and by no other student', async () => {
    const { teacher, an, binh, course } = await stage.three('Hand-in')
    const { at } = await stage.folderOf(teacher, course, 'Nộp bài', 'dropbox')
    await using first = await stage.enter(an, { at })
    await filesPage(first.page).choose([pdf('Bài của An.pdf')])
    await filesPage(first.page).file('Bài của An.pdf').waitFor()
    await using second = await stage.enter(binh, { at })
    await second.page.getByText('Nothing handed in yet').waitFor()
    await using staff = await stage.enter(teacher, { at })
    await filesPage(staff.page).file('Bài của An.pdf').waitFor()
  })

  it('that cannot be taken are refused in plain words, before they are sent where that can be known', async () => {
    const { an, course, teacher } = await stage.three('Refusals')
    const folder = await stage.folderOf(teacher, course, 'Shared', 'shared')
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
    expect(await stage.namesIn(an, folder.id)).toEqual([])
  })

  it('that there is no room for are refused in plain words, and the bar says how full it is', async () => {
    const { an, course, teacher } = await stage.three('Full')
    const folder = await stage.folderOf(teacher, course, 'Full', 'shared')
    await stage.add(an, folder.id, 'large.wav', wav(1000))
    await using person = await stage.enter(an, { at: folder.at })
    const seat = filesPage(person.page)
    await seat.choose([{ name: 'more.wav', mimeType: 'audio/wav', buffer: wav(100) }])
    await seat.onItsWay('more.wav').getByText('Your storage is full.').waitFor()
    await person.page.goto(`${stage.server.url}/courses/${course.id}/files`)
    await seat.main.getByText(textsOf('en').text('files:quota.nearlyFull')).waitFor()
    expect(await stage.namesIn(an, folder.id)).toEqual(['large.wav'])
  })

  it('are deleted only when nobody has undone it', async () => {
    const { teacher, course } = await stage.three('Deletion')
    const folder = await stage.folderOf(teacher, course, 'Deletion', 'course')
    for (const name of ['keep.pdf', 'undo.pdf', 'delete.pdf']) await stage.add(teacher, folder.id, name, redPdf())
    await using person = await stage.enter(teacher, { at: folder.at })
    const desk = filesPage(person.page)
    await desk.ofFile('undo.pdf', 'file.delete')
    await eventually(desk.names).toHaveLength(2)
    await desk.undo.click()
    await eventually(desk.names).toHaveLength(3)
    await desk.ofFile('delete.pdf', 'file.delete')
    await eventually(desk.names).toHaveLength(2)
    expect(await stage.namesIn(teacher, folder.id)).toHaveLength(3)
    // Who leaves has stopped undoing.
    await person.page.getByRole('link', { name: 'All folders' }).click()
    await eventually(() => stage.namesIn(teacher, folder.id)).toHaveLength(2)
    expect((await stage.namesIn(teacher, folder.id)).sort()).toEqual(['keep.pdf', 'undo.pdf'])
  })

  it('are renamed and moved, and keep their ending', async () => {
    const { teacher, course } = await stage.three('Renaming')
    const from = await stage.folderOf(teacher, course, 'From', 'course')
    const to = await stage.folderOf(teacher, course, 'To', 'course')
    await stage.add(teacher, from.id, 'old.pdf', redPdf())
    await stage.add(teacher, from.id, 'taken.pdf', redPdf())
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
    await eventually(() => stage.namesIn(teacher, to.id)).toEqual(['mới.pdf'])
    await eventually(desk.names).toEqual(['taken.pdf'])
  })

  it('are selected together, one by one, by ranges and all of them, and what is done with them is undone at once', async () => {
    const { teacher, course } = await stage.three('Selecting')
    const from = await stage.folderOf(teacher, course, 'From', 'course')
    const to = await stage.folderOf(teacher, course, 'To', 'course')
    const names = ['1.pdf', '2.pdf', '3.pdf', '4.pdf', '5.pdf']
    for (const name of names) await stage.add(teacher, from.id, name, redPdf())
    await stage.add(teacher, to.id, '1.pdf', redPdf())
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
    expect(await stage.namesIn(teacher, to.id)).toEqual(['1.pdf'])
    // One has a name that the other folder has already: it is back, and said by its name.
    await page.getByText('“1.pdf” could not be moved, so it is back.').waitFor()
    await eventually(desk.names).toEqual(['1.pdf', '3.pdf', '4.pdf', '5.pdf'])
    await desk.selected.getByText('1 file selected').waitFor()
    expect((await stage.namesIn(teacher, to.id)).sort()).toEqual(['1.pdf', '2.pdf'])

    await desk.select('3.pdf').check()
    await desk.ofSelected('file.delete').click()
    await eventually(desk.names).toEqual(['4.pdf', '5.pdf'])
    // Who leaves has stopped undoing.
    await page.getByRole('link', { name: 'All folders' }).click()
    await eventually(async () => (await stage.namesIn(teacher, from.id)).sort()).toEqual(['4.pdf', '5.pdf'])
    expect(person.errors).toEqual([])
  })

  it('of which others added some are not offered to be moved or deleted together', async () => {
    const { an, binh, teacher, course } = await stage.three('Of others')
    const folder = await stage.folderOf(teacher, course, 'Shared', 'shared')
    await stage.add(an, folder.id, 'own.pdf', redPdf())
    await stage.add(binh, folder.id, 'other.pdf', redPdf())
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
    const { teacher, course } = await stage.three('Sharing')
    const folder = await stage.folderOf(teacher, course, 'Sharing', 'course')
    await stage.add(teacher, folder.id, 'shared.pdf', redPdf())
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
    const { an, course, teacher } = await stage.three('Broken network')
    const folder = await stage.folderOf(teacher, course, 'Broken', 'shared')
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
    expect(await stage.namesIn(an, folder.id)).toEqual(['long.wav'])
  }, 120_000)

  it('are found by words without their marks, by kind and in order', async () => {
    const { teacher, course } = await stage.three('Finding')
    const folder = await stage.folderOf(teacher, course, 'Finding', 'course')
    await using person = await stage.enter(teacher, { at: '/' })
    await stage.add(teacher, folder.id, 'Đào tạo.pdf', redPdf())
    await stage.add(teacher, folder.id, 'Ảnh.png', await redPng(person.page))
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
})
