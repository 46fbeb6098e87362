import type { Router } from 'express'
import type { Database } from '../../database/database.ts'
import type { BindRoutes } from '../../http/route-binder.types.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Logger } from '../../shared/logger.ts'
import type { SteadyTime } from '../../shared/steady-time.ts'
import { AttendanceRepository } from './attendance.repository.store.ts'
import { attendanceRoutes } from './attendance.routes.ts'
import { AttendanceService } from './attendance.service.ts'
import type { ChatPort, EnrolmentPort } from './attendance.types.ts'
import { ClassAccess } from './class-access.ts'
import { ClassAudit } from './class-audit.ts'
import { ClassHub } from './class-hub.ts'
import { ClassPresence } from './class-presence.ts'
import { ClassStateRepository, type CommitAndAnnounce } from './class-state.repository.ts'
import { participantsOf } from './class-state.ts'
import { Classes } from './classes.ts'
import { IceServers, type IceSettings } from './ice-servers.ts'
import type { MediaEngine } from './media/media-engine.types.ts'
import { SessionRepository } from './sessions.repository.ts'
import { SessionService } from './sessions.service.ts'
import { classEvents } from './webrtc.gateway.ts'
import { webrtcRoutes } from './webrtc.routes.ts'
import { WebrtcService } from './webrtc.service.ts'
import type { CourseAccessPort, CourseAudience } from './webrtc.types.ts'

export interface WebrtcDependencies {
  readonly database: Database
  readonly courses: CourseAccessPort & EnrolmentPort
  readonly chat: ChatPort
  readonly announce: CommitAndAnnounce
  readonly audience: CourseAudience
  readonly engine: MediaEngine
  readonly settings: IceSettings & { readonly graceMs: number }
  /** `Secrets.evidenceKey`. */
  readonly evidenceKey: Uint8Array
  readonly clock: Clock
  readonly time: SteadyTime
  readonly logger: Logger
}

export interface Webrtc {
  readonly events: ReturnType<typeof classEvents>
  /** For an entry that fills a new server. */
  readonly sessions: SessionService
  readonly service: WebrtcService
  /** Hears of the classes that tokens have made. */
  planned(sessions: readonly { readonly id: string; readonly courseId: string }[]): void
  /** Hears of connections and of changed enrolments. */
  readonly presence: ClassPresence
  /** Classes that are live, and the people in them. */
  counts(): { readonly classes: number; readonly participants: number }
  mount(router: Router, bindRoutes: BindRoutes): void
  /** Takes over what the last process left. Before the first connection. */
  start(): Promise<void>
  /** Before connections are let go: who is there now was there until now. */
  farewell(): Promise<void>
  close(): Promise<void>
}

/** Live classes, put together. */
export function createWebrtc(dependencies: WebrtcDependencies): Webrtc {
  const { database, courses, chat, announce, audience, engine, settings, evidenceKey, clock, time, logger } =
    dependencies
  const failed = (error: unknown): void => logger.error({ err: error }, 'work of a class failed')
  const hub = new ClassHub()
  const classes = new Classes({
    ...{ time, engine, audience, failed, graceMs: settings.graceMs },
    store: new ClassStateRepository(database, evidenceKey, announce),
    deliver: (emission) => hub.deliver(emission),
    lastSeenAt: (connectionId) => hub.connection(connectionId)?.lastSeenAt,
  })
  const access = new ClassAccess(classes, courses)
  const ice = new IceServers(settings, clock)
  const ports = { classes, access, courses, hub, engine, ice, audience, time, failed, audit: new ClassAudit(logger) }
  const repository = new AttendanceRepository(database, evidenceKey)
  const attendance = new AttendanceService({
    repository,
    access,
    enrolments: courses,
    chat,
    audit: logger,
    clock: time,
  })
  const presence = new ClassPresence({
    ...ports,
    graceMs: settings.graceMs,
    heartbeat: repository.heartbeat,
  })
  const sessions = new SessionService({ ...ports, repository: new SessionRepository(database) })
  const service = new WebrtcService(ports)
  return {
    events: classEvents(service),
    presence,
    sessions,
    service,
    planned: (planned) => {
      for (const { id: sessionId, courseId } of planned)
        audience.stateChanged({ sessionId, courseId, status: 'scheduled' })
    },
    counts: () => {
      const live = classes.states().filter(({ session }) => session.status === 'live')
      return { classes: live.length, participants: live.flatMap(participantsOf).length }
    },
    mount: (router, bindRoutes) => {
      webrtcRoutes(router, bindRoutes, { sessions })
      attendanceRoutes(router, bindRoutes, { attendance })
    },
    start: async () => {
      await repository.recover(time.now())
      await classes.start()
      presence.start()
    },
    farewell: async () => {
      presence.stop()
      // Without it attendance is right to the last heartbeat, which is no reason not to stop.
      await presence.beat().catch(failed)
    },
    close: async () => {
      classes.close()
      await engine.close()
    },
  }
}
