import { COURSE_SESSION_ROUTES, SESSION_ROUTES } from '@lectern/protocol'
import type { Router } from 'express'
import type { BindRoutes } from '../../http/route-binder.types.ts'
import { attendanceHandlers, attendancePolicyHandlers } from './attendance.controller.ts'
import type { AttendanceService } from './attendance.service.ts'

/** Mounts the routes of attendance on a router at the API's base. */
export function attendanceRoutes(router: Router, bindRoutes: BindRoutes, service: AttendanceService): void {
  const { getAttendancePolicy, updateAttendancePolicy } = COURSE_SESSION_ROUTES
  const { getAttendance, correctAttendance } = SESSION_ROUTES
  bindRoutes(router, { getAttendancePolicy, updateAttendancePolicy }, attendancePolicyHandlers(service))
  bindRoutes(router, { getAttendance, correctAttendance }, attendanceHandlers(service))
}
