import { COURSE_SESSION_ROUTES, SESSION_ROUTES } from '@lectern/protocol'
import type { Router } from 'express'
import type { BindRoutes } from '../../http/route-binder.types.ts'
import {
  type AttendanceControllerPorts,
  attendanceHandlers,
  attendancePolicyHandlers,
} from './attendance.controller.ts'

/** Mounts the routes of attendance on a router at the API's base. */
export function attendanceRoutes(router: Router, bindRoutes: BindRoutes, ports: AttendanceControllerPorts): void {
  const { getAttendancePolicy, updateAttendancePolicy } = COURSE_SESSION_ROUTES
  const { getAttendance, correctAttendance } = SESSION_ROUTES
  bindRoutes(router, { getAttendancePolicy, updateAttendancePolicy }, attendancePolicyHandlers(ports))
  bindRoutes(router, { getAttendance, correctAttendance }, attendanceHandlers(ports))
}
