import { COURSE_ROUTES, MEMBER_ROUTES } from '@lectern/protocol'
import type { Router } from 'express'
import type { BindRoutes } from '../../http/route-binder.types.ts'
import { type CourseServices, courseHandlers, memberHandlers } from './courses.controller.ts'

/** Mounts `/courses*` on a router at the API's base. */
export function courseRoutes(router: Router, bindRoutes: BindRoutes, services: CourseServices): void {
  bindRoutes(router, COURSE_ROUTES, courseHandlers(services))
  bindRoutes(router, MEMBER_ROUTES, memberHandlers(services))
}
