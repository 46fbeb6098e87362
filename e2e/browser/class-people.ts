import { fileURLToPath } from 'node:url'
import { type AttendanceRecord, COURSE_SESSION_ROUTES, SESSION_ROUTES } from '@lectern/protocol'
import { type Person, startBrowser } from '../rig/browser.ts'
import { eventually } from '../rig/eventually.ts'
import { restOf } from '../rig/rest.ts'
import { type ServerProcess, startServerProcess } from '../rig/server-process.ts'
import { signToken } from '../rig/tokens.ts'
import type { Entrance, Seen, SeenPeer } from './class-page.ts'
import { bundle, startLmsPage } from './lms-page.ts'

const PAGE = fileURLToPath(new URL('class-page.ts', import.meta.url))
const COURSE = 'algebra'
const SESSION = 'lesson-1'

/** Somebody in the class, on a page with nothing else. */
export interface Attendee extends Person {
  readonly userId: string
  /** Opens the page anew; in when it resolves. */
  enter(how?: Partial<Pick<Entrance, 'relay' | 'url'>>): Promise<void>
  look(): Promise<Seen>
  /** What this one sees of another. */
  of(userId: string): Promise<SeenPeer | undefined>
  /** Resolves when pictures and sound of the other come, from now on. */
  receives(userId: string, options?: { readonly withinMs?: number }): Promise<void>
}

export interface OpenClass extends AsyncDisposable {
  readonly server: ServerProcess
  /** What the server has of who was there; the teacher asks. */
  attendance(): Promise<readonly AttendanceRecord[]>
  /** @param role in the course; a student when left out */
  person(userId: string, role?: 'teacher' | 'student'): Promise<Attendee>
}

/** A server with one class planned, and a browser for those who come. */
export async function openClass(environment: Readonly<Record<string, string>> = {}): Promise<OpenClass> {
  const lms = await startLmsPage()
  const server = await startServerProcess({ environment: { ALLOWED_ORIGINS: lms.url, ...environment } })
  const browser = await startBrowser({ whole: true })
  lms.serve({ script: await bundle(`import ${JSON.stringify(PAGE)}`) })
  const tokenOf = (sub: string, role: 'teacher' | 'student') => signToken({ sub, courses: { [COURSE]: role } })
  const rest = restOf(server.url, tokenOf('planner', 'teacher'))
  await rest(COURSE_SESSION_ROUTES.createSession, {
    params: { courseId: COURSE },
    body: { id: SESSION, title: 'Bài 1' },
  })
  return {
    server,
    attendance: async () => (await rest(SESSION_ROUTES.getAttendance, { params: { sessionId: SESSION } })).data,
    async person(userId, role = 'student') {
      const person = await browser.person()
      const { page } = person
      const look = (): Promise<Seen> => page.evaluate(() => window.classPage.look())
      const of = async (other: string) => (await look()).peers[other]
      return {
        ...person,
        userId,
        look,
        of,
        async enter(how = {}) {
          await page.goto(lms.url)
          const entrance = { url: server.url, token: tokenOf(userId, role), sessionId: SESSION, ...how }
          await page.evaluate((given) => window.classPage.enter(given), entrance)
        },
        async receives(other, options) {
          await eventually(async () => (await of(other))?.link, options).toBe('connected')
          const { frames = 0, heard = 0 } = (await of(other)) ?? {}
          await eventually(async () => ((await of(other))?.frames ?? 0) - frames, options).toBeGreaterThan(5)
          await eventually(async () => ((await of(other))?.heard ?? 0) - heard, options).toBeGreaterThan(4_800)
        },
      }
    },
    async [Symbol.asyncDispose]() {
      await browser[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
      await lms[Symbol.asyncDispose]()
    },
  }
}
