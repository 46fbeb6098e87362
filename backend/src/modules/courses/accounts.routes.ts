import { AUTH_ROUTES, USER_ROUTES } from '@lectern/protocol'
import type { Router } from 'express'
import type { BindRoutes } from '../../http/route-binder.types.ts'
import { type AccountControllerPorts, authHandlers, userHandlers } from './accounts.controller.ts'

/** Mounts `/auth*` and `/users*` on a router at the API's base. */
export function accountRoutes(router: Router, bindRoutes: BindRoutes, ports: AccountControllerPorts): void {
  bindRoutes(router, AUTH_ROUTES, authHandlers(ports))
  bindRoutes(router, USER_ROUTES, userHandlers(ports))
}
