import type { RequestHandler } from 'express'
import type { Logger } from '../shared/logger.ts'
import type { Metrics } from './metrics.ts'
import { callerOf, contextOf } from './request-context.ts'

/** Answers `X-Request-Id`, and ends each request with a log line and a measurement. The line bears no query and no body. */
export function requestLog(logger: Logger, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now()
    const context = contextOf(request)
    response.setHeader('X-Request-Id', context.id)
    response.once('close', () => {
      const ms = Math.round((performance.now() - startedAt) * 100) / 100
      const route = context.route ?? 'unmatched'
      const status = response.writableFinished ? response.statusCode : 'aborted'
      metrics.httpRequest({ method: request.method, route, status: String(status), seconds: ms / 1000 })
      logger.info(
        { request_id: context.id, user_id: callerOf(context), method: request.method, route, status, ms },
        'request',
      )
    })
    next()
  }
}
