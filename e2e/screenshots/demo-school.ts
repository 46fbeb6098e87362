import { createClient, type LecternClient } from '@lectern/client'
import {
  AUTH_ROUTES,
  COURSE_CHAT_ROUTES,
  COURSE_ROUTES,
  type CourseRole,
  MEMBER_ROUTES,
  MESSAGE_ROUTES,
  type MessageRecord,
  USER_ROUTES,
} from '@lectern/protocol'
import { type Rest, restOf } from '../rig/rest.ts'
import { type ServerProcess, startServerProcess } from '../rig/server-process.ts'
import { until } from '../rig/until.ts'

/** The people of `npm run demo`, by the beginnings of their addresses; `linh` and `khoi` are in no course. */
export type DemoName =
  | 'admin'
  | 'hanh'
  | 'carter'
  | 'anh'
  | 'bao'
  | 'ha'
  | 'huy'
  | 'long'
  | 'mai'
  | 'emma'
  | 'lucas'
  | 'linh'
  | 'khoi'

export interface Line {
  readonly by: DemoName
  readonly say: string
  readonly isAnnouncement?: boolean
  /** The place of an earlier line, counted from 0. */
  readonly replyTo?: number
  readonly mentions?: readonly (DemoName | 'all')[]
  readonly reactions?: Readonly<Record<string, readonly DemoName[]>>
  readonly isPinned?: boolean
  readonly edited?: string
  readonly isDeleted?: boolean
}

/** A school with people and courses, as `npm run demo` makes it, in which more can be said. */
export interface DemoSchool extends AsyncDisposable {
  readonly server: ServerProcess
  readonly password: string
  addressOf(name: DemoName): string
  as(name: DemoName): Promise<Rest>
  idOf(name: DemoName): Promise<string>
  /** An access token. */
  tokenOf(name: DemoName): Promise<string>
  courseId(title: string): Promise<string>
  /** A new course of this teacher, in the place of the one that was made before it. */
  course(teacher: DemoName, title: string, members: readonly (readonly [DemoName, CourseRole])[]): Promise<string>
  enrol(courseId: string, name: DemoName, role: CourseRole): Promise<void>
  remove(courseId: string, name: DemoName): Promise<void>
  say(courseId: string, lines: readonly Line[]): Promise<void>
  /** Somebody in the room, and at work in it. */
  client(name: DemoName): Promise<LecternClient>
}

/** Tokens are good for 15 minutes. */
const RENEW_AFTER_MS = 600_000
const ENVIRONMENT = {
  LIMIT_MESSAGES_PER_SEC: '0',
  LIMIT_EVENTS_PER_SEC: '0',
  LIMIT_SOCKETS: '0',
  PRESENCE_GRACE_MS: '500',
}

interface SignedIn {
  readonly id: string
  readonly token: string
  readonly at: number
}

export async function openDemoSchool(): Promise<DemoSchool> {
  const server = await startServerProcess({ program: 'demo', environment: ENVIRONMENT })
  const password = (await server.printed(/shown this once: (\S+)/))[1] ?? ''
  const signedIn = new Map<DemoName, SignedIn>()
  const clients: LecternClient[] = []
  let latest: string | undefined
  const addressOf = (name: DemoName) => `${name}@demo.example`

  const signIn = async (name: DemoName): Promise<SignedIn> => {
    const known = signedIn.get(name)
    if (known !== undefined && Date.now() - known.at < RENEW_AFTER_MS) return known
    const { data } = await restOf(server.url)(AUTH_ROUTES.login, { body: { email: addressOf(name), password } })
    const entered = { id: data.user.id, token: data.access_token, at: Date.now() }
    signedIn.set(name, entered)
    return entered
  }
  const as = async (name: DemoName) => restOf(server.url, (await signIn(name)).token)
  const idOf = async (name: DemoName) => (await signIn(name)).id
  const tokenOf = async (name: DemoName) => (await signIn(name)).token
  const enrol = async (courseId: string, name: DemoName, role: CourseRole) => {
    const body = { user_id: await idOf(name), role }
    await (await as('admin'))(MEMBER_ROUTES.addMember, { params: { courseId }, body })
  }

  const sayLine = async (courseId: string, line: Line, said: readonly MessageRecord[]): Promise<MessageRecord> => {
    const original = line.replyTo === undefined ? undefined : said[line.replyTo]
    const mentions = await Promise.all((line.mentions ?? []).map((name) => (name === 'all' ? name : idOf(name))))
    const rest = await as(line.by)
    const { data } = await rest(COURSE_CHAT_ROUTES.sendMessage, {
      params: { courseId },
      body: {
        message: line.say,
        message_type: line.isAnnouncement === true ? 'announcement' : 'text',
        mentions,
        ...(original === undefined ? {} : { reply_to_id: original.id }),
      },
    })
    const params = { messageId: data.id }
    if (line.edited !== undefined) await rest(MESSAGE_ROUTES.editMessage, { params, body: { message: line.edited } })
    if (line.isPinned === true) await (await as('admin'))(MESSAGE_ROUTES.pinMessage, { params })
    if (line.isDeleted === true) await rest(MESSAGE_ROUTES.deleteMessage, { params })
    await reactTo(data, line.reactions ?? {})
    return data
  }
  const reactTo = async ({ id }: MessageRecord, reactions: NonNullable<Line['reactions']>) => {
    for (const [emoji, names] of Object.entries(reactions)) {
      for (const name of names) await (await client(name)).emit('chat:react', { message_id: id, emoji })
    }
  }
  const connected = new Map<DemoName, LecternClient>()
  const client = async (name: DemoName): Promise<LecternClient> => {
    const known = connected.get(name)
    if (known !== undefined) return known
    const made = createClient({ url: server.url, token: async () => (await signIn(name)).token })
    connected.set(name, made)
    clients.push(made)
    made.connect()
    await until(made.connection, ({ status }) => status === 'online')
    return made
  }

  const newcomers = [
    { name: 'Đỗ Khánh Linh', email: addressOf('linh'), role: 'teacher' },
    { name: 'Ngô Minh Khôi', email: addressOf('khoi'), role: 'student' },
  ] as const
  for (const newcomer of newcomers) {
    await (await as('admin'))(USER_ROUTES.createUser, { body: { ...newcomer, password } })
  }

  return {
    server,
    password,
    addressOf,
    as,
    idOf,
    tokenOf,
    enrol,
    client,
    async courseId(title) {
      const { data } = await (await as('admin'))(COURSE_ROUTES.listCourses)
      const course = data.find((one) => one.title === title)
      if (course === undefined) throw new Error(`The demonstration has no course “${title}”.`)
      return course.id
    },
    async course(teacher, title, members) {
      if (latest !== undefined) await (await as('admin'))(COURSE_ROUTES.archiveCourse, { params: { courseId: latest } })
      const { data } = await (await as(teacher))(COURSE_ROUTES.createCourse, { body: { title } })
      latest = data.id
      for (const [name, role] of members) await enrol(data.id, name, role)
      return data.id
    },
    async remove(courseId, name) {
      const params = { courseId, userId: await idOf(name) }
      await (await as('admin'))(MEMBER_ROUTES.removeMember, { params })
    },
    async say(courseId, lines) {
      const said: MessageRecord[] = []
      for (const line of lines) said.push(await sayLine(courseId, line, said))
    },
    async [Symbol.asyncDispose]() {
      for (const one of clients) one.close()
      await server[Symbol.asyncDispose]()
    },
  }
}
