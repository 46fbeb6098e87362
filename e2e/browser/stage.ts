import { API_BASE, type CourseRole, type GlobalRole, MEMBER_ROUTES, USER_ROUTES } from '@lectern/protocol'
import type { BrowserContextOptions } from 'playwright-core'
import { type BrowserOptions, type Person, startBrowser, type TestBrowser } from '../rig/browser.ts'
import { restOf } from '../rig/rest.ts'
import { type Account, addCourse, type OwnCourse, setUp, signIn } from '../rig/school.ts'
import { type ServerProcess, startServerProcess } from '../rig/server-process.ts'

/** Writing is not what is slowed down here, and nobody is kept for seconds by those who have left. */
const ENVIRONMENT = { PRESENCE_GRACE_MS: '500', LIMIT_MESSAGES_PER_SEC: '0', LIMIT_EVENTS_PER_SEC: '0' }

export interface Classroom {
  readonly course: OwnCourse
  readonly teacher: Account
  /** In the order in which they were named. */
  readonly students: readonly Account[]
}

export interface EnterOptions extends BrowserContextOptions {
  /** The path that is opened; `/` when left out. */
  readonly at?: string
  /** Where the server is reached, if not at its own URL. */
  readonly url?: string
}

/** The server as it is installed, a browser, and who comes to use them. */
export interface Stage extends AsyncDisposable {
  readonly server: ServerProcess
  readonly browser: TestBrowser
  readonly admin: Account
  account(name: string, role?: GlobalRole): Promise<Account>
  /** A course of its own, with a teacher and students of its own. */
  classroom(title: string, students?: readonly string[]): Promise<Classroom>
  /** Makes another course for the same people. */
  another(classroom: Classroom, title: string): Promise<OwnCourse>
  enrol(course: OwnCourse, account: Account, role: CourseRole): Promise<void>
  /** A browser of somebody's own, signed in. */
  enter(account: Account, options?: EnterOptions): Promise<Person>
}

export async function openStage(
  environment: Readonly<Record<string, string>> = {},
  options: BrowserOptions = {},
): Promise<Stage> {
  const server = await startServerProcess({ environment: { ...ENVIRONMENT, ...environment } })
  const browser = await startBrowser(options)
  const admin = await setUp(server)
  let accounts = 0

  const account = async (name: string, role: GlobalRole = 'student'): Promise<Account> => {
    accounts += 1
    const person = { name, email: `person.${accounts}@example.org`, password: 'a password for the rig' }
    const { data } = await restOf(server.url, admin.token)(USER_ROUTES.createUser, { body: { ...person, role } })
    return { ...person, id: data.id, token: await signIn(server, person) }
  }
  const enrol = async (course: OwnCourse, { id }: Account, role: CourseRole): Promise<void> => {
    const input = { params: { courseId: course.id }, body: { user_id: id, role } }
    await restOf(server.url, admin.token)(MEMBER_ROUTES.addMember, input)
  }
  const courseOf = async (teacher: Account, students: readonly Account[], title: string): Promise<OwnCourse> => {
    const course = await addCourse(server, teacher, title)
    for (const student of students) await enrol(course, student, 'student')
    return course
  }
  return {
    server,
    browser,
    admin,
    account,
    enrol,
    async classroom(title, names = ['An', 'Bình']) {
      const teacher = await account('Ms Hạnh', 'teacher')
      const students = await Promise.all(names.map((name) => account(name)))
      return { course: await courseOf(teacher, students, title), teacher, students }
    },
    another: ({ teacher, students }, title) => courseOf(teacher, students, title),
    async enter({ email, password }, { at = '/', url = server.url, ...options } = {}) {
      const person = await browser.person(options)
      const login = await person.context.request.post(`${url}${API_BASE}/auth/login`, {
        data: { email, password },
        headers: { Origin: url },
      })
      if (!login.ok()) throw new Error(`Signing in: ${login.status()} ${await login.text()}`)
      await person.page.goto(`${url}${at}`)
      return person
    },
    async [Symbol.asyncDispose]() {
      await browser[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}
