import { FILE_RECORD_ROUTES, type FileRecord } from '@lectern/protocol'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../rig/eventually.ts'
import { redPdf, redPng, wav } from '../rig/media.ts'
import { restOf } from '../rig/rest.ts'
import type { Account } from '../rig/school.ts'
import { logOf } from './chat-log.ts'
import { chatAttachments } from './pages/chat-attachments.ts'
import { chatPage } from './pages/chat-page.ts'
import type { DeviceFile } from './pages/transfer.ts'
import { openStage, type Stage } from './stage.ts'

const UPLOADS = '**/api/v1/files/tus/**'
const WAITING_ROW = '**/assets/waiting-row-*.js'

const document = (name: string): DeviceFile => ({ name, mimeType: 'application/pdf', buffer: redPdf() })
const picture = async (page: Page, name: string): Promise<DeviceFile> => ({
  name,
  mimeType: 'image/png',
  buffer: await redPng(page),
})

describe('files in the chat of two people', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ LIMIT_UPLOADS_PER_MIN: '0' })
  })
  afterAll(() => stage[Symbol.asyncDispose]())

  /** Two students of a course of their own, in its chat. */
  async function two(title: string) {
    const classroom = await stage.classroom(title)
    const [an, binh] = classroom.students
    if (an === undefined || binh === undefined) throw new Error('The classroom has two students.')
    const at = `/courses/${classroom.course.id}`
    const [left, right] = await Promise.all([stage.enter(an, { at }), stage.enter(binh, { at })])
    const seat = (page: Page) => ({ ...chatPage(page), ...chatAttachments(page) })
    const both = { left: seat(left.page), right: seat(right.page) }
    await Promise.all([both.left.composer.waitFor(), both.right.composer.waitFor()])
    return {
      ...classroom,
      an,
      ...both,
      people: [left, right],
      async [Symbol.asyncDispose]() {
        await Promise.all([left[Symbol.asyncDispose](), right[Symbol.asyncDispose]()])
      },
    }
  }

  const filesOf = async (reader: Account, courseId: string) =>
    (await logOf(stage.server, reader, courseId)).map(({ message, message_type, file }) => [
      message_type,
      message,
      file?.original_name,
    ])

  const loaded = (seat: { picture(name: string): ReturnType<Page['getByRole']> }, name: string) =>
    eventually(() =>
      seat
        .picture(name)
        .getByRole('img')
        .evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0),
    ).toBe(true)

  it('are chosen, and go out as one message each, in order, the text with the first; both see them', async () => {
    await using there = await two('Choosing')
    const { left, right, an, course, people } = there
    await left.choose(await picture(left.page, 'sơ đồ.png'), document('bài tập.pdf'), {
      name: 'phát âm.wav',
      mimeType: 'audio/wav',
      buffer: wav(1),
    })
    await eventually(() => left.ready.count()).toBe(3)
    await left.say('Của nhóm mình đây')
    for (const seat of [left, right]) {
      await loaded(seat, 'sơ đồ.png')
      await seat.file('bài tập.pdf').waitFor()
      await seat.file('phát âm.wav').waitFor()
    }
    await eventually(() => left.chips.count()).toBe(0)
    expect(await filesOf(an, course.id)).toEqual([
      ['image', 'Của nhóm mình đây', 'sơ đồ.png'],
      ['file', '', 'bài tập.pdf'],
      ['file', '', 'phát âm.wav'],
    ])
    await eventually(() => right.announcer.textContent()).toContain('An sent a picture: sơ đồ.png. Của nhóm mình đây')
    for (const { errors } of people) expect(errors).toEqual([])
  })

  it('are pasted and dropped; a screenshot is named by its time', async () => {
    await using there = await two('Pasting')
    const { left, right, an, course, people } = there
    await left.say('Xem nhé')
    await left.stored('Xem nhé').waitFor()
    await left.paste(await picture(left.page, 'image.png'))
    await left.drop(document('dropped.pdf'))
    await eventually(() => left.ready.count()).toBe(2)
    await left.send.click()
    await right.file('dropped.pdf').waitFor()
    const [, first, second] = await filesOf(an, course.id)
    expect(first).toEqual(['image', '', expect.stringMatching(/^Screenshot \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png$/)])
    expect(second).toEqual(['file', '', 'dropped.pdf'])
    await loaded(right, String(first?.[2]))
    for (const { errors } of people) expect(errors).toEqual([])
  })

  it('may be sent while they are on their way, over a reload, and from another page', async () => {
    await using there = await two('Reloading')
    const { left, right, an, course, people } = there
    const { page } = left
    await page.route(UPLOADS, () => undefined)
    await left.choose(await picture(page, 'reloaded.png'))
    await left.chip('reloaded.png').getByRole('progressbar').waitFor()
    await left.say('Đang gửi hình')
    await left.message('Đang gửi hình').getByRole('progressbar').waitFor()
    await left.say('Chờ chút nhé')
    await right.message('Chờ chút nhé').waitFor()
    await page.reload()
    await left.message('Đang gửi hình').waitFor()
    await page.goto(`${stage.server.url}/`)
    await page.unroute(UPLOADS)
    await page.reload()
    await loaded(right, 'reloaded.png')
    expect(await filesOf(an, course.id)).toEqual([
      ['text', 'Chờ chút nhé', undefined],
      ['image', 'Đang gửi hình', 'reloaded.png'],
    ])
    for (const { errors } of people) expect(errors).toEqual([])
  })

  it('wait while the machine is offline, and go out once when it is back', async () => {
    await using there = await two('Offline')
    const { left, right, an, course, people } = there
    const [away] = people
    const file = await picture(left.page, 'offline.png')
    // Its script and its texts come when they are first wanted.
    await left.choose(document('other.pdf'))
    await left.ready.waitFor()
    await left.chip('other.pdf').getByRole('button').click()
    await away?.context.setOffline(true)
    await left.choose(file)
    await left.say('Từ trên tàu')
    await left.offline.waitFor()
    await away?.context.setOffline(false)
    await loaded(right, 'offline.png')
    expect(await filesOf(an, course.id)).toEqual([['image', 'Từ trên tàu', 'offline.png']])
  })

  it('are attached once all that will show them was fetched; where that fails, the person is told', async () => {
    const { course, students } = await stage.classroom('Fetching')
    const [an] = students
    if (an === undefined) throw new Error('The classroom has a student.')
    await using away = await stage.enter(an)
    const { page } = away
    await page.route(WAITING_ROW, (route) => route.abort())
    await page.goto(`${stage.server.url}/courses/${course.id}`)
    const chat = { ...chatPage(page), ...chatAttachments(page) }
    await chat.choose(document('early.pdf'))
    await page.getByText('This part could not be loaded').waitFor()
    expect(await chat.chips.count()).toBe(0)
    await page.unroute(WAITING_ROW)
    await chat.choose(document('again.pdf'))
    await chat.ready.waitFor()
  })

  it('go out with a text that was sent before all that will show them was fetched', async () => {
    const { course, students } = await stage.classroom('Slow')
    const [an] = students
    if (an === undefined) throw new Error('The classroom has a student.')
    await using away = await stage.enter(an)
    const { page } = away
    const asked = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    await page.route(WAITING_ROW, async (route) => {
      asked.resolve()
      await answered.promise
      await route.continue()
    })
    await page.goto(`${stage.server.url}/courses/${course.id}`)
    const chat = { ...chatPage(page), ...chatAttachments(page) }
    await chat.choose(document('slow.pdf'))
    await asked.promise
    await chat.say('Có tệp kèm theo')
    answered.resolve()
    await eventually(() => filesOf(an, course.id)).toEqual([['file', 'Có tệp kèm theo', 'slow.pdf']])
  })

  it('that are too large, or of a kind that is not taken, are refused at once, with the reason', async () => {
    await using there = await two('Refusing')
    const { left } = there
    const large = { name: 'huge.png', mimeType: 'image/png', buffer: Buffer.alloc(10 * 1_048_576 + 1) }
    await left.choose(large, { name: 'run.exe', mimeType: '', buffer: Buffer.from('MZ') })
    await eventually(() => left.refusal.allTextContents()).toEqual([
      expect.stringMatching(/^Too large\. .*10 MB/),
      'Files of the kind .exe are not accepted.',
    ])
    expect(await left.send.isEnabled()).toBe(false)
    await left.chip('huge.png').getByRole('button').click()
    await left.chip('run.exe').getByRole('button').click()
    await eventually(() => left.chips.count()).toBe(0)
  })

  it('whose content is not what their name says are refused by the server, and the others go out', async () => {
    await using there = await two('Lying')
    const { left, right, an, course } = there
    await left.choose(
      { name: 'lie.png', mimeType: 'image/png', buffer: Buffer.from('not a picture at all, and long enough') },
      document('true.pdf'),
    )
    await left.refusal.filter({ hasText: '.png' }).waitFor()
    await left.say('Hai tệp')
    await right.file('true.pdf').waitFor()
    await left.message('Hai tệp').getByRole('button', { name: 'Discard' }).click()
    await eventually(() => left.message('Hai tệp').count()).toBe(0)
    expect(await filesOf(an, course.id)).toEqual([['file', '', 'true.pdf']])
  })

  it('show everywhere when they are renamed or deleted; their pictures open before the page', async () => {
    await using there = await two('Changing')
    const { left, right, an, course, people } = there
    await left.choose(await picture(left.page, 'one.png'), await picture(left.page, 'two.png'))
    await left.send.click()
    for (const seat of [left, right]) for (const name of ['one.png', 'two.png']) await loaded(seat, name)
    await right.picture('one.png').click()
    await right.viewer.getByRole('img', { name: 'one.png' }).waitFor()
    await right.next.click()
    await right.viewer.getByRole('img', { name: 'two.png' }).waitFor()
    await right.page.keyboard.press('ArrowLeft')
    await right.viewer.getByRole('img', { name: 'one.png' }).waitFor()
    await right.page.keyboard.press('Escape')
    await right.viewer.waitFor({ state: 'hidden' })
    await eventually(() => right.picture('one.png').evaluate((link) => link === link.ownerDocument.activeElement)).toBe(
      true,
    )
    const rest = restOf(stage.server.url, an.token)
    const files = (await logOf(stage.server, an, course.id)).map(({ file }) => file)
    const [one, second] = files.filter((file): file is FileRecord => file !== null && !('deleted' in file))
    if (one === undefined || second === undefined) throw new Error('There are two pictures.')
    const body = { folder: one.folder_id, file: one.filename, to_folder: one.folder_id, to_name: 'renamed.png' }
    await rest(FILE_RECORD_ROUTES.moveFile, { body })
    await rest(FILE_RECORD_ROUTES.deleteFile, { params: { folder: second.folder_id, file: second.filename } })
    for (const seat of [left, right]) {
      await seat.picture('renamed.png').waitFor()
      await seat.deleted.waitFor()
      await seat.list.getByTitle('two.png').waitFor()
    }
    for (const { errors } of people) expect(errors).toEqual([])
  })

  it('of students and of teachers come into one folder, to which all may add', async () => {
    await using there = await two('Folder')
    const { left, right, teacher, course } = there
    await using desk = await stage.enter(teacher, { at: `/courses/${course.id}` })
    const front = { ...chatPage(desk.page), ...chatAttachments(desk.page) }
    await front.choose(document('plan.pdf'))
    await front.say('Kế hoạch')
    await right.file('plan.pdf').waitFor()
    await left.choose(document('answer.pdf'))
    await left.say('Trả lời')
    await right.file('answer.pdf').waitFor()
    const { data } = await restOf(stage.server.url, teacher.token)(FILE_RECORD_ROUTES.listFolders, {
      query: { course_id: course.id },
    })
    expect(data.map(({ name, visibility }) => [name, visibility])).toEqual([['chat', 'shared']])
  })
})
