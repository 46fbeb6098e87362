import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp } from '../../src/app.ts'
import { loadConfig } from '../../src/config/config.ts'
import type { Environment } from '../../src/config/env.ts'
import type { WebClientBuild } from '../../src/http/web-client.files.ts'
import type { MediaEngine } from '../../src/modules/webrtc/media/media-engine.types.ts'
import { type Clock, systemClock } from '../../src/shared/clock.ts'
import { type SteadyTime, steadyTime } from '../../src/shared/steady-time.ts'
import { captureLog } from './log-capture.ts'
import { type PastServer, pastServer } from './past-server.ts'
import { TestApi } from './test-api.ts'
import { type ClientOptions, TestClient } from './test-client.ts'
import { newTestPostgres } from './test-postgres.ts'
import { signTestToken, TEST_JWT_SECRET, type TestClaims } from './test-token.ts'

export interface TestServerOptions {
  /** Over the tests' own: loopback, a free port, a new data directory, an LMS that signs with `TEST_JWT_SECRET`. */
  readonly env?: Environment
  readonly clock?: Clock
  /** What classes go by. */
  readonly time?: SteadyTime | undefined
  readonly engine?: MediaEngine | undefined
  readonly webClient?: WebClientBuild | undefined
}

/** The whole server in this process. `await using` closes it and removes its data. */
export interface TestServer extends AsyncDisposable {
  readonly url: string
  readonly dataDir: string
  readonly app: App
  readonly pastServer: PastServer
  /** Everything that was logged. */
  readonly logLines: readonly Record<string, unknown>[]
  token(claims: TestClaims): Promise<string>
  /** A connected client of the bearer of these claims, or of this token; closed with the server. */
  connect(who: TestClaims | string, options?: ClientOptions): Promise<TestClient>
  /** REST for the bearer of these claims or of this token, or for nobody. */
  api(who?: TestClaims | string): Promise<TestApi>
  /** Stops it and starts it again on the same data and the same port. */
  restart(): Promise<void>
}

export async function startTestServer({
  env = {},
  clock = systemClock,
  time = steadyTime(clock),
  engine,
  webClient,
}: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lectern-server-'))
  const postgres = env['DATABASE_URL'] === undefined ? await newTestPostgres() : undefined
  const { logger, lines } = captureLog()
  const clients: TestClient[] = []
  const start = async (port: number) => {
    const config = loadConfig({
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      UPLOAD_PATH: join(dataDir, 'uploads'),
      JWT_SECRET: TEST_JWT_SECRET,
      DATABASE_URL: postgres?.url,
      ...env,
      PORT: String(port),
    })
    const app = await createApp({ config, logger, clock, time, engine, webClient })
    return { app, url: await app.listen() }
  }
  let running = await start(0)
  const tokenOf = async (who: TestClaims | string) => (typeof who === 'string' ? who : signTestToken(who, clock.now()))
  return {
    get url() {
      return running.url
    },
    get app() {
      return running.app
    },
    dataDir,
    pastServer: pastServer(dataDir, postgres?.url ?? env['DATABASE_URL']),
    logLines: lines,
    token: (claims) => signTestToken(claims, clock.now()),
    connect: async (who, options) => {
      const client = await TestClient.connect(running.url, { auth: { token: await tokenOf(who) }, ...options })
      clients.push(client)
      return client
    },
    api: async (who) => new TestApi(running.url, who === undefined ? undefined : await tokenOf(who)),
    restart: async () => {
      await running.app.close()
      running = await start(Number(new URL(running.url).port))
    },
    [Symbol.asyncDispose]: async () => {
      for (const client of clients) await client[Symbol.asyncDispose]()
      await running.app.close()
      await rm(dataDir, { recursive: true })
    },
  }
}
