import type { COURSE_SESSION_ROUTES, SESSION_ROUTES } from '@lectern/protocol'
import type { Response } from 'express'
import type { RouteHandlers } from '../../http/route-binder.types.ts'
import { contentDisposition } from '../../shared/content-disposition.ts'
import { attendanceCsv } from './attendance.csv.ts'
import type { AttendanceReport, AttendanceService } from './attendance.service.ts'

/** What the routes of attendance call. */
export interface AttendanceControllerPorts {
  readonly attendance: AttendanceService
}

/** What the routes of a class answer of its attendance. */
export const attendanceHandlers = ({
  attendance,
}: AttendanceControllerPorts): Pick<RouteHandlers<typeof SESSION_ROUTES>, 'getAttendance' | 'correctAttendance'> => ({
  getAttendance: async ({ actor, params, query, response }) => {
    const report = await attendance.report(actor, params.sessionId)
    if (query.format === 'json') return { data: report.records }
    sendCsv(response, report)
    return undefined
  },
  correctAttendance: async ({ actor, params, body }) => ({ data: await attendance.correct(actor, params, body) }),
})

/** What the routes of a course answer of it. */
export const attendancePolicyHandlers = ({
  attendance,
}: AttendanceControllerPorts): Pick<
  RouteHandlers<typeof COURSE_SESSION_ROUTES>,
  'getAttendancePolicy' | 'updateAttendancePolicy'
> => ({
  getAttendancePolicy: async ({ actor, params }) => ({ data: await attendance.policy(actor, params.courseId) }),
  updateAttendancePolicy: async ({ actor, params, body }) => ({
    data: await attendance.changePolicy(actor, params.courseId, body),
  }),
})

function sendCsv(response: Response, { title, records }: AttendanceReport): void {
  response.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present')
  response.setHeader('Content-Disposition', contentDisposition('attachment', `${title} - attendance.csv`))
  response.setHeader('Cache-Control', 'no-store')
  response.end(attendanceCsv(records))
}
