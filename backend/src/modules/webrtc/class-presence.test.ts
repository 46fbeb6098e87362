import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EffectiveRole } from '@lectern/protocol'
import { expect, it } from 'vitest'
import { ManualTime } from '../../../test/classes/manual-time.ts'
import type { Heartbeat } from './attendance.types.ts'
import { ClassAccess } from './class-access.ts'
import { ClassAudit } from './class-audit.ts'
import { ClassHub } from './class-hub.ts'
import { join } from './class-joining.ts'
import { ClassPresence } from './class-presence.ts'
import { Classes } from './classes.ts'
import { IceServers } from './ice-servers.ts'
import { meshEngine } from './media/mesh.engine.ts'
import { plannedSession } from './planned-session.ts'
import { WebrtcService } from './webrtc.service.ts'
import type { ClassChange, ClassConnection } from './webrtc.types.ts'

/** A connection whose client answers pings as long as it is alive. */
class Client implements ClassConnection {
  readonly id: string
  readonly actor: ClassConnection['actor']
  isOpen = true
  isAlive = true
  lastSeenAt: number
  readonly #time: ManualTime

  constructor(userId: string, time: ManualTime) {
    const times = { issuedAt: 0, expiresAt: Number.MAX_SAFE_INTEGER }
    this.id = `${userId}-1`
    this.actor = {
      kind: 'user',
      userId,
      realm: 'external',
      name: userId,
      role: 'student',
      ...times,
      courses: undefined,
    }
    this.lastSeenAt = time.now()
    this.#time = time
  }

  send(): void {
    this.isOpen = true
  }

  ping(): void {
    if (this.isAlive) this.lastSeenAt = this.#time.now()
  }
}

function open() {
  const time = new ManualTime(0)
  const session = plannedSession({ id: 's', courseId: 'c', title: 'Live', lobby: false, createdAt: 0 })
  const beats: Heartbeat[] = []
  const commits: ClassChange[] = []
  const hub = new ClassHub()
  const failed = (error: unknown): never => {
    throw error
  }
  const classes = new Classes({
    ...{ time, failed, graceMs: 10_000, engine: meshEngine() },
    store: {
      load: async () => ({ session, people: [], bans: [] }),
      session: async () => session,
      commit: async (change) => void commits.push(change),
      inUse: async () => [],
    },
    audience: { stateChanged: () => undefined },
    deliver: (emission) => hub.deliver(emission),
    lastSeenAt: (connectionId) => hub.connection(connectionId)?.lastSeenAt,
  })
  const presence = new ClassPresence({
    ...{ classes, hub, time, failed, graceMs: 10_000 },
    access: { roleIn: async () => 'student' },
    heartbeat: async (beat) => void beats.push(beat),
  })
  const enter = async (userId: string): Promise<Client> => {
    const client = new Client(userId, time)
    await presence.connected(client)
    hub.joins(client, 's')
    await classes.ask('s', (draft) =>
      join(draft, {
        ...{ userId, userName: userId, enrolledRole: 'student', connectionId: client.id, instanceId: 'page' },
        ...{ askedRole: undefined, displayName: undefined, audio: false, video: false },
      }),
    )
    return client
  }
  return { time, presence, beats, commits, enter, classes, hub }
}

it('RTC14: an enrolment that changes while somebody joins counts in the class', async () => {
  const { time, classes, hub } = open()
  const client = new Client('an', time)
  hub.add(client)
  const roles: EffectiveRole[] = ['teacher', 'student']
  const courses = {
    accessTo: async () => ({ courseId: 'c', role: roles.shift() ?? 'student' }),
    enrolledAs: async () => undefined,
    staffOf: async () => [],
  }
  const failed = (error: unknown): never => {
    throw error
  }
  const service = new WebrtcService({
    ...{ classes, courses, hub, failed, engine: meshEngine(), access: new ClassAccess(classes, courses) },
    ice: new IceServers({ stunUrls: [], turn: undefined }, time),
    audit: new ClassAudit({ info: () => undefined }),
  })
  await service.join(client, { sessionId: 's', audio: false, video: false })
  await expect.poll(() => classes.state('s')?.people.get('an')?.role).toBe('student')
})

it('RTC38: a heartbeat is every 10 s, of everybody who answered the ping of the one before', async () => {
  const { time, presence, beats, enter } = open()
  await enter('an')
  const binh = await enter('binh')
  presence.start()
  time.advance(10_000)
  binh.isAlive = false
  time.advance(10_000)
  time.advance(10_000)
  presence.stop()
  expect(beats).toEqual([
    { at: 10_000, absent: [] },
    { at: 20_000, absent: [] },
    { at: 30_000, absent: [{ sessionId: 's', userId: 'binh' }] },
  ])
})

it('RTC38: who is lost in silence was there until the last sign of life', async () => {
  const { time, presence, beats, commits, enter } = open()
  await enter('an')
  const binh = await enter('binh')
  time.advance(3_000)
  binh.ping()
  time.advance(40_000)
  binh.isOpen = false
  presence.disconnected(binh, 'lost')
  await presence.beat()
  // All that was decided is done, and the alarm of the grace is set.
  await nextTurn()
  time.advance(10_000)
  await expect.poll(() => commits.at(-1)?.gone).toEqual(['binh'])
  expect(commits.at(-1)?.attendance).toEqual([{ kind: 'left', at: 3_000, userId: 'binh' }])
  expect(beats[0]?.absent).toContainEqual({ sessionId: 's', userId: 'binh' })
})
