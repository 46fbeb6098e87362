import { API_BASE } from '@lectern/protocol'
import express, { type Express, type RequestHandler, type Router } from 'express'
import type { Config } from '../config/config.ts'
import type { Logger } from '../shared/logger.ts'
import { cors } from './cors.ts'
import { errorHandler, refuseUnknown } from './error-handler.ts'
import type { Metrics } from './metrics.ts'
import { requestLog } from './request-log.ts'
import { securityHeaders } from './security-headers.ts'

export interface HttpAppDependencies {
  readonly config: Config['http']
  readonly logger: Logger
  readonly metrics: Metrics
  /** Health, metrics, the reference and our own pages: at the root. */
  readonly root: readonly Router[]
  /** What is below `/api/v1`. */
  readonly api: readonly Router[]
  /** What of it answers `OPTIONS` itself, below `/api/v1`. */
  readonly discoverable?: readonly string[]
}

export function createHttpApp({ config, logger, metrics, root, api, discoverable = [] }: HttpAppDependencies): Express {
  const app = express()
  app.set('trust proxy', typeof config.trustProxy === 'object' ? [...config.trustProxy] : config.trustProxy)
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(requestLog(logger, metrics))
  app.use(securityHeaders(config.publicUrl))
  app.use('/api', cors(config.allowedOrigins))
  app.use(API_BASE, noStore, refuseOptions(discoverable))
  // First, since a router at the root would answer the `OPTIONS` that are the API's to answer.
  for (const router of api) app.use(API_BASE, router)
  for (const router of root) app.use(router)
  app.use(refuseUnknown)
  app.use(errorHandler(logger))
  return app
}

const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store')
  next()
}

/** A preflight has been answered before; Express would answer any other `OPTIONS` with what it knows of the path. */
const refuseOptions =
  (discoverable: readonly string[]): RequestHandler =>
  (request, response, next) => {
    const answers = discoverable.some((path) => request.path === path || request.path.startsWith(`${path}/`))
    if (request.method === 'OPTIONS' && !answers) refuseUnknown(request, response, next)
    else next()
  }
