import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFindings } from './axe.ts'
import { type ClassStage, openClassStage, pathOf } from './class-stage.ts'
import { chatPage } from './pages/chat-page.ts'

let stage: ClassStage

beforeAll(async () => {
  stage = await openClassStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

describe('a class in the browser', () => {
  it('is entered through the green room and the lobby, and each sees the other’s picture', async () => {
    const plan = await stage.planned('Through the green room')
    const [an] = plan.students
    if (an === undefined) throw new Error('The classroom has a student.')
    await using student = await stage.atDoor(plan, an)
    await student.room.preview.waitFor()
    await student.room.name.fill('  ')
    await student.room.join.click()
    await student.room.told('entry.name.missing').waitFor()
    await student.room.name.fill('An of class 10')
    await student.room.join.click()
    await student.room.told('lobby.title').waitFor()

    await using teacher = await stage.atDoor(plan, plan.teacher)
    await teacher.room.join.click()
    await teacher.room.plays(student.id)
    await student.room.plays(teacher.id)
    await student.room.plays(student.id)
    await teacher.room.tile(student.id).getByText('An of class 10', { exact: true }).waitFor()
    expect(await student.page.title()).toContain('Through the green room')
    expect([...student.errors, ...teacher.errors]).toEqual([])
  })

  it('shows who is muted, whose camera is off, and hands in the order in which they were raised', async () => {
    await using both = await stage.together('Muted and raised')
    const { teacher, student } = both
    // What comes within a second is said together: of who joins muted, that they joined.
    await teacher.room.announced('Joined: An').waitFor()
    await student.page.keyboard.press('m')
    await teacher.room.mutedMark(student.id).waitFor()
    await teacher.room.announced('Muted: An').waitFor()
    await student.room.button('bar.microphone').click()
    await teacher.room.mutedMark(student.id).waitFor({ state: 'detached' })
    await student.page.keyboard.press('v')
    await teacher.room.picture(student.id).waitFor({ state: 'detached' })

    await student.page.keyboard.press('h')
    await teacher.room.hand(student.id, 1).waitFor()
    await teacher.page.keyboard.press('h')
    await student.room.hand(teacher.id, 2).waitFor()
    await teacher.room.button('panel.people').click()
    const names = teacher.room.hands.getByRole('listitem')
    expect(await names.allTextContents()).toEqual([expect.stringContaining('An'), expect.stringContaining('Hạnh')])
    await teacher.room.panel('people').getByRole('button', { name: 'Lower An’s hand' }).click()
    await student.room.hand(teacher.id, 1).waitFor()
    expect([...student.errors, ...teacher.errors]).toEqual([])
  })

  it('lets who is muted talk while they hold Space', async () => {
    await using both = await stage.together('Push to talk')
    const { teacher, student } = both
    await student.page.keyboard.press('m')
    await teacher.room.mutedMark(student.id).waitFor()
    await student.page.keyboard.down(' ')
    await teacher.room.mutedMark(student.id).waitFor({ state: 'detached' })
    await student.room.told('notice.talking').waitFor()
    await student.page.keyboard.up(' ')
    await teacher.room.mutedMark(student.id).waitFor()
  })

  it('lets staff mute, lock, and put somebody out, who is told', async () => {
    await using both = await stage.together('Directed')
    const { teacher, student, binh } = both
    await teacher.room.button('panel.people').click()
    await teacher.room.menuOf('An').click()
    await teacher.room.menuItem('people.mute').click()
    await student.page.getByText('Ms Hạnh muted your microphone.').waitFor()
    await teacher.room.mutedMark(student.id).waitFor()

    await teacher.page.getByRole('switch', { name: 'Lock the class' }).click()
    await student.room.told('locked').waitFor()
    await using late = await stage.atDoor(both.plan, binh)
    await late.room.join.click()
    await late.room.told('obstacle.locked.title').waitFor()

    await teacher.room.menuOf('An').click()
    await teacher.room.menuItem('remove.open').click()
    await teacher.room.dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    await student.room.told('obstacle.removed.title').waitFor()
    await teacher.room.tile(student.id).waitFor({ state: 'detached' })
  })

  it('has the course’s chat beside it, and ends for everybody when staff says so', async () => {
    await using both = await stage.together('With a chat')
    const { teacher, student } = both
    await student.room.button('panel.chat').click()
    await chatPage(student.page).say('Em chào cô ạ!')
    await teacher.room.bar.getByText('1 unread message').waitFor()
    await teacher.room.button('panel.chat').click()
    await chatPage(teacher.page).message('Em chào cô ạ!').waitFor()

    await teacher.room.button('bar.leave').click()
    await teacher.room.menuItem('end.open').click()
    await teacher.room.dialog.getByRole('button', { name: 'End class', exact: true }).click()
    await student.room.told('obstacle.ended.title').waitFor()
    await teacher.room.told('obstacle.ended.title').waitFor()
    expect([...student.errors, ...teacher.errors]).toEqual([])
  })

  it('can be entered without a microphone and a camera, which says what is the matter', async () => {
    const plan = await stage.planned('Without devices')
    await using teacher = await stage.atDoor(plan, plan.teacher, { at: '/' })
    await teacher.page.addInitScript(() => {
      MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('No.', 'NotAllowedError'))
    })
    await teacher.page.goto(`${stage.url}${pathOf(plan)}`)
    await teacher.room.told('trouble.microphone.denied').waitFor()
    await teacher.room.told('trouble.camera.denied').waitFor()
    await teacher.room.join.click()
    await teacher.room.mutedMark(teacher.id).waitFor()
  })

  it.each(['light', 'dark'] as const)('has no serious finding, before, in, and after it (%s)', async (colorScheme) => {
    const plan = await stage.planned('Seen by all')
    await using teacher = await stage.atDoor(plan, plan.teacher, { colorScheme })
    await teacher.room.preview.waitFor()
    expect(await seriousFindings(teacher.page)).toEqual([])
    await teacher.room.join.click()
    await teacher.room.plays(teacher.id)
    expect(await seriousFindings(teacher.page)).toEqual([])
    await teacher.room.button('panel.people').click()
    await teacher.room.panel('people').waitFor()
    expect(await seriousFindings(teacher.page)).toEqual([])
    await teacher.room.button('keys.title').click()
    await teacher.room.dialog.waitFor()
    expect(await seriousFindings(teacher.page)).toEqual([])
    await teacher.page.keyboard.press('Escape')
    await teacher.room.button('bar.leave').click()
    await teacher.room.menuItem('bar.leaveAlone').click()
    await teacher.room.told('obstacle.left.title').waitFor()
    expect(await seriousFindings(teacher.page)).toEqual([])
    expect(teacher.errors).toEqual([])
  })
})
