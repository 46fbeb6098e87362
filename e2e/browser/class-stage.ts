import { type ClassSession, COURSE_SESSION_ROUTES } from '@lectern/protocol'
import type { BrowserOptions, Person } from '../rig/browser.ts'
import { restOf } from '../rig/rest.ts'
import type { Account } from '../rig/school.ts'
import type { ServerProcess } from '../rig/server-process.ts'
import { type ControlledDevices, controlDevices } from './controlled-devices.ts'
import { type ClassPage, classPage } from './pages/class-page.ts'
import { type Classroom, type EnterOptions, openStage } from './stage.ts'

export interface PlannedClass extends Classroom {
  readonly session: ClassSession
}

/** Somebody's browser, at the door of a class or in it. */
export interface Comer extends Person {
  readonly id: string
  readonly room: ClassPage
}

export interface Together extends AsyncDisposable {
  readonly plan: PlannedClass
  readonly teacher: Comer
  readonly student: Comer
  /** Not in it. */
  readonly binh: Account
}

/** The server as it is installed, a browser, and classes of the client's own pages. */
export interface ClassStage extends AsyncDisposable {
  readonly url: string
  readonly server: ServerProcess
  enter(account: Account, options?: EnterOptions): Promise<Person>
  planned(title: string): Promise<PlannedClass>
  atDoor(plan: PlannedClass, account: Account, options?: EnterOptions): Promise<Comer>
  /** In it, through the green room. */
  inside(plan: PlannedClass, account: Account, options?: EnterOptions): Promise<Comer>
  /** The same, with a microphone and a camera in the hands of the test. */
  withDevices(plan: PlannedClass, account: Account): Promise<Comer & { readonly devices: ControlledDevices }>
  /** The teacher and a student, in a class of their own. */
  together(title: string): Promise<Together>
}

export const pathOf = ({ course, session }: PlannedClass): string => `/courses/${course.id}/classes/${session.id}`

export async function openClassStage(
  environment: Readonly<Record<string, string>> = {},
  options: BrowserOptions = {},
): Promise<ClassStage> {
  const stage = await openStage(environment, options)
  const { server } = stage

  const planned = async (title: string): Promise<PlannedClass> => {
    const classroom = await stage.classroom(title)
    const rest = restOf(server.url, classroom.teacher.token)
    const input = { params: { courseId: classroom.course.id }, body: { title } }
    const { data } = await rest(COURSE_SESSION_ROUTES.createSession, input)
    return { ...classroom, session: data }
  }
  const atDoor: ClassStage['atDoor'] = async (plan, account, options = {}) => {
    const person = await stage.enter(account, { at: pathOf(plan), reducedMotion: 'reduce', ...options })
    return { ...person, id: account.id, room: classPage(person.page) }
  }
  const inside: ClassStage['inside'] = async (plan, account, options) => {
    const comer = await atDoor(plan, account, options)
    await comer.room.enter()
    return comer
  }
  return {
    url: server.url,
    server,
    enter: (account, options) => stage.enter(account, options),
    planned,
    atDoor,
    inside,
    async withDevices(plan, account) {
      const comer = await atDoor(plan, account, { at: '/' })
      const devices = await controlDevices(comer.page)
      await comer.page.goto(`${server.url}${pathOf(plan)}`)
      await comer.room.enter()
      return { ...comer, devices }
    },
    async together(title) {
      const plan = await planned(title)
      const [an, binh] = plan.students
      if (an === undefined || binh === undefined) throw new Error('The classroom has two students.')
      const teacher = await inside(plan, plan.teacher)
      const student = await inside(plan, an)
      await teacher.room.tile(an.id).waitFor()
      return {
        plan,
        teacher,
        student,
        binh,
        [Symbol.asyncDispose]: async () => {
          await teacher[Symbol.asyncDispose]()
          await student[Symbol.asyncDispose]()
        },
      }
    },
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  }
}
