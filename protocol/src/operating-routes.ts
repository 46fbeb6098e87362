import { z } from 'zod'
import { defineRoutes } from './route.ts'

export const liveness = z.object({ status: z.literal('ok') }).meta({ id: 'Liveness' })
export type Liveness = z.infer<typeof liveness>

export const readiness = z
  .object({ status: z.literal('ok'), checks: z.record(z.string(), z.literal('ok')) })
  .meta({ id: 'Readiness' })
export type Readiness = z.infer<typeof readiness>

const open = { who: 'Anybody.', auth: 'none', limit: 'none', status: 200 } as const

/** Beside the API, at the root. */
export const OPERATING_ROUTES = defineRoutes({
  live: {
    ...open,
    method: 'get',
    path: '/health/live',
    summary: 'Whether the process answers',
    response: liveness,
    errors: [],
  },
  ready: {
    ...open,
    method: 'get',
    path: '/health/ready',
    summary: 'Whether what it needs answers too; else UNAVAILABLE with what does not in `details.checks`',
    response: readiness,
    errors: ['UNAVAILABLE'],
  },
  metrics: {
    method: 'get',
    path: '/metrics',
    summary: 'Prometheus metrics',
    who: 'Loopback, or who bears `METRICS_TOKEN`.',
    auth: 'operator',
    limit: 'none',
    status: 200,
    produces: ['text/plain'],
    errors: ['UNAUTHENTICATED', 'FORBIDDEN'],
  },
  docs: {
    ...open,
    method: 'get',
    path: '/api/docs',
    summary: 'This reference, as a page',
    produces: ['text/html'],
    errors: [],
  },
  openapi: {
    ...open,
    method: 'get',
    path: '/api/openapi.json',
    summary: 'The routes, as OpenAPI 3.1',
    produces: ['application/json'],
    errors: [],
  },
  asyncapi: {
    ...open,
    method: 'get',
    path: '/api/asyncapi.json',
    summary: 'The socket events, as AsyncAPI 3.0',
    produces: ['application/json'],
    errors: [],
  },
})
