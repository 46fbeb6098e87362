import type { Page } from 'playwright-core'
import type { accountPages } from '../browser/pages/account-pages.ts'
import type { ChatPage } from '../browser/pages/chat-page.ts'
import type { chatPanels } from '../browser/pages/chat-panels.ts'
import type { ClassPage } from '../browser/pages/class-page.ts'
import type { ClassesPage } from '../browser/pages/classes-page.ts'
import type { CoursePages } from '../browser/pages/course-pages.ts'
import type { FilesPage } from '../browser/pages/files-page.ts'
import type { ServerProcess } from '../rig/server-process.ts'
import type { Texts } from '../rig/texts.ts'
import type { ClassCast } from './class-cast.ts'
import type { DemoName, DemoSchool } from './demo-school.ts'
import type { Look } from './look.ts'

/** What a scene is made of. */
export interface Stagehand {
  readonly school: DemoSchool
  /** A server that nobody has set up. */
  readonly unused: ServerProcess
  readonly look: Look
  readonly texts: Texts
  readonly page: Page
  readonly account: ReturnType<typeof accountPages>
  readonly courses: CoursePages
  readonly chat: ChatPage
  readonly panels: ReturnType<typeof chatPanels>
  readonly files: FilesPage
  readonly classes: ClassesPage
  readonly classroom: ClassPage
  readonly cast: ClassCast
  open(path: string): Promise<unknown>
}

/** A state of a page. */
export interface Scene {
  /** Sorts beside those that are like it. */
  readonly name: string
  /** Who is signed in; nobody when left out. */
  readonly by?: DemoName
  /** On a screen that one touches; with a mouse when left out. */
  readonly byTouch?: true
  /** Resolves when all that is to be seen is there. */
  arrange(hand: Stagehand): Promise<unknown>
  /** After the picture: what others than who looks on would go on with. */
  tidy?(hand: Stagehand): Promise<unknown>
}
