import { readFileSync } from 'node:fs'
import { type Express, Router } from 'express'
import { z } from 'zod'
import { PersonLimits } from './access/person-limits.ts'
import { wireClasses } from './app/classes.ts'
import { beginDatabase } from './app/database.ts'
import type { Ground } from './app/ground.ts'
import { type Accounts, type Identity, type IdentityListeners, wireAccounts, wireIdentity } from './app/identity.ts'
import { secretsOf } from './app/secrets.ts'
import type { Config } from './config/config.ts'
import type { OpenDatabase } from './database/database.ts'
import { createHttpApp } from './http/http-app.ts'
import { HttpServer } from './http/http-server.ts'
import { createMetrics } from './http/metrics.ts'
import { operatingRoutes } from './http/operating.ts'
import { referenceRouter } from './http/reference/reference.router.ts'
import { personRequestLimits } from './http/request-limits.ts'
import { admitPerson, createRouteBinder } from './http/route-binder.ts'
import type { RouteBinderDependencies } from './http/route-binder.types.ts'
import { SETUP_PATH, setupPage } from './http/setup-page.ts'
import type { WebClientBuild } from './http/web-client.files.ts'
import { webClient } from './http/web-client.ts'
import { AttachmentRepository } from './modules/chat/attachments.repository.ts'
import { Attachments } from './modules/chat/attachments.service.ts'
import type { ChatControllerPorts } from './modules/chat/chat.controller.ts'
import { chatEvents } from './modules/chat/chat.gateway.ts'
import { ChatReading } from './modules/chat/chat.reading.service.ts'
import { ChatReports } from './modules/chat/chat.reports.service.ts'
import { ChatRepository } from './modules/chat/chat.repository.store.ts'
import { chatRoutes } from './modules/chat/chat.routes.ts'
import { ChatService } from './modules/chat/chat.service.ts'
import type { ChangePublisher, FilePort } from './modules/chat/chat.types.ts'
import { courseActivity, roomLog, toRoomChange } from './modules/chat/chat-room-log.ts'
import { cookieAnswers } from './modules/courses/accounts.controller.ts'
import { accountRoutes } from './modules/courses/accounts.routes.ts'
import { courseRoutes } from './modules/courses/courses.routes.ts'
import type { CourseService } from './modules/courses/courses.service.ts'
import type { EnrolmentEvents } from './modules/courses/courses.types.ts'
import type { EnrolmentService } from './modules/courses/enrolments.service.ts'
import type { FirstRun } from './modules/courses/first-run.ts'
import type { UserService } from './modules/courses/users.service.ts'
import { nameKey } from './modules/files/content/names.ts'
import { createFiles, type Files } from './modules/files/create-files.ts'
import { toFileRecord } from './modules/files/file-record.ts'
import { FileAccess } from './modules/files/files.access.service.ts'
import { FilesRepository } from './modules/files/files.repository.store.ts'
import type { FileSettings } from './modules/files/files.types.ts'
import { TUS_PATH } from './modules/files/upload/tus.router.ts'
import type { Webrtc } from './modules/webrtc/create-webrtc.ts'
import type { MediaEngine } from './modules/webrtc/media/media-engine.types.ts'
import { meshEngine } from './modules/webrtc/media/mesh.engine.ts'
import { Realtime } from './realtime/realtime.ts'
import { type Clock, systemClock } from './shared/clock.ts'
import { MemoryLimiter } from './shared/limiter.ts'
import type { Logger } from './shared/logger.ts'
import { type SteadyTime, steadyTime } from './shared/steady-time.ts'

export interface AppOptions {
  readonly config: Config
  readonly logger: Logger
  readonly clock?: Clock
  /** What classes go by: it does not jump where the clock does. */
  readonly time?: SteadyTime
  /** Who carries the media of classes; everybody's own browser by default. */
  readonly engine?: MediaEngine | undefined
  /** Where opening the database has begun already. */
  readonly openDatabase?: OpenDatabase
  /** Without one, whoever opens the server in a browser is shown the API reference. */
  readonly webClient?: WebClientBuild | undefined
}

export interface App {
  /**
   * @returns the URL that a browser on this machine opens
   * @throws StartError when the address cannot be listened on
   */
  listen(): Promise<string>
  /** Makes ready what the first request would wait for; the server answers meanwhile. */
  warmUp(): Promise<void>
  /** Where the first administrator is made, below the URL; undefined when there is one. Each call ends the one before. */
  setUpPath(): Promise<string | undefined>
  /** What an entry may do without the wire. */
  readonly services: {
    readonly users: UserService
    readonly firstRun: FirstRun
    readonly courses: CourseService
    readonly enrolments: EnrolmentService
    readonly chat: ChatService
    readonly sessions: Webrtc['sessions']
    readonly classes: Webrtc['service']
  }
  /** Accepts nothing more, finishes what was accepted, and lets go of the database. */
  close(): Promise<void>
}

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')))

