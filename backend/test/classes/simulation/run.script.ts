import { setImmediate as nextTurn } from 'node:timers/promises'
import type { UserActor } from '../../../src/access/actor.ts'
import { openPostgres } from '../../../src/database/postgres/open-postgres.ts'
import { openSqlite } from '../../../src/database/sqlite/open-sqlite.ts'
import { chatLog } from '../../../src/modules/chat/chat.repository.ts'
import { messagesDuring } from '../../../src/modules/chat/statistics.repository.ts'
import { AttendanceRepository } from '../../../src/modules/webrtc/attendance.repository.store.ts'
import { AttendanceService } from '../../../src/modules/webrtc/attendance.service.ts'
import { ClassAccess } from '../../../src/modules/webrtc/class-access.ts'
import { lowerHand, raiseHand } from '../../../src/modules/webrtc/class-actions.ts'
import { ClassAudit } from '../../../src/modules/webrtc/class-audit.ts'
import { ClassHub } from '../../../src/modules/webrtc/class-hub.ts'
import { ClassPresence } from '../../../src/modules/webrtc/class-presence.ts'
import { ClassStateRepository, classState } from '../../../src/modules/webrtc/class-state.repository.ts'
import { Classes } from '../../../src/modules/webrtc/classes.ts'
import { IceServers } from '../../../src/modules/webrtc/ice-servers.ts'
import { meshEngine } from '../../../src/modules/webrtc/media/mesh.engine.ts'
import { SessionRepository } from '../../../src/modules/webrtc/sessions.repository.ts'
import { SessionService } from '../../../src/modules/webrtc/sessions.service.ts'
import { senderOf, WebrtcService } from '../../../src/modules/webrtc/webrtc.service.ts'
import type { ClassConnection } from '../../../src/modules/webrtc/webrtc.types.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { newId } from '../../../src/shared/ids.ts'
import { seed } from '../../chat-seed.repository.ts'
import { ManualTime } from '../manual-time.ts'
import { EVIDENCE_KEY } from '../open-attendance.ts'
import { type Happening, TEACHER, timelineOf, USERS } from './timeline.ts'

// One process of the simulated server: from its start in the timeline until it is killed, or until the report, which it
// prints. Classes are the server's own, over its own database; time and connections are the simulation's.

const COURSE = 'course'
const SESSION = 'session'
const PLACES = { participants: USERS.length, cameras: USERS.length }

const [place = '', seedText, fromText] = process.argv.slice(2)
const timeline = timelineOf(Number(seedText))
const from = Number(fromText)
const start = timeline[from]
if (start?.kind !== 'start') throw new Error(`Nothing starts at ${from}.`)
const clockOf = (t: number): number => Math.round(start.wall + (t - start.t) * 1000)

class Device implements ClassConnection {
  readonly id: string
  readonly actor: UserActor
  readonly isOpen = true
  #silentSince: number | undefined

  constructor(id: string, actor: UserActor) {
    this.id = id
    this.actor = actor
  }

  get lastSeenAt(): number {
    return this.#silentSince ?? time.now()
  }

  goSilent(): void {
    this.#silentSince = time.now()
  }

  send(): void {
    // Nobody listens: what others are told is not the subject.
  }

  ping(): void {
    // `lastSeenAt` knows already whether it answers.
  }
}

const actorOf = (userId: string): UserActor => ({
  ...{ kind: 'user', userId, realm: 'external', name: `Name of ${userId}`, role: 'student' },
  ...{ issuedAt: 0, expiresAt: Number.POSITIVE_INFINITY, courses: undefined },
})
const roleOf = (userId: string) => (userId === TEACHER ? 'teacher' : 'student')
const members = USERS.map((userId) => ({ userId, name: `Name of ${userId}`, role: roleOf(userId) }) as const)

