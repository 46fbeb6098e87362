// Every page in every state, as people see it: `npm run screenshots`, or `npm run screenshots -- c10` for those so named,
// and `npm run screenshots -- c10 look=vi-0360` for those looks of them alone.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { API_BASE } from '@lectern/protocol'
import type { Page } from 'playwright-core'
import { accountPages } from '../browser/pages/account-pages.ts'
import { chatPage } from '../browser/pages/chat-page.ts'
import { chatPanels } from '../browser/pages/chat-panels.ts'
import { classPage } from '../browser/pages/class-page.ts'
import { classesPage } from '../browser/pages/classes-page.ts'
import { coursePages } from '../browser/pages/course-pages.ts'
import { filesPage } from '../browser/pages/files-page.ts'
import { startBrowser, type TestBrowser } from '../rig/browser.ts'
import { startServerProcess } from '../rig/server-process.ts'
import { textsOf } from '../rig/texts.ts'
import { openClassCast } from './class-cast.ts'
import { openDemoSchool } from './demo-school.ts'
import { fileOf, LOCALES, type Look, looksNamed } from './look.ts'
import type { Scene, Stagehand } from './scene.ts'
import { ACCOUNT_SCENES } from './scenes/account-scenes.ts'
import { ATTACHMENT_SCENES } from './scenes/attachment-scenes.ts'
import { CHAT_SCENES } from './scenes/chat-scenes.ts'
import { CLASS_SCENES } from './scenes/class-scenes.ts'
import { CLASSROOM_SCENES } from './scenes/classroom-scenes.ts'
import { COURSE_SCENES } from './scenes/course-scenes.ts'
import { FILE_SCENES } from './scenes/files-scenes.ts'
import { takeSheet } from './sheet.ts'
import { CROWDED } from './talk.ts'

const FOLDER = join(import.meta.dirname, 'out')
const DOCS = join(import.meta.dirname, '../../docs/images')
/** Scenes that the documentation shows, as they look to most. */
const SHOWN_IN_DOCS: ReadonlyMap<string, string> = new Map([
  ['c10-crowded', 'chat.png'],
  ['k11-class-4', 'class.png'],
])

/** What all scenes share. */
type World = Pick<Stagehand, 'school' | 'unused' | 'cast'>

const said = (line: string): unknown => process.stdout.write(`${line}\n`)

function stagehand(page: Page, look: Look, { school, unused, cast }: World): Stagehand {
  const texts = textsOf(look.language)
  return {
    school,
    unused,
    look,
    texts,
    page,
    account: accountPages(page, texts),
    courses: coursePages(page, texts),
    chat: chatPage(page, texts),
    panels: chatPanels(page, texts),
    files: filesPage(page, texts),
    classes: classesPage(page, texts),
    classroom: classPage(page, texts),
    cast,
    open: (path) => page.goto(`${school.server.url}${path}`),
  }
}

/** Where it is about ten in the morning, which suits a school. */
function schoolTime(): string {
  const away = 10 - new Date().getUTCHours()
  // There are zones up to fourteen hours ahead, and only twelve behind.
  const ahead = away < -12 ? away + 24 : away
  // POSIX counts westward: `Etc/GMT-7` is seven hours ahead.
  return ahead === 0 ? 'Etc/UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}

/** Fonts are there, pictures are drawn, and nothing moves. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    await Promise.allSettled(
      document
        .getAnimations()
        .flatMap(({ effect, finished }) =>
          effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY ? [] : [finished],
        ),
    )
  })
}

async function take(browser: TestBrowser, world: World, scene: Scene, look: Look) {
  const { school } = world
  await using person = await browser.person({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.scheme,
    locale: LOCALES[look.language],
    reducedMotion: 'reduce',
    hasTouch: scene.byTouch === true,
    timezoneId: schoolTime(),
  })
  const { page, context, errors } = person
  if (scene.by !== undefined) {
    await context.request.post(`${school.server.url}${API_BASE}/auth/login`, {
      data: { email: school.addressOf(scene.by), password: school.password },
      headers: { Origin: school.server.url },
    })
  }
  const hand = stagehand(page, look, world)
  await scene.arrange(hand)
  await settled(page)
  await page.screenshot({ path: join(FOLDER, fileOf(scene.name, look)) })
  const shown = SHOWN_IN_DOCS.get(scene.name)
  const isForDocs = look.width > 600 && look.scheme === 'light' && look.language === 'en'
  if (shown !== undefined && isForDocs) await page.screenshot({ path: join(DOCS, shown) })
  await scene.tidy?.(hand)
  if (errors.length > 0) said(`  ${errors.join('\n  ')}`)
}

const LOOK = 'look='
const wanted = process.argv.slice(2).filter((word) => !word.startsWith(LOOK))
const looks = looksNamed(process.argv.filter((word) => word.startsWith(LOOK)).map((word) => word.slice(LOOK.length)))
const scenes = [
  ...ACCOUNT_SCENES,
  ...COURSE_SCENES,
  ...CHAT_SCENES,
  ...ATTACHMENT_SCENES,
  ...FILE_SCENES,
  ...CLASS_SCENES,
  ...CLASSROOM_SCENES,
].filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.startsWith(part)))
// Four cameras in a browser are work enough without a desktop's around it, which shows nothing of theirs.
const whole = scenes.some((scene) => !CLASSROOM_SCENES.includes(scene))

await mkdir(FOLDER, { recursive: true })
await mkdir(DOCS, { recursive: true })
await using school = await openDemoSchool()
await using unused = await startServerProcess()
await using browser = await startBrowser({ whole })
const crowded = await school.courseId('Introduction to Programming')
await school.say(crowded, CROWDED)
// Who opens it finds the end.
for (const name of ['anh', 'hanh', 'carter'] as const) {
  await (await school.client(name)).emit('chat:mark_read', { courseId: crowded, seq: 1_000_000 })
}
await using cast = await openClassCast(browser, school)
await using viewer = await browser.person()
let failures = 0
for (const scene of scenes) {
  for (const look of looks) {
    try {
      await take(browser, { school, unused, cast }, scene, look)
    } catch (error) {
      failures += 1
      said(`${fileOf(scene.name, look)}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  await takeSheet(viewer.page, FOLDER, scene.name, looks)
  said(scene.name)
}
process.exitCode = failures === 0 ? 0 : 1