/** What `PUBLIC_URL` is by default where `PORT` is 0. */
const PORT_UNKNOWN = 'http://localhost:0'

const localUrl = ({ port }: HttpServer): string => `http://localhost:${port}`

/** How long a shutdown waits for answers under way. */
const FINISH_MS = 7_000

/**
 * The one place that knows every part and wires them together.
 * @throws StartError when the data directory is in use, is newer than this program, or cannot be written
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, logger, clock = systemClock, time = steadyTime(clock), engine = meshEngine(), webClient } = options
  const openDatabase = options.openDatabase ?? beginDatabase(config, logger)
  const metrics = createMetrics()
  const database = await openDatabase(metrics.commit)
  try {
    const limiter = new MemoryLimiter(clock)
    const secrets = await secretsOf(config, database)
    return await wire({ config, logger, clock, time, engine, metrics, database, secrets, webClient, limiter })
  } catch (error) {
    await database.close()
    throw error
  }
}

async function wire(ground: Ground): Promise<App> {
  const { config, database, limiter, metrics } = ground
  const http = new HttpServer()
  const personLimits = new PersonLimits(limiter, config.limits)
  const listeners: IdentityListeners = { enrolments: [], sessions: [] }
  const identity = wireIdentity(ground, listeners)
  const fileAccess = wireFileAccess(ground, identity, http)
  const chat = wireChat(ground, identity, personLimits, http, fileAccess)
  const files = await wireFiles(ground, identity, fileAccess, chat.attachments)
  const classes = wireClasses(ground, identity, chat)
  // Those who are out of the course hear of their classes' end before the course's room is closed to them.
  listeners.enrolments.push(classes.presence, chat.realtime.live, linksEnd(files))
  listeners.sessions.push(classes)
  await files.start()
  metrics.gauge('lectern_unknown_objects', 'Stored objects that no record names.', files.unknownObjects)
  await classes.start()
  await chat.start(classes)
  const accounts = wireAccounts(ground, identity, chat.realtime.live)
  http.handle(createWebApp(ground, identity, { accounts, chat, files, classes }, personLimits))

  return {
    listen: async () => {
      await http.listen(config.http.host, config.http.port)
      return config.http.port === 0 ? localUrl(http) : config.http.publicUrl
    },
    warmUp: async () => {
      await Promise.all([database.warmUp(), files.lookForUnknown()])
    },
    setUpPath: async () => {
      const token = await accounts.firstRun.open()
      return token === undefined ? undefined : `${SETUP_PATH}?token=${token}`
    },
    services: {
      users: accounts.users,
      firstRun: accounts.firstRun,
      courses: identity.courses,
      enrolments: identity.enrolments,
      chat: chat.service,
      sessions: classes.sessions,
      classes: classes.service,
    },
    close: async () => {
      await classes.farewell()
      await Promise.all([http.close(FINISH_MS), chat.realtime.close()])
      await classes.close()
      await files.close()
      await database.close()
    },
  }
}

type FileAccessParts = ReturnType<typeof wireFileAccess>

function wireChat(
  { config, logger, clock, time, database, metrics }: Ground,
  { access, authenticator, allowedOrigins }: Identity,
  limits: PersonLimits,
  http: HttpServer,
  { shown: files, attachments: attachmentRepository }: FileAccessParts,
) {
  const realtime = new Realtime({
    httpServer: http.server,
    database,
    clock,
    logger,
    access,
    authenticate: (token) => authenticator.authenticate(token),
    allowedOrigins,
    log: roomLog(database, files),
    activity: courseActivity(database),
    presence: config.presence,
    limits,
    maxSockets: config.limits.sockets,
    steady: time,
    observe: metrics.clientEvent,
  })
  const { rooms, seats, people } = realtime
  metrics.gauge('lectern_connections', 'Socket.IO connections.', () => people.connectionCount)
  metrics.gauge('lectern_rooms', 'Course rooms that somebody is in.', () => rooms.size)
  const publisher: ChangePublisher = {
    publish(kind, message) {
      if (kind === 'created') metrics.messageStored()
      rooms.publish(toRoomChange(message, files))
      if (kind !== 'updated' && message.user_id !== null) realtime.activity.changed(message.course_id)
    },
    accepted: (courseId, userId) => rooms.stopTyping(courseId, userId),
    read: (userId, courseId, seq, connectionId) => realtime.tellRead(userId, courseId, seq, connectionId),
  }
  const limit = {
    take: (userId: string) => limits.take(userId, 'change'),
    refund: (userId: string) => limits.refund(userId, 'change'),
  }
  const repository = new ChatRepository(database)
  const service = new ChatService({ repository, access, publisher, limit, files, clock })
  const reading = new ChatReading({ repository, access, files, rooms })
  const reports = new ChatReports({ repository, access, files, clock })
  const attachments = new Attachments({ repository: attachmentRepository, publisher, logger })
  const start = async ({ events, presence }: Webrtc) => {
    const chatting = chatEvents({ service, access, rooms, seats, live: realtime.live })
    await realtime.start({ ...chatting, ...events }, [presence])
    await attachments.tellChanges()
  }
  return { realtime, service, reading, reports, attachments, start }
}

/** Who may reach which file: chat asks it before there is anything else of files. */
function wireFileAccess({ config, database }: Ground, { access: courses }: Identity, http: HttpServer) {
  const settings: FileSettings = {
    maxFileSize: config.files.maxFileSize,
    quota: config.files.quota,
    publicFolders: new Set(config.files.publicFolders.map(nameKey)),
    get publicUrl() {
      return config.http.publicUrl === PORT_UNKNOWN ? localUrl(http) : config.http.publicUrl
    },
  }
  const repository = new FilesRepository(database)
  const attachments = new AttachmentRepository(database)
  const access = new FileAccess({ repository, courses, attachments, settings })
  const shown: FilePort = {
    shareableFile: (actor, fileId, courseId) => access.shareableFile(actor, fileId, courseId),
    toRecord: (file) => toFileRecord(file, settings.publicUrl),
  }
  return { settings, repository, attachments, access, shown }
}

