import { COURSE_SESSION_ROUTES, SESSION_ROUTES } from '@lectern/protocol'
import type { Router } from 'express'
import type { BindRoutes } from '../../http/route-binder.types.ts'
import { courseSessionHandlers, sessionHandlers, type WebrtcControllerPorts } from './webrtc.controller.ts'

/** Mounts the routes of classes, but those of attendance, on a router at the API's base. */
export function webrtcRoutes(router: Router, bindRoutes: BindRoutes, ports: WebrtcControllerPorts): void {
  const { listSessions, createSession } = COURSE_SESSION_ROUTES
  const { getAttendance: _, correctAttendance: __, ...one } = SESSION_ROUTES
  bindRoutes(router, { listSessions, createSession }, courseSessionHandlers(ports))
  bindRoutes(router, one, sessionHandlers(ports))
}
