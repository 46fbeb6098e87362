import { fileURLToPath } from 'node:url'
import { COURSE_SESSION_ROUTES } from '@lectern/protocol'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { type Person, startBrowser, type TestBrowser } from '../rig/browser.ts'
import { eventually } from '../rig/eventually.ts'
import { restOf } from '../rig/rest.ts'
import { type ServerProcess, startServerProcess } from '../rig/server-process.ts'
import { signToken } from '../rig/tokens.ts'
import type { Seen } from './class-page.ts'
import { bundle, type LmsPage, startLmsPage } from './lms-page.ts'

const PAGE = fileURLToPath(new URL('class-page.ts', import.meta.url))
const COURSE = 'algebra'
const SESSION = 'lesson-1'
const TOKENS = {
  an: signToken({ sub: 'an', courses: { [COURSE]: 'teacher' } }),
  binh: signToken({ sub: 'binh', courses: { [COURSE]: 'student' } }),
}

const look = (page: Page): Promise<Seen> => page.evaluate(() => window.classPage.look())

/** Opens the page, and is in when it resolves. */
async function enter(page: Page, lms: LmsPage, server: ServerProcess, sub: keyof typeof TOKENS) {
  await page.goto(lms.url)
  const token = TOKENS[sub]
  await page.evaluate((entrance) => window.classPage.enter(entrance), { url: server.url, token, sessionId: SESSION })
}

async function addPerson(browser: TestBrowser, people: AsyncDisposableStack): Promise<Person> {
  return people.use(await browser.person())
}

/** Pictures and sound of the other come, from now on. */
async function receives(page: Page, userId: string): Promise<void> {
  await eventually(async () => (await look(page)).peers[userId]?.link).toBe('connected')
  const { frames = 0, heard = 0 } = (await look(page)).peers[userId] ?? {}
  await eventually(async () => ((await look(page)).peers[userId]?.frames ?? 0) - frames).toBeGreaterThan(5)
  await eventually(async () => ((await look(page)).peers[userId]?.heard ?? 0) - heard).toBeGreaterThan(4_800)
}

it('two people see and hear each other, share a screen beside the camera, and are back after a reload and a killed server', async () => {
  await using lms = await startLmsPage()
  await using server = await startServerProcess({ environment: { ALLOWED_ORIGINS: lms.url } })
  await using browser = await startBrowser()
  await using people = new AsyncDisposableStack()
  lms.serve({ script: await bundle(`import ${JSON.stringify(PAGE)}`) })
  const body = { id: SESSION, title: 'Bài 1' }
  await restOf(server.url, TOKENS.an)(COURSE_SESSION_ROUTES.createSession, { params: { courseId: COURSE }, body })
  const an = await addPerson(browser, people)
  const binh = await addPerson(browser, people)

  await enter(an.page, lms, server, 'an')
  await enter(binh.page, lms, server, 'binh')
  await receives(an.page, 'binh')
  await receives(binh.page, 'an')
  await eventually(async () => (await look(an.page)).speaking).toContain('binh')

  await binh.page.evaluate(() => window.classPage.media.setMicrophone(false))
  await binh.page.evaluate(() => window.classPage.media.setCamera(false))
  await eventually(async () => (await look(an.page)).peers['binh']).toMatchObject({ audio: false, video: false })
  await eventually(async () => (await look(an.page)).speaking).not.toContain('binh')
  await binh.page.evaluate(() => window.classPage.media.setMicrophone(true))
  await binh.page.evaluate(() => window.classPage.media.setCamera(true))
  await receives(an.page, 'binh')

  await an.page.evaluate(() => window.classPage.room.shareScreen())
  await eventually(async () => (await look(binh.page)).peers['an']?.screenFrames).toBeGreaterThan(3)
  const { frames = 0 } = (await look(binh.page)).peers['an'] ?? {}
  await eventually(async () => ((await look(binh.page)).peers['an']?.frames ?? 0) - frames).toBeGreaterThan(5)
  await an.page.evaluate(() => window.classPage.room.stopSharing())
  await eventually(async () => (await look(binh.page)).peers['an']?.screenWidth).toBe(0)

  await binh.page.evaluate(() => window.classPage.room.raiseHand())
  await enter(binh.page, lms, server, 'binh')
  await receives(an.page, 'binh')
  await receives(binh.page, 'an')
  expect((await look(binh.page)).hands).toEqual(['binh'])

  await server.kill('SIGKILL')
  await eventually(async () => (await look(an.page)).isOnline).toBe(false)
  await server.restart()
  for (const { page } of [an, binh]) {
    await eventually(async () => (await look(page)).isOnline, { withinMs: 15_000 }).toBe(true)
  }
  await receives(an.page, 'binh')
  expect(await look(an.page)).toMatchObject({ status: 'joined', you: ['audio', 'video'], hands: ['binh'] })

  await an.page.evaluate(() => window.classPage.room.mute('binh'))
  await eventually(() => look(binh.page)).toMatchObject({ isMuted: true, mutedBy: 'an', you: ['video'] })
  await binh.page.evaluate(() => window.classPage.room.leave())
  expect(await look(binh.page)).toMatchObject({ status: 'left', left: 'left' })
  await eventually(async () => Object.keys((await look(an.page)).peers)).toEqual([])
  expect([an.errors, binh.errors]).toEqual([[], []])
})
