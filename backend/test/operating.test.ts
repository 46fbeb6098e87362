import { describe, expect, it } from 'vitest'
import { loadConfig } from '../src/config/config.ts'
import { createHttpApp } from '../src/http/http-app.ts'
import { createMetrics } from '../src/http/metrics.ts'
import { type HealthCheck, operatingRoutes } from '../src/http/operating.ts'
import { captureLog } from './harness/log-capture.ts'
import { serve } from './harness/serve.ts'

const never = () => new Promise<never>(() => undefined)

async function start(checks: Record<string, HealthCheck> = {}, metricsToken?: string) {
  const { logger, lines } = captureLog()
  const metrics = createMetrics()
  const root = [operatingRoutes({ checks, metrics, metricsToken, logger, checkMs: 20 })]
  const { url, ...server } = await serve(createHttpApp({ config: loadConfig({}).http, logger, metrics, root, api: [] }))
  return { url, lines, metrics, ...server }
}

describe('health', () => {
  it('is live whatever its parts do', async () => {
    await using server = await start({ database: never })
    const response = await fetch(`${server.url}/health/live`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ success: true, data: { status: 'ok' } })
  })

  it('is ready when every part answers', async () => {
    await using server = await start({ database: async () => 1 })
    const response = await fetch(`${server.url}/health/ready`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ success: true, data: { status: 'ok', checks: { database: 'ok' } } })
  })

  it('is UNAVAILABLE with the parts that fail or do not answer in time, and not a word of why', async () => {
    await using server = await start({
      database: async () => 1,
      storage: () => Promise.reject(new Error('/srv/files is gone')),
      bus: never,
    })
    const response = await fetch(`${server.url}/health/ready`)
    const text = await response.text()
    expect(response.status).toBe(503)
    expect(JSON.parse(text).error).toMatchObject({
      code: 'UNAVAILABLE',
      details: { checks: { database: 'ok', storage: 'failed', bus: 'failed' } },
    })
    expect(text).not.toContain('/srv')
    expect(server.lines.filter(({ msg }) => msg === 'health check failed').map(({ check }) => check)).toEqual([
      'storage',
      'bus',
    ])
  })
})

describe('metrics', () => {
  const get = (url: string, headers: Record<string, string> = {}) => fetch(`${url}/metrics`, { headers })

  it('are read from this machine, in the form of Prometheus', async () => {
    await using server = await start()
    server.metrics.commit({ size: 3, ms: 4 })
    server.metrics.clientEvent({ event: 'chat:react', outcome: 'ok', ms: 2 })
    server.metrics.messageStored()
    server.metrics.gauge('lectern_connections', 'Connections.', () => 7)
    const response = await get(server.url)
    const text = await response.text()
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(text).toContain('lectern_commit_changes_sum 3')
    expect(text).toContain('lectern_commit_seconds_sum 0.004')
    expect(text).toContain('lectern_client_event_seconds_count{event="chat:react",outcome="ok"} 1')
    expect(text).toContain('lectern_messages_total 1')
    expect(text).toContain('lectern_connections 7')
  })

  it.each(['X-Forwarded-For', 'Forwarded', 'X-Real-IP'])(
    'are not read through a proxy of this machine, which says %s',
    async (name) => {
      await using server = await start()
      const response = await get(server.url, { [name]: '127.0.0.1' })
      expect(response.status).toBe(403)
      expect(await response.json()).toMatchObject({ error: { code: 'FORBIDDEN' } })
    },
  )

  it('are read from anywhere with METRICS_TOKEN, and from nowhere with another', async () => {
    await using server = await start({}, 'metrics-token')
    const elsewhere = { 'X-Forwarded-For': '203.0.113.7' }
    expect((await get(server.url, { ...elsewhere, Authorization: 'Bearer metrics-token' })).status).toBe(200)
    expect((await get(server.url, { ...elsewhere, Authorization: 'Bearer metrics-tokem' })).status).toBe(401)
    expect((await get(server.url, { Authorization: 'Bearer ' })).status).toBe(401)
    expect((await get(server.url, elsewhere)).status).toBe(403)
    expect((await get(server.url)).status).toBe(200)
  })
})
