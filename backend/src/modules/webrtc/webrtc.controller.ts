import type { COURSE_SESSION_ROUTES, SESSION_ROUTES } from '@lectern/protocol'
import { listed } from '../../http/listed.ts'
import type { RouteHandlers } from '../../http/route-binder.types.ts'
import type { SessionService } from './sessions.service.ts'

/** What the routes of classes call. */
export interface WebrtcControllerPorts {
  readonly sessions: SessionService
}

type CourseSessionHandlers = RouteHandlers<Pick<typeof COURSE_SESSION_ROUTES, 'listSessions' | 'createSession'>>
type SessionHandlers = RouteHandlers<Omit<typeof SESSION_ROUTES, 'getAttendance' | 'correctAttendance'>>

export const courseSessionHandlers = ({ sessions }: WebrtcControllerPorts): CourseSessionHandlers => ({
  listSessions: async ({ actor, params, query }) =>
    listed(await sessions.list(actor, params.courseId, query), query.limit),
  createSession: async ({ actor, params, body }) => ({ data: await sessions.create(actor, params.courseId, body) }),
})

export const sessionHandlers = ({ sessions }: WebrtcControllerPorts): SessionHandlers => ({
  getSession: async ({ actor, params }) => ({ data: await sessions.get(actor, params.sessionId) }),
  updateSession: async ({ actor, params, body }) => ({ data: await sessions.update(actor, params.sessionId, body) }),
  deleteSession: ({ actor, params }) => sessions.remove(actor, params.sessionId),
  listParticipants: async ({ actor, params, query }) =>
    listed(await sessions.participants(actor, params.sessionId, query), query.limit),
  endSession: async ({ actor, params }) => ({ data: await sessions.end(actor, params.sessionId) }),
  reopenSession: async ({ actor, params }) => ({ data: await sessions.reopen(actor, params.sessionId) }),
  listBans: async ({ actor, params, query }) =>
    listed(await sessions.bans(actor, params.sessionId, query), query.limit),
  liftBan: ({ actor, params }) => sessions.liftBan(actor, params.sessionId, params.userId),
  getIceServers: async ({ actor, params }) => ({ data: await sessions.iceServers(actor, params.sessionId) }),
})
