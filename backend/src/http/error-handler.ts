import type { ErrorRequestHandler, RequestHandler, Response } from 'express'
import { AppError, invalid, notFound } from '../shared/errors.ts'
import type { Logger } from '../shared/logger.ts'
import { callerOf, contextOf } from './request-context.ts'

/** For every route that is not there, and every method that a route does not have. */
export const refuseUnknown: RequestHandler = (_request, _response, next) => next(notFound('No such route.'))

/** Turns whatever a handler threw into the envelope of a failure; what is not for the client is logged and leaves as `INTERNAL`. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const known = knownError(error)
    if (known === undefined) {
      const context = contextOf(request)
      logger.error(
        {
          err: error,
          request_id: context.id,
          user_id: callerOf(context),
          method: request.method,
          route: context.route,
        },
        'request failed',
      )
    }
    // Half an answer cannot be taken back: ending the connection is how the client learns that it is not whole.
    if (response.headersSent) response.destroy()
    else sendError(response, known ?? new AppError('INTERNAL', 'Something went wrong on the server.'))
    void next
  }
}

export function sendError(response: Response, error: AppError): void {
  if (error.code === 'UNAUTHENTICATED') response.setHeader('WWW-Authenticate', 'Bearer')
  const retryAfterMs = error.details?.['retry_after_ms']
  if (typeof retryAfterMs === 'number') response.setHeader('Retry-After', String(Math.ceil(retryAfterMs / 1000)))
  response.status(error.status).json({ success: false, error: error.toWire() })
}

function knownError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error
  const status = clientErrorStatus(error)
  if (status === 413) return new AppError('PAYLOAD_TOO_LARGE', 'The request body is too large.')
  if (status !== undefined) return invalid('The request cannot be read.')
  return undefined
}

/** Express, its router and its body parser mark what the client did wrong with a status of 400 to 499. */
function clientErrorStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined
  return error.status >= 400 && error.status < 500 ? error.status : undefined
}
