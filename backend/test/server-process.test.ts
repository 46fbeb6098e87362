import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AUTH_ROUTES } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serve } from './harness/serve.ts'
import { runToEnd, startServerProcess } from './harness/server-process.ts'
import { TestApi } from './harness/test-api.ts'
import { TestClient } from './harness/test-client.ts'
import { signTestToken } from './harness/test-token.ts'
import { ORIGINAL_ENV } from './original-env.ts'

let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lectern-start-'))
})

afterAll(() => rm(directory, { recursive: true }))

describe('a server that cannot start says so in one line and exits with 78', () => {
  const free = { HOST: '127.0.0.1', PORT: '0' }
  it.each([
    [{ PORT: 'abc' }, /^PORT: "abc" is not valid; it may hold a whole number from 0 to 65535\n$/],
    [{ ...free, JWT_SECRET: 'too short' }, /^JWT_SECRET: a secret of 9 bytes is not valid; .*32.*\n$/],
    [{ ...free, REDIS_URL: 'redis://localhost' }, /^REDIS_URL: .* not built yet; .*\n$/],
    [{ ...free, DATA_DIR: '/dev/null/data' }, /^DATA_DIR: \/dev\/null\/data cannot be made \(ENOTDIR\)\n$/],
    [{ PORT: '0', HOST: '203.0.113.7' }, /^HOST, PORT: cannot listen on 203\.0\.113\.7:0 .*\n$/],
  ])('%j', async (environment, line) => {
    const ended = await runToEnd(directory, environment)
    expect(ended).toMatchObject({ code: 78, stdout: '', stderr: expect.stringMatching(line) })
  })

  it('when something else listens on its port', async () => {
    await using other = await serve(() => undefined)
    const ended = await runToEnd(directory, { HOST: '127.0.0.1', PORT: new URL(other.url).port })
    expect(ended).toMatchObject({
      code: 78,
      stderr: expect.stringMatching(/^HOST, PORT: .*another process listens there.*\n$/),
    })
  })

  it('when another process has its data', async () => {
    await using server = await startServerProcess()
    const ended = await runToEnd(directory, { ...free, DATA_DIR: server.dataDir })
    expect(ended).toMatchObject({ code: 78, stderr: expect.stringMatching(/^Another process uses the database .*\n$/) })
  })

  it('when a value in .env is wrong', async () => {
    const file = join(directory, '.env')
    await writeFile(file, 'LOG_LEVEL=loud  # too loud\n')
    const ended = await runToEnd(directory, free)
    await rm(file)
    expect(ended).toMatchObject({ code: 78, stderr: expect.stringMatching(/^LOG_LEVEL: "loud" is not valid; .*\n$/) })
  })
})

describe('a server that runs', () => {
  it('takes the original’s .env as it stands', async () => {
    await using server = await startServerProcess({}, { dotEnv: ORIGINAL_ENV })
    const { headers } = await fetch(`${server.url}/api/v1/courses`, { headers: { Origin: 'http://localhost:5173' } })
    expect(headers.get('access-control-allow-origin')).toBe('http://localhost:5173')
  })

  it('prints the link to the first administrator until there is one, and logs it never', async () => {
    await using server = await startServerProcess()
    const [, token = ''] = await server.printed(/\/setup\?token=(\S+)/)
    const body = { token, email: 'admin@example.org', password: 'a long password', name: 'Admin' }
    const made = await new TestApi(server.url).call(AUTH_ROUTES.setUp, { body })
    expect(made.user).toMatchObject({ role: 'admin', name: 'Admin' })
    const ended = await server.kill('SIGTERM')
    expect(ended.stdout).not.toContain(token)
    await server.restart()
    expect((await server.kill('SIGTERM')).stderr).not.toContain('/setup')
  })

  it('lets its clients go on SIGTERM and does not wait for those who stay connected', async () => {
    await using server = await startServerProcess()
    const token = await signTestToken({ sub: 'an' }, Date.now())
    await using client = await TestClient.connect(server.url, { auth: { token } })
    const gone = client.disconnected()
    // A browser keeps this connection for its next request.
    await (await fetch(`${server.url}/health/live`, { keepalive: true })).text()
    const startedAt = performance.now()
    expect(await server.kill('SIGTERM')).toMatchObject({ code: 0 })
    expect(await gone).toMatch(/^transport (close|error)$/)
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })

  it('tells its address, answers, and ends with 0 on SIGTERM', async () => {
    await using server = await startServerProcess()
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200)
    const ended = await server.kill('SIGTERM')
    expect(ended).toMatchObject({ code: 0, signal: null })
    expect(ended.stderr).toContain(server.url)
    for (const line of ended.stdout.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('level')
  })

  it('starts again on the same data and port after kill -9', async () => {
    await using server = await startServerProcess()
    const { url } = server
    expect(await server.kill('SIGKILL')).toMatchObject({ signal: 'SIGKILL' })
    await server.restart()
    expect(server.url).toBe(url)
    expect((await fetch(`${url}/health/ready`)).status).toBe(200)
  })
})
