import { FILE_RECORD_ROUTES, FILE_ROUTES } from '@lectern/protocol'
import type { Router } from 'express'
import type { BindRoutes, RouteHandlers } from '../../http/route-binder.types.ts'
import { type FileControllerPorts, fileRecordHandlers } from './files.controller.ts'

/** Mounts `/files*` on a router at the API's base. */
export function fileRoutes(
  router: Router,
  bindRoutes: BindRoutes,
  ports: FileControllerPorts & { readonly bytes: RouteHandlers<typeof FILE_ROUTES> },
): void {
  bindRoutes(router, FILE_ROUTES, ports.bytes)
  bindRoutes(router, FILE_RECORD_ROUTES, fileRecordHandlers(ports))
}
