import { expect, it } from 'vitest'
import { eventually } from '../rig/eventually.ts'
import { said } from './chat-log.ts'
import { chatPage } from './pages/chat-page.ts'
import { openStage } from './stage.ts'

const NO_CONNECTION = 'No connection to the server.'

it('a server that is killed in the middle of a conversation loses nothing, and says nothing twice', async () => {
  await using stage = await openStage()
  const { course, students } = await stage.classroom('Crash')
  const [an, binh] = students
  if (an === undefined || binh === undefined) throw new Error('The classroom has two students.')
  const at = `/courses/${course.id}`
  await using left = await stage.enter(an, { at })
  await using right = await stage.enter(binh, { at })
  const [seatOfAn, seatOfBinh] = [chatPage(left.page), chatPage(right.page)]
  await seatOfAn.say('An 1')
  await seatOfBinh.message('An 1').waitFor()
  await seatOfBinh.say('Bình 1')
  await seatOfAn.message('Bình 1').waitFor()

  // Some of these are stored, some on their way, and some not sent when it dies.
  const writing = (async () => {
    for (let n = 2; n <= 6; n += 1) await Promise.all([seatOfAn.say(`An ${n}`), seatOfBinh.say(`Bình ${n}`)])
  })()
  await seatOfBinh.message('An 3').waitFor()
  await stage.server.kill('SIGKILL')
  await writing
  for (const { page } of [left, right]) await page.getByText(NO_CONNECTION).waitFor()
  await seatOfAn.say('An 7')
  await stage.server.restart()
  for (const { page } of [left, right]) await page.getByText(NO_CONNECTION).waitFor({ state: 'hidden' })

  await eventually(() => said(stage.server, an, course.id)).toHaveLength(13)
  const log = await said(stage.server, an, course.id)
  for (const seat of [seatOfAn, seatOfBinh]) await eventually(seat.texts).toEqual(log)
  const of = (name: string) => log.filter((text) => text.startsWith(name))
  expect(of('An')).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `An ${n}`))
  expect(of('Bình')).toEqual([1, 2, 3, 4, 5, 6].map((n) => `Bình ${n}`))
  expect([...left.errors, ...right.errors]).toEqual([])
})

it('what two tabs of one person have not sent is sent once', async () => {
  await using stage = await openStage()
  const { course, students } = await stage.classroom('Tabs')
  const [an] = students
  if (an === undefined) throw new Error('The classroom has a student.')
  const at = `/courses/${course.id}`
  await using person = await stage.enter(an, { at })
  const second = await person.context.newPage()
  await second.goto(`${stage.server.url}${at}`)
  const [first, other] = [chatPage(person.page), chatPage(second)]
  await Promise.all([first.composer.waitFor(), other.composer.waitFor()])
  await stage.server.kill('SIGKILL')
  await person.page.getByText(NO_CONNECTION).waitFor()
  await second.getByText(NO_CONNECTION).waitFor()
  await first.say('first 1')
  await other.say('second 1')
  await first.say('first 2')
  await other.say('second 2')
  await stage.server.restart()

  await eventually(() => said(stage.server, an, course.id)).toHaveLength(4)
  for (const tab of [first, other]) {
    await eventually(() => tab.waiting.or(tab.sending).count()).toBe(0)
    await eventually(async () => (await tab.texts()).toSorted()).toEqual(['first 1', 'first 2', 'second 1', 'second 2'])
  }
  const log = await said(stage.server, an, course.id)
  expect(log.filter((text) => text.startsWith('first'))).toEqual(['first 1', 'first 2'])
  expect(log.filter((text) => text.startsWith('second'))).toEqual(['second 1', 'second 2'])
  expect(person.errors).toEqual([])
})