const database = place.startsWith('postgres:') ? await openPostgres({ url: place }) : await openSqlite({ file: place })
const time = new ManualTime(start.wall)
const courses = {
  accessTo: async ({ userId }: UserActor, courseId: string) => ({ courseId, role: roleOf(userId) }) as const,
  enrolledAs: async () => undefined,
  staffOf: async () => [],
  members: async () => members,
}
const failed = (error: unknown): never => {
  throw error
}
const repository = new AttendanceRepository(database, EVIDENCE_KEY)
const engine = meshEngine(PLACES)
const audience = { stateChanged: () => undefined }
const hub = new ClassHub()
const classes = new Classes({
  ...{ time, engine, audience, failed, graceMs: 10_000 },
  store: new ClassStateRepository(database, EVIDENCE_KEY, (commit) => database.write(classState.commitClass, commit)),
  deliver: (emission) => hub.deliver(emission),
  lastSeenAt: (connectionId) => hub.connection(connectionId)?.lastSeenAt,
})
const access = new ClassAccess(classes, courses)
const ice = new IceServers({ stunUrls: [], turn: undefined }, time)
const log = { info: () => undefined }
const ports = { classes, access, courses, hub, engine, ice, audience, time, failed, audit: new ClassAudit(log) }
let written: Promise<void> = Promise.resolve()
const presence = new ClassPresence({
  ...{ ...ports, graceMs: 10_000 },
  heartbeat: (beat) => {
    written = repository.heartbeat(beat)
    return written
  },
})
const service = new WebrtcService(ports)
const sessions = new SessionService({ ...ports, repository: new SessionRepository(database) })
const chat = {
  messagesDuring: (courseId: string, stretches: Parameters<typeof messagesDuring>[1]['stretches']) =>
    messagesDuring(database, { courseId, stretches }),
}
const attendance = new AttendanceService({
  ...{ repository, access, enrolments: courses, chat, clock: time },
  audit: log,
})

if (from === 0) {
  await database.write(seed.course, { id: COURSE, userIds: USERS, now: start.wall })
  await sessions.create(actorOf(TEACHER), COURSE, {
    ...{ id: SESSION, title: 'Bài 1', scheduled_at: null, duration_min: null, lobby: true },
  })
}
await repository.recover(time.now())
await classes.start()
presence.start()

const devices = new Map<string, Device>()
/** What an alarm or an event has begun is on disk, and the next alarm is set. */
const settle = async (): Promise<void> => {
  await written
  await classes.ask(SESSION, () => undefined)
  // The class has answered before it sets its alarm.
  await nextTurn()
}

for (const happening of timeline.slice(from + 1)) {
  await time.moveTo(clockOf(happening.t), settle)
  await happen(happening)
  await settle()
}
await report()

async function happen(happening: Happening): Promise<void> {
  switch (happening.kind) {
    case 'crash':
      process.kill(process.pid, 'SIGKILL')
      return new Promise(() => undefined)
    case 'end':
      await sessions.end(actorOf(TEACHER), SESSION)
      return
    case 'reopen':
      await sessions.reopen(actorOf(TEACHER), SESSION)
      return
    case 'report':
      return
    case 'say':
      return say(happening.user)
    case 'join':
      return join(happening.user, happening.device)
    case 'start':
      throw new Error('Nothing has killed the process before.')
    default:
      return withDevice(happening.kind, happening.device)
  }
}

async function join(user: string, id: string): Promise<void> {
  const device = new Device(id, actorOf(user))
  devices.set(id, device)
  await presence.connected(device)
  await service.join(device, { sessionId: SESSION, audio: false, video: false })
}

async function withDevice(kind: 'leave' | 'drop' | 'hand' | 'silent' | 'lost', id: string): Promise<void> {
  const device = devices.get(id)
  // Of the process before.
  if (device === undefined) return
  if (kind === 'silent') device.goSilent()
  else if (kind === 'leave') await service.leave(device, SESSION)
  else if (kind === 'hand') await raise(device)
  else presence.disconnected(device, kind === 'drop' ? 'dropped' : 'lost')
}

async function raise(device: Device): Promise<void> {
  try {
    for (const decide of [raiseHand, lowerHand]) {
      await (await service.act(device, SESSION, (draft) => decide(draft, senderOf(device)))).stored
    }
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'CONFLICT')) throw error
  }
}

async function say(userId: string): Promise<void> {
  await database.write(chatLog.append, {
    ...{ id: newId(), courseId: COURSE, author: { userId, userName: userId, userRole: 'student' } },
    ...{ message: 'em chào cô', messageType: 'text', replyToId: null, fileId: null, clientId: null },
    ...{ mentions: [], system: null, now: time.now() },
  })
}

async function report(): Promise<void> {
  const { records } = await attendance.report(actorOf(TEACHER), SESSION)
  process.stdout.write(`${JSON.stringify(records)}\n`)
  classes.close()
  presence.stop()
  await database.close()
}
