// Starts the server by `npm start` on an empty data folder, waits until it is ready, opens the web client, stops the
// server by SIGTERM (exit 0), and all once more on what is there now.
// Runs under any Node that npm runs under.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const READY_WITHIN_MS = 60_000
const STOPPED_WITHIN_MS = 10_000

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('No free port.')
  return address.port
}

/**
 * @param {string} url
 * @param {AbortSignal} gone
 */
async function untilReady(url, gone) {
  const deadline = Date.now() + READY_WITHIN_MS
  while (Date.now() < deadline && !gone.aborted) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await pause(100)
  }
  throw new Error(gone.aborted ? 'The server ended before it was ready.' : `${url} was not ready in time.`)
}

/**
 * The page, and the scripts that it names.
 * @param {string} url
 */
async function openWebClient(url) {
  const page = await fetch(url)
  const scripts = (await page.text()).match(/\/assets\/[^"]+\.js/g) ?? []
  if (page.url !== `${url}/` || scripts.length === 0) throw new Error(`${page.url} is not the web client.`)
  const encodings = new Set()
  for (const script of scripts) {
    const answer = await fetch(url + script, { headers: { 'Accept-Encoding': 'br' } })
    const type = answer.headers.get('content-type') ?? ''
    if (!answer.ok || !type.startsWith('text/javascript')) throw new Error(`${script}: ${answer.status}, ${type}`)
    encodings.add(answer.headers.get('content-encoding'))
    await answer.arrayBuffer()
  }
  if (!encodings.has('br')) throw new Error('No script of the web client is compressed.')
}

/**
 * What npm started too, should it have outlived npm.
 * @param {number | undefined} pid of the first process of the group
 */
function endGroup(pid) {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // ESRCH: nobody is left.
  }
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @param {1 | -1} sign whom the signal goes to: npm alone, or (as a terminal and systemd do it) the whole group
 */
async function startAndStop(environment, sign) {
  const server = spawn('npm', ['start'], { env: environment, stdio: ['ignore', 'inherit', 'inherit'], detached: true })
  const ended = new AbortController()
  const exit = once(server, 'exit').finally(() => ended.abort())
  try {
    const url = `http://127.0.0.1:${environment['PORT']}`
    await untilReady(`${url}/health/ready`, ended.signal)
    await openWebClient(url)
    process.kill(sign * (server.pid ?? 0), 'SIGTERM')
    const late = pause(STOPPED_WITHIN_MS, ['still running'], { ref: false })
    const [code, signal] = await Promise.race([exit, late])
    if (code !== 0) throw new Error(`SIGTERM ended the server with ${code ?? signal}, not 0.`)
  } finally {
    endGroup(server.pid)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'smoke-'))
try {
  const places = { HOST: '127.0.0.1', DATA_DIR: join(folder, 'data'), UPLOAD_PATH: join(folder, 'uploads') }
  // biome-ignore lint/style/noProcessEnv: the server is given this process's environment, and a place of its own.
  const environment = { ...process.env, ...places, PORT: String(await freePort()) }
  await startAndStop(environment, 1)
  await startAndStop(environment, -1)
  console.log('Smoke test: the server was ready on new and on old data, served the web client, and ended with 0.')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
