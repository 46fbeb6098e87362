import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { RIG_JWT_SECRET } from './tokens.ts'

/** `demo`: with people and a week of talk. */
export type ServerProgram = 'main' | 'demo'

/** What `npm run build` made, as an installation runs it; build.global-setup.ts sees to it that it is of these sources. */
export const builtProgram = (name: string): string =>
  fileURLToPath(new URL(`../../backend/dist/${name}.js`, import.meta.url))

/** What Node has made of it, which is a tenth of a start. */
const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/servers', import.meta.url))

const { scripts }: { scripts: { start: string } } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
)
/** What `npm start` tells Node. */
const FLAGS = scripts.start.match(/--\S+/g) ?? []

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** The server as its operator runs it, on a port and data of its own. `await using` kills it and removes the data. */
export interface ServerProcess extends AsyncDisposable {
  /** The same through every restart. */
  readonly url: string
  readonly dataDir: string
  readonly pid: number
  /** All that it logged and printed since it was last started. */
  readonly output: { readonly stdout: string; readonly stderr: string }
  /** The token of the link that makes the first administrator. @throws Error when the process ends without printing one */
  setUpToken(): Promise<string>
  /** Resolves once standard error matches. @throws Error when the process ends before */
  printed(pattern: RegExp): Promise<RegExpExecArray>
  /** Resolves when it has ended. */
  kill(signal: NodeJS.Signals): Promise<Ended>
  /** On the same data and the same port; resolves once it listens. The process before must have ended. */
  restart(): Promise<void>
}

export interface ServerProcessOptions {
  /** `main` when left out. */
  readonly program?: ServerProgram
  /** The server's variables, beyond those that give it a place of its own; of these `PORT` may be said. */
  readonly environment?: Readonly<Record<string, string>>
  /** A folder that its data directory begins as a copy of; empty when left out. */
  readonly copyOf?: string | undefined
}

interface Run {
  readonly child: ChildProcessByStdio<null, Readable, Readable>
  readonly output: { stdout: string; stderr: string }
  readonly ended: Promise<Ended>
}

/** In a directory of its own with this environment alone, so that no `.env` and no variable of the tests' reach it. */
function run(command: readonly string[], directory: string, environment: Record<string, string>): Run {
  const child = spawn(process.execPath, command, {
    cwd: directory,
    env: { PATH: '', NODE_COMPILE_CACHE: COMPILED, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text
  })
  const ended = once(child, 'close').then((): Ended => ({ code: child.exitCode, signal: child.signalCode, ...output }))
  return { child, output, ended }
}

/** The URL of the log's line `listening`; undefined for any other line. */
function listeningAt(line: string): string | undefined {
  const entry: unknown = JSON.parse(line)
  const isIt = typeof entry === 'object' && entry !== null && 'msg' in entry && entry.msg === 'listening'
  return isIt && 'url' in entry && typeof entry.url === 'string' ? entry.url : undefined
}

/** @throws Error with all that it wrote when it ends before it listens */
async function untilListening({ child, ended }: Run): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  createInterface(child.stdout).on('line', (line) => {
    const url = listeningAt(line)
    if (url !== undefined) resolve(url)
  })
  void ended.then(({ code, stdout, stderr }) => reject(new Error(`The server ended with ${code}.\n${stderr}${stdout}`)))
  return promise
}

async function untilPrinted({ child, output, ended }: Run, pattern: RegExp): Promise<RegExpExecArray> {
  const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>()
  const look = () => {
    const match = pattern.exec(output.stderr)
    if (match !== null) resolve(match)
  }
  child.stderr.on('data', look)
  void ended.then(({ code, stderr }) =>
    reject(new Error(`The server ended with ${code} without ${pattern}.\n${stderr}`)),
  )
  look()
  try {
    return await promise
  } finally {
    child.stderr.off('data', look)
  }
}

/** Resolves once it listens. @throws Error with all that it wrote when it does not come to that */
export async function startServerProcess({
  program = 'main',
  environment = {},
  copyOf,
}: ServerProcessOptions = {}): Promise<ServerProcess> {
  const directory = await mkdtemp(join(tmpdir(), 'lectern-e2e-'))
  const dataDir = join(directory, 'data')
  if (copyOf !== undefined) await cp(copyOf, dataDir, { recursive: true })
  const start = async (port: string) => {
    const place = { HOST: '127.0.0.1', DATA_DIR: dataDir, UPLOAD_PATH: join(directory, 'uploads'), PORT: port }
    const started = run([...FLAGS, builtProgram(program)], directory, {
      JWT_SECRET: RIG_JWT_SECRET,
      ...environment,
      ...place,
    })
    return { ...started, url: await untilListening(started) }
  }
  let running = await start(environment['PORT'] ?? '0')
  const kill = async (signal: NodeJS.Signals) => {
    running.child.kill(signal)
    return running.ended
  }
  return {
    get url() {
      return running.url
    },
    get pid() {
      return running.child.pid ?? 0
    },
    get output() {
      return running.output
    },
    dataDir,
    printed: (pattern) => untilPrinted(running, pattern),
    setUpToken: async () => (await untilPrinted(running, /\/setup\?token=([\w.-]+)\n/))[1] ?? '',
    kill,
    restart: async () => {
      running = await start(new URL(running.url).port)
    },
    [Symbol.asyncDispose]: async () => {
      await kill('SIGKILL')
      await rm(directory, { recursive: true })
    },
  }
}
