import { createServer } from 'node:http'
import { expect, it } from 'vitest'
import { PersonLimits } from '../../src/access/person-limits.ts'
import { loadConfig } from '../../src/config/config.ts'
import { Dispatcher } from '../../src/realtime/dispatcher.ts'
import { ExpiryWatch } from '../../src/realtime/expiry.ts'
import { People } from '../../src/realtime/people.ts'
import { acceptConnections, createSocketServer } from '../../src/realtime/realtime-server.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { unauthenticated } from '../../src/shared/errors.ts'
import { MemoryLimiter } from '../../src/shared/limiter.ts'
import { captureLog } from '../harness/log-capture.ts'
import { TestClient } from '../harness/test-client.ts'

it('ID34: an account that is disabled between its handshake and its connection has its socket ended', async () => {
  const http = createServer()
  const io = createSocketServer(http, new Set())
  const { logger } = captureLog()
  const limits = new PersonLimits(new MemoryLimiter(systemClock), loadConfig({}).limits)
  const connected: string[] = []
  let asked = 0
  acceptConnections(io, {
    authenticate: async () => {
      if (asked++ > 0) throw unauthenticated()
      const times = { issuedAt: 0, expiresAt: Date.now() + 600_000 }
      return { kind: 'user', userId: 'an', realm: 'local', name: 'An', role: 'student', ...times, courses: undefined }
    },
    allowedOrigins: new Set(),
    people: new People(),
    dispatcher: new Dispatcher({}, limits, logger, () => undefined),
    expiry: new ExpiryWatch(systemClock),
    listener: { connected: async ({ id }) => void connected.push(id), disconnected: () => undefined },
    maxSockets: 0,
    steady: systemClock,
    logger,
  })
  const port = await new Promise((resolve) => {
    http.listen(0, '127.0.0.1', () => resolve(Reflect.get(Object(http.address()), 'port')))
  })
  await using client = await TestClient.connect(`http://127.0.0.1:${port}`, { auth: { token: 'x' } })
  expect(['io server disconnect', 'not connected']).toContain(await client.disconnected())
  expect(connected).toEqual([])
  await io.close()
})
