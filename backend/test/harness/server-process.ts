import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type PastServer, pastServer } from './past-server.ts'
import { newTestPostgres } from './test-postgres.ts'
import { TEST_JWT_SECRET } from './test-token.ts'

export type Entry = 'main' | 'demo'

const fileOf = (entry: Entry) => fileURLToPath(new URL(`../../src/${entry}.ts`, import.meta.url))

/** What Node has made of the sources, which is most of a start; with compiled.global-setup.ts, from the first one on. */
export const COMPILED = fileURLToPath(new URL('../../../node_modules/.cache/servers', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** The server as a process of its own, run from source. `await using` kills it and removes its data. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string
  readonly dataDir: string
  readonly pid: number
  readonly pastServer: PastServer
  /** Resolves once standard error matches. @throws Error when the process ends before */
  printed(pattern: RegExp): Promise<RegExpExecArray>
  kill(signal: NodeJS.Signals): Promise<Ended>
  /** On the same data and the same port; the process before must have ended. */
  restart(): Promise<void>
}

/** On SQLite, whatever the project's tests run on. */
export const EMBEDDED = { DATABASE_URL: '' }

type Child = ChildProcessByStdio<null, Readable, Readable>

interface Run {
  readonly child: Child
  readonly output: { stdout: string; stderr: string }
  readonly ended: Promise<Ended>
}

/** Runs an entry in a directory of its own with this environment alone, so that no `.env` and no variable of the tests' reach it. */
function run(directory: string, environment: Record<string, string>, entry: Entry = 'main'): Run {
  const child = spawn(process.execPath, ['--conditions=source', fileOf(entry)], {
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

/** Runs the server until it ends by itself, as it does when it cannot start. */
export async function runToEnd(
  directory: string,
  environment: Record<string, string>,
  entry: Entry = 'main',
): Promise<Ended> {
  return run(directory, environment, entry).ended
}

const listening = z.object({ msg: z.literal('listening'), url: z.string() })

/** @throws Error with all that it wrote when it ends before it listens */
async function untilListening({ child, ended }: Run): Promise<string> {
  const lines = createInterface(child.stdout)
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  lines.on('line', (line) => {
    const parsed = listening.safeParse(JSON.parse(line))
    if (parsed.success) resolve(parsed.data.url)
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

/** @param dotEnv what stands in the `.env` of the directory that it runs in; nothing when left out */
export async function startServerProcess(
  environment: Record<string, string> = {},
  { dotEnv, entry = 'main' }: { readonly dotEnv?: string; readonly entry?: Entry } = {},
): Promise<ServerProcess> {
  const directory = await mkdtemp(join(tmpdir(), 'lectern-process-'))
  if (dotEnv !== undefined) await writeFile(join(directory, '.env'), dotEnv)
  const dataDir = environment['DATA_DIR'] ?? join(directory, 'data')
  const { DATABASE_URL: databaseUrl = (await newTestPostgres())?.url } = environment
  const start = async (port: string) => {
    const started = run(
      directory,
      {
        HOST: '127.0.0.1',
        DATA_DIR: dataDir,
        UPLOAD_PATH: join(dataDir, 'uploads'),
        JWT_SECRET: TEST_JWT_SECRET,
        ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
        ...environment,
        PORT: port,
      },
      entry,
    )
    return { ...started, url: await untilListening(started) }
  }
  let running = await start('0')
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
    printed: (pattern) => untilPrinted(running, pattern),
    dataDir,
    pastServer: pastServer(dataDir, databaseUrl || undefined),
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
