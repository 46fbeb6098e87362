import { type ClassSession, COURSE_SESSION_ROUTES } from '@lectern/protocol'
import type { TestBrowser } from '../rig/browser.ts'
import type { DemoName, DemoSchool } from './demo-school.ts'
import type { Act } from './drawn/crowd.ts'
import { drawCrowd } from './drawn-devices.ts'

/** Those who may be in a class beside who looks at it; the first three with a camera. */
const CAST: readonly DemoName[] = ['hanh', 'bao', 'ha', 'huy', 'long', 'mai', 'carter']
const WITH_CAMERA = 3
const TEACHER: DemoName = 'hanh'
const COURSE = 'Đại số tuyến tính'
const TITLE = 'Bài 5: Định thức và ma trận nghịch đảo'

/** People who sit in a class, from one picture to the next. */
export interface ClassCast extends AsyncDisposable {
  readonly courseId: string
  /** A class that is live, with so many of the cast in it, the teacher first. @returns its path */
  live(people: number): Promise<string>
  /** One that has not begun. @returns its path */
  planned(): Promise<string>
  /** What somebody of the cast does, who is in the class. */
  act(name: DemoName, act: Act): Promise<void>
}

export async function openClassCast(browser: TestBrowser, school: DemoSchool): Promise<ClassCast> {
  const { url } = school.server
  const courseId = await school.courseId(COURSE)
  const { page, ...crowd } = await browser.person()
  const there = new Set<DemoName>()
  let session: ClassSession | undefined
  const plan = async (): Promise<ClassSession> => {
    const input = { params: { courseId }, body: { title: TITLE } }
    return (await (await school.as(TEACHER))(COURSE_SESSION_ROUTES.createSession, input)).data
  }
  const begin = async (): Promise<ClassSession> => {
    await drawCrowd(page, url)
    return plan()
  }
  const pathOf = ({ id }: ClassSession) => `/courses/${courseId}/classes/${id}`

  const enter = async (name: DemoName, sessionId: string): Promise<void> => {
    const place = CAST.indexOf(name)
    const comer = {
      userId: await school.idOf(name),
      url,
      token: await school.tokenOf(name),
      sessionId,
      drawn: { place, speaks: name === TEACHER },
      hasCamera: place < WITH_CAMERA,
      isMuted: place % 2 === 1,
    }
    await page.evaluate((one) => window.crowd.enter(one), comer)
    there.add(name)
  }
  const act = async (name: DemoName, what: Act): Promise<void> => {
    await page.evaluate(([userId, done]) => window.crowd.act(userId, done), [await school.idOf(name), what] as const)
  }
  return {
    courseId,
    act,
    async live(people) {
      session ??= await begin()
      const wanted = CAST.slice(0, people)
      for (const name of there) {
        if (wanted.includes(name)) continue
        await act(name, 'leave')
        there.delete(name)
      }
      for (const name of wanted) if (!there.has(name)) await enter(name, session.id)
      return pathOf(session)
    },
    planned: async () => pathOf(await plan()),
    [Symbol.asyncDispose]: () => crowd[Symbol.asyncDispose](),
  }
}
