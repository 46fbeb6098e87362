import { expect, it } from 'vitest'
import { startBrowser } from '../rig/browser.ts'
import { eventually } from '../rig/eventually.ts'
import { startServerProcess } from '../rig/server-process.ts'
import { accountPages, setupPage } from './pages/account-pages.ts'
import { chatPage } from './pages/chat-page.ts'
import { coursePages } from './pages/course-pages.ts'

const TEACHER = { name: 'Hạnh Nguyễn', email: 'hanh@example.org', password: 'four words in a row' }
const AN = { name: 'An Trần', email: 'an@example.org', password: 'another four words here' }
const BINH = { name: 'Bình Lê', email: 'binh@example.org', password: 'and these are yet others' }

it('begins with the printed link, and ends with a teacher and two students talking', async () => {
  await using server = await startServerProcess()
  await using browser = await startBrowser()

  await using teacher = await browser.person()
  await teacher.page.goto(`${server.url}/setup?token=${await server.setUpToken()}`)
  await setupPage(teacher.page).create(TEACHER)
  const desk = coursePages(teacher.page)
  await desk.heading('No courses yet').waitFor()
  await desk.create.click()
  await desk.titleField.fill('Đại số tuyến tính')
  await desk.submitCreate.click()
  await desk.heading('Invite students').waitFor()
  const code = (await desk.joinCode.textContent()) ?? ''
  await desk.backToCourse.click()
  const board = chatPage(teacher.page)
  await board.say('Chào cả lớp!')
  await board.message('Chào cả lớp!').waitFor()

  await using an = await browser.person()
  await an.page.goto(`${server.url}/`)
  await an.page.getByRole('link', { name: 'Create an account' }).click()
  await accountPages(an.page).register({ ...AN, code })
  const seatOfAn = chatPage(an.page)
  await seatOfAn.say('Em chào cô ạ!')
  await board.message('Em chào cô ạ!').waitFor()

  await using binh = await browser.person()
  await binh.page.goto(`${server.url}/join/${code}`)
  await binh.page.getByRole('heading', { name: 'You are invited to a course' }).waitFor()
  await accountPages(binh.page).register(BINH)
  const seatOfBinh = chatPage(binh.page)
  await seatOfBinh.composer.waitFor()
  await seatOfBinh.say('Bình cũng ở đây.')

  const talk = ['Chào cả lớp!', 'Em chào cô ạ!', 'Bình cũng ở đây.']
  for (const seat of [board, seatOfAn, seatOfBinh]) await eventually(seat.texts).toEqual(talk)
  await eventually(() => board.online.textContent()).toBe('3 online')

  for (const { page } of [teacher, an]) await page.reload()
  for (const seat of [board, seatOfAn]) await eventually(seat.texts).toEqual(talk)

  await coursePages(an.page).signOut()
  await an.page.waitForURL(`${server.url}/`)
  await an.page.reload()
  await accountPages(an.page).signInAs(AN)
  await coursePages(an.page).link('Đại số tuyến tính').click()
  await eventually(seatOfAn.texts).toEqual(talk)
  for (const person of [teacher, an, binh]) expect(person.errors).toEqual([])
})

it('says what is wrong with a registration, and with signing in', async () => {
  await using server = await startServerProcess()
  await using browser = await startBrowser()
  await using somebody = await browser.person()
  const { page, errors } = somebody
  await page.goto(`${server.url}/register?code=AAAA-BBBB-CCCC`)
  const pages = accountPages(page)
  await eventually(() => pages.code.inputValue()).toBe('AAAA-BBBB-CCCC')
  await pages.register({ name: 'An', email: 'an@example.org', password: 'short' })
  await page.getByText('Use 10 to 200 characters.').waitFor()
  await pages.register({ name: 'An', email: 'an@example.org', password: 'long enough for this' })
  await page.getByText('This code is not valid.').waitFor()

  await page.getByRole('link', { name: 'Sign in' }).click()
  await pages.signInAs({ email: 'nobody@example.org', password: 'something or other' })
  await page.getByText('The e-mail address or the password is wrong.').waitFor()
  expect(errors).toEqual([])
})
