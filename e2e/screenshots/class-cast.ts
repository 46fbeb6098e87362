import { API_BASE, type ClassSession, COURSE_SESSION_ROUTES } from '@lectern/protocol'
import { type ClassPage, classPage } from '../browser/pages/class-page.ts'
import type { Person, TestBrowser } from '../rig/browser.ts'
import type { DemoName, DemoSchool } from './demo-school.ts'
import { drawDevices } from './drawn-devices.ts'

/** Those who may be in a class beside who looks at it; the first three with a camera. */
const CAST: readonly DemoName[] = ['hanh', 'bao', 'ha', 'huy', 'long', 'mai', 'carter']
const WITH_CAMERA = 3
const COURSE = 'Đại số tuyến tính'
const TITLE = 'Bài 5: Định thức và ma trận nghịch đảo'

interface Actor {
  readonly person: Person
  readonly room: ClassPage
}

/** People who sit in a class in browsers of their own, from one picture to the next. */
export interface ClassCast extends AsyncDisposable {
  readonly courseId: string
  /** A class that is live, with so many of the cast in it, the teacher first. @returns its path */
  live(people: number): Promise<string>
  /** One that has not begun. @returns its path */
  planned(): Promise<string>
  /** Somebody of the cast, in the class. */
  actor(name: DemoName): ClassPage
}

export async function openClassCast(browser: TestBrowser, school: DemoSchool): Promise<ClassCast> {
  const courseId = await school.courseId(COURSE)
  const actors = new Map<DemoName, Actor>()
  let session: ClassSession | undefined
  const plan = async (): Promise<ClassSession> => {
    const input = { params: { courseId }, body: { title: TITLE } }
    return (await (await school.as('hanh'))(COURSE_SESSION_ROUTES.createSession, input)).data
  }
  const pathOf = ({ id }: ClassSession) => `/courses/${courseId}/classes/${id}`

  const enter = async (name: DemoName, path: string): Promise<void> => {
    const person = await browser.person({ viewport: { width: 480, height: 640 }, reducedMotion: 'reduce' })
    const place = CAST.indexOf(name)
    await drawDevices(person.page, place * 55)
    await person.context.request.post(`${school.server.url}${API_BASE}/auth/login`, {
      data: { email: school.addressOf(name), password: school.password },
      headers: { Origin: school.server.url },
    })
    const room = classPage(person.page)
    await person.page.goto(`${school.server.url}${path}`)
    await room.preview.waitFor()
    if (place >= WITH_CAMERA) await room.withoutCamera.check({ force: true })
    if (place % 2 === 1) await room.muted.check({ force: true })
    await room.join.click()
    await room.bar.waitFor()
    actors.set(name, { person, room })
  }
  return {
    courseId,
    async live(people) {
      session ??= await plan()
      const path = pathOf(session)
      const wanted = CAST.slice(0, people)
      for (const [name, { person }] of actors) {
        if (wanted.includes(name)) continue
        actors.delete(name)
        await person[Symbol.asyncDispose]()
      }
      for (const name of wanted) if (!actors.has(name)) await enter(name, path)
      return path
    },
    planned: async () => pathOf(await plan()),
    actor(name) {
      const actor = actors.get(name)
      if (actor === undefined) throw new Error(`${name} is not in the class.`)
      return actor.room
    },
    async [Symbol.asyncDispose]() {
      for (const { person } of actors.values()) await person[Symbol.asyncDispose]()
    },
  }
}
