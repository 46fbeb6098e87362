import { COURSE_CHAT_ROUTES, MESSAGE_ROUTES } from '@lectern/protocol'
import type { Router } from 'express'
import type { BindRoutes } from '../../http/route-binder.types.ts'
import { type ChatControllerPorts, courseChatHandlers, messageHandlers } from './chat.controller.ts'

/** Mounts `/chat*` on a router at the API's base. */
export function chatRoutes(router: Router, bindRoutes: BindRoutes, ports: ChatControllerPorts): void {
  bindRoutes(router, COURSE_CHAT_ROUTES, courseChatHandlers(ports))
  bindRoutes(router, MESSAGE_ROUTES, messageHandlers(ports))
}
