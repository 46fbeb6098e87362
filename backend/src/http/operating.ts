import { createHash, timingSafeEqual } from 'node:crypto'
import { isIPv4 } from 'node:net'
import { OPERATING_ROUTES } from '@lectern/protocol'
import { type Request, type RequestHandler, Router } from 'express'
import { AppError, forbidden, unauthenticated } from '../shared/errors.ts'
import type { Logger } from '../shared/logger.ts'
import type { Metrics } from './metrics.ts'
import { contextOf } from './request-context.ts'

/** Resolves when the part works; why it does not is logged, never sent. */
export type HealthCheck = () => Promise<unknown>

export interface OperatingDependencies {
  readonly checks: Readonly<Record<string, HealthCheck>>
  readonly metrics: Metrics
  readonly metricsToken: string | undefined
  readonly logger: Logger
  /** How long one check may take. */
  readonly checkMs?: number
}

/** `GET /health/live`, `GET /health/ready`, `GET /metrics`. */
export function operatingRoutes({
  checks,
  metrics,
  metricsToken,
  logger,
  checkMs = 2000,
}: OperatingDependencies): Router {
  const router = Router()
  router.use((_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store')
    next()
  })
  router.get(OPERATING_ROUTES.live.path, named(OPERATING_ROUTES.live.path), (_request, response) => {
    response.json({ success: true, data: { status: 'ok' } })
  })
  router.get(OPERATING_ROUTES.ready.path, named(OPERATING_ROUTES.ready.path), async (_request, response) => {
    const results = await Promise.all(Object.entries(checks).map(([name, check]) => run(name, check, checkMs, logger)))
    const told = Object.fromEntries(results)
    if (results.some(([, outcome]) => outcome !== 'ok'))
      throw new AppError('UNAVAILABLE', 'Not ready.', { checks: told })
    response.json({ success: true, data: { status: 'ok', checks: told } })
  })
  router.get(OPERATING_ROUTES.metrics.path, named(OPERATING_ROUTES.metrics.path), async (request, response) => {
    mayReadMetrics(request, metricsToken)
    response.type(metrics.contentType).send(await metrics.text())
  })
  return router
}

const named =
  (path: string): RequestHandler =>
  (request, _response, next) => {
    contextOf(request).route = path
    next()
  }

async function run(name: string, check: HealthCheck, ms: number, logger: Logger): Promise<[string, 'ok' | 'failed']> {
  const deadline = Promise.withResolvers<never>()
  const timer = setTimeout(() => deadline.reject(new Error(`No answer within ${ms} ms.`)), ms)
  try {
    await Promise.race([check(), deadline.promise])
    return [name, 'ok']
  } catch (error) {
    logger.warn({ err: error, check: name }, 'health check failed')
    return [name, 'failed']
  } finally {
    clearTimeout(timer)
  }
}

function mayReadMetrics(request: Request, token: string | undefined): void {
  const given = request.headers.authorization
  if (token !== undefined && given !== undefined) {
    if (sameText(given, `Bearer ${token}`)) return
    throw unauthenticated('The metrics token is not this one.')
  }
  if (!isThisMachine(request)) throw forbidden('Metrics are for this machine, and for who bears METRICS_TOKEN.')
}

/** A proxy on this machine makes every caller a loopback one, but says so in a header. */
function isThisMachine(request: Request): boolean {
  const { headers, socket } = request
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined || headers['x-real-ip'] !== undefined)
    return false
  const address = socket.remoteAddress?.replace(/^::ffff:/, '') ?? ''
  return address === '::1' || (isIPv4(address) && address.startsWith('127.'))
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const sameText = (left: string, right: string): boolean => timingSafeEqual(digest(left), digest(right))