function wireFiles(
  { config, logger, clock, database, limiter }: Ground,
  { access: courses, people, linkKey }: Identity,
  { settings, repository, access }: FileAccessParts,
  attachments: Attachments,
): Promise<Files> {
  return createFiles({
    ...{ database, repository, access, courses, attachments, settings, linkKey, clock, logger },
    people: {
      standingOf: async (userId) => {
        const standing = await people.accounts.standingOf(userId)
        return standing?.disabled === false ? standing : undefined
      },
    },
    uploadLimit: { take: (userId) => limiter.take(`upload ${userId}`, config.limits.upload) },
    uploadPath: config.files.uploadPath,
    accelPrefix: config.files.accelRedirectPrefix,
    allowedOrigins: config.http.allowedOrigins,
  })
}

/** Nothing else that happens to an enrolment is theirs to hear: who may read is asked anew at each opening. */
const linksEnd = ({ removed }: Files): EnrolmentEvents => ({
  removed,
  changed: () => undefined,
  archived: () => undefined,
  restored: () => undefined,
})

interface WebParts {
  readonly accounts: Accounts
  readonly chat: ChatControllerPorts
  readonly files: Files
  readonly classes: Webrtc
}

function createWebApp(
  { config, logger, clock, metrics, database, limiter, webClient: build }: Ground,
  identity: Identity,
  { accounts, chat, files, classes }: WebParts,
  personLimits: PersonLimits,
): Express {
  const { authentication } = identity
  const { publicUrl, allowedOrigins } = config.http
  const api = Router()
  const door: RouteBinderDependencies = {
    authenticate: (request, auth) => authentication.actorOf(request, auth),
    limits: personRequestLimits(personLimits, limiter),
  }
  const bindRoutes = createRouteBinder(door)
  accountRoutes(api, bindRoutes, { ...accounts, authentication, clock })
  courseRoutes(api, bindRoutes, identity)
  chatRoutes(api, bindRoutes, chat)
  classes.mount(api, bindRoutes)
  files.mount(api, bindRoutes, (request) => admitPerson(door, request))
  const operating = operatingRoutes({
    checks: {
      database: async () => {
        if (!database.ready) throw new Error('The database stores nothing at present.')
        await database.read.selectFrom('meta').select('key').limit(1).execute()
      },
      storage: () => files.check(),
    },
    metrics,
    metricsToken: config.http.metricsToken,
    logger,
  })
  const { signIn } = cookieAnswers({ ...accounts, clock })
  return createHttpApp({
    config: config.http,
    logger,
    metrics,
    root: [
      operating,
      setupPage({ ...accounts, signIn, publicUrl, home: build === undefined ? undefined : '/' }),
      ...(build === undefined
        ? []
        : [webClient({ build, allowedOrigins, registration: config.identity.registration })]),
      referenceRouter({ version, publicUrl }),
    ],
    api: [api],
    discoverable: [TUS_PATH],
  })
}
