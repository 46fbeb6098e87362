import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ClassStage, openClassStage, pathOf } from './class-stage.ts'
import { outlinedAt } from './controlled-devices.ts'

let stage: ClassStage

beforeAll(async () => {
  stage = await openClassStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

describe('what is large in a class', () => {
  it('is the screen that somebody shares, until they cease, by whatever way', async () => {
    await using both = await stage.together('With a screen')
    const { teacher, student } = both
    await teacher.room.button('bar.share').click()
    await student.room.screen.waitFor()
    await student.page.waitForFunction(() =>
      [...document.querySelectorAll('video')].some((one) => one.videoWidth > 640),
    )
    await student.page.getByText('Ms Hạnh is sharing the screen', { exact: true }).waitFor()
    await student.room.announced('Sharing the screen: Ms Hạnh').waitFor()
    // Beside the cameras, which go on.
    await student.room.plays(teacher.id)
    await teacher.room.notices.getByRole('button', { name: 'Stop sharing' }).click()
    await student.room.screen.waitFor({ state: 'detached' })

    // A page that is loaded again shares nothing, and says so when it is back.
    await teacher.room.button('bar.share').click()
    await student.room.screen.waitFor()
    await teacher.page.reload()
    await teacher.room.enter()
    await student.room.screen.waitFor({ state: 'detached' })
    await student.page.getByText('Ms Hạnh is sharing the screen').waitFor({ state: 'detached' })
    await student.room.plays(teacher.id)
    expect([...student.errors, ...teacher.errors]).toEqual([])
  })

  it('is who was pinned, by mouse or key, until nobody is', async () => {
    await using both = await stage.together('Pinned')
    const { teacher, student } = both
    const large = async () => (await student.room.tile(teacher.id).boundingBox())?.width ?? 0
    const before = await large()
    await student.room.tile(teacher.id).hover()
    await student.room.pin(teacher.id).click()
    await student.room.pin(teacher.id).and(student.page.locator('[aria-pressed="true"]')).waitFor()
    expect(await large()).toBeGreaterThan(before)

    await student.room.pin(student.id).press('Enter')
    await student.room.pin(student.id).and(student.page.locator('[aria-pressed="true"]')).waitFor()
    await student.page.waitForFunction(
      (id) => document.activeElement?.closest(`[data-tile="${id}"]`) !== null,
      student.id,
    )
    expect(await large()).toBeLessThan(before)
    await student.room.pin(student.id).press('Enter')
    await student.room.pin(student.id).and(student.page.locator('[aria-pressed="false"]')).waitFor()
    expect(await large()).toBe(before)
    expect(student.errors).toEqual([])
  })
})

it('has the course’s files beside it, and is as it was when they are put away', async () => {
  await using both = await stage.together('With files')
  const { teacher, student } = both
  await student.room.button('panel.files').focus()
  await student.room.button('panel.files').press('Enter')
  const files = student.room.panel('files')
  await files.waitFor()
  await files.getByText('No folders yet').waitFor()
  await student.room.plays(teacher.id)
  await files.press('Escape')
  await files.waitFor({ state: 'detached' })
  expect(await student.room.button('panel.files').evaluate((one) => one === document.activeElement)).toBe(true)
  expect(student.errors).toEqual([])
})

it('keeps out who is banned, until staff lets them in again', async () => {
  await using both = await stage.together('Kept out')
  const { teacher, student } = both
  await teacher.room.button('panel.people').click()
  await teacher.room.menuOf('An').click()
  await teacher.room.menuItem('remove.open').click()
  await teacher.room.dialog.getByRole('checkbox', { name: 'Do not let them in again' }).check()
  await teacher.room.dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await student.page.getByRole('button', { name: 'Try again' }).click()
  await student.room.join.click()
  await student.room.told('obstacle.banned.title').waitFor()

  await teacher.room.bans.getByRole('button', { name: 'Let An in again' }).click()
  await teacher.room.bans.waitFor({ state: 'detached' })
  await student.page.getByRole('button', { name: 'Try again' }).click()
  await student.room.enter()
  await teacher.room.tile(student.id).waitFor()
  expect([...student.errors, ...teacher.errors]).toEqual([])
})

describe('a microphone and a camera', () => {
  it('outline who speaks, and say to who is muted that nobody hears them', async () => {
    const plan = await stage.planned('Heard')
    await using teacher = await stage.withDevices(plan, plan.teacher)
    const [an] = plan.students
    if (an === undefined) throw new Error('The classroom has a student.')
    await using student = await stage.inside(plan, an)
    await student.room.plays(teacher.id)
    const outlined = outlinedAt(student.page, teacher.id)
    const spoke = await teacher.devices.speak(true)
    process.stdout.write(`Outlined ${Math.round((await outlined) - spoke)} ms after somebody began to speak.\n`)

    const hint = teacher.room.told('notice.mutedTalk')
    const unmute = teacher.room.notices.getByRole('button', { name: 'Unmute' })
    await teacher.page.keyboard.press('m')
    await hint.waitFor()
    await student.room.mutedMark(teacher.id).waitFor()
    await unmute.click()
    await student.room.mutedMark(teacher.id).waitFor({ state: 'detached' })
    await hint.waitFor({ state: 'detached' })

    await teacher.page.keyboard.press('m')
    await hint.waitFor()
    await teacher.room.notices.getByRole('button', { name: 'Close' }).click()
    await hint.waitFor({ state: 'detached' })
    await teacher.devices.speak(false)
    expect([...student.errors, ...teacher.errors]).toEqual([])
  })

  it('that are unplugged give way to others, or are said to be missing', async () => {
    const plan = await stage.planned('Unplugged')
    await using teacher = await stage.withDevices(plan, plan.teacher)
    await teacher.room.plays(teacher.id)
    await teacher.devices.unplug('audio')
    await teacher.room.told('notice.unplugged.microphone.other').waitFor()
    expect(await teacher.room.mutedMark(teacher.id).count()).toBe(0)
    await teacher.room.notices.getByRole('button', { name: 'Close' }).click()

    await teacher.devices.takeAway('video')
    await teacher.devices.unplug('video')
    await teacher.room.told('notice.unplugged.camera.none').waitFor()
    await teacher.room.picture(teacher.id).waitFor({ state: 'detached' })
    expect(teacher.errors).toEqual([])
  })
})

it('is announced in the course’s chat while it is live, and remembered there', async () => {
  const plan = await stage.planned('Bài 1')
  const [an] = plan.students
  if (an === undefined) throw new Error('The classroom has a student.')
  await using reader = await stage.enter(an, { at: `/courses/${plan.course.id}` })
  const { page } = reader
  const banner = page.getByText('Class is live: Bài 1', { exact: true })
  const started = page.getByRole('article').filter({ hasText: 'The class “Bài 1” has started.' })
  await page.getByRole('textbox').first().waitFor()

  await using teacher = await stage.inside(plan, plan.teacher)
  await banner.waitFor()
  await started.getByRole('link', { name: 'Join' }).waitFor()
  expect(await started.getByRole('link').getAttribute('href')).toBe(pathOf(plan))
  await teacher.room.button('bar.leave').click()
  await teacher.room.menuItem('end.open').click()
  await teacher.room.dialog.getByRole('button', { name: 'End class', exact: true }).click()
  const ended = page.getByRole('article').filter({ hasText: 'The class “Bài 1” has ended.' })
  await ended.waitFor()
  await banner.waitFor({ state: 'detached' })
  await started.getByRole('link').waitFor({ state: 'detached' })
  await page.reload()
  await started.waitFor()
  await ended.waitFor()
  expect([...reader.errors, ...teacher.errors]).toEqual([])
})
