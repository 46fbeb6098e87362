import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, cp, mkdtemp, readFile, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { postgresPrograms } from './postgres-programs.ts'

/** `nobody`, on every Linux: PostgreSQL refuses to run as root. */
const NOBODY = { uid: 65_534, gid: 65_534 }
const ENOUGH_BYTES = 4 * 1024 ** 3
const owner = process.getuid?.() === 0 ? NOBODY : undefined

/** A database that every server has. */
export const ALWAYS_THERE = 'postgres'

export interface PostgresCluster extends AsyncDisposable {
  readonly pid: number
  /** False once its processes have ended, whoever ended them. */
  readonly isRunning: boolean
  /** The folder of its data. */
  readonly data: string
  /** `postgres://…` of a database, which need not be there. */
  url(database: string): string
  /** Runs a statement in a database; by default the one that is always there. */
  run(statement: string, database?: string): Promise<pg.QueryResult>
  /** Ends or stops its processes, all of them. */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void>
  /** Ends it in good order, so that its data may be copied. */
  stop(): Promise<void>
  /** On the same data; the processes before must have ended. */
  start(): Promise<void>
}

export interface ClusterTraits {
  /** Whether commits reach the disk. Without, they are quick, and lost with the machine: not for what tests durability. */
  readonly durable: boolean
  /** Data of another that has been stopped, of which it gets a copy; left out: none. */
  readonly copyOf?: string
  /** Where its folder is made; left out: where there is room, in memory if it need not be durable. */
  readonly within?: string
}

/** A PostgreSQL server of its own, on a socket in a new folder. `await using` ends it and removes its data. */
export async function startCluster({ durable, copyOf, within }: ClusterTraits): Promise<PostgresCluster> {
  const programs = postgresPrograms()
  if (programs === undefined) throw new Error('PostgreSQL is not installed: scripts/install-test-tools.sh installs it.')
  const folder = await mkdtemp(join(within ?? (durable ? tmpdir() : await quickFolder()), 'lectern-postgres-'))
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  if (copyOf === undefined) await initialise(programs, data)
  else await takeCopy(copyOf, data)
  const settings = {
    unix_socket_directories: folder,
    listen_addresses: '',
    max_connections: '200',
    ...(!durable && { fsync: 'off', full_page_writes: 'off' }),
  }
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const url = (database: string) => `postgres:///${database}?host=${folder}&user=lectern`
  let running = await startServer(join(programs, 'postgres'), ['-D', data, ...given], folder)
  return {
    get pid() {
      return running.pid ?? 0
    },
    get isRunning() {
      return running.exitCode === null && running.signalCode === null
    },
    data,
    url,
    run: async (statement, database = ALWAYS_THERE) => withClient(url(database), (client) => client.query(statement)),
    signal: async (signal) => {
      // What has stopped forks no more.
      if (signal === 'SIGKILL') running.kill('SIGSTOP')
      const pids = await processesOf(running)
      for (const pid of pids) process.kill(pid, signal)
      if (signal !== 'SIGKILL') return
      await ended(running)
      // The next server is not let near the memory that one of them still has.
      await Promise.all(pids.map(gone))
    },
    stop: async () => {
      running.kill('SIGINT')
      await ended(running)
    },
    start: async () => {
      running = await startServer(join(programs, 'postgres'), ['-D', data, ...given], folder)
    },
    [Symbol.asyncDispose]: async () => {
      // Immediate shutdown: its data goes with it.
      running.kill('SIGQUIT')
      await ended(running)
      await rm(folder, { recursive: true })
    },
  }
}

async function initialise(programs: string, data: string): Promise<void> {
  const options = ['-D', data, '-U', 'lectern', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']
  await promisify(execFile)(join(programs, 'initdb'), options, { ...owner, cwd: dirname(data) })
}

async function takeCopy(from: string, data: string): Promise<void> {
  await cp(from, data, { recursive: true })
  // Else its own first commits wait for all of these bytes.
  await promisify(execFile)('sync', ['--file-system', data])
  if (owner !== undefined) await promisify(execFile)('chown', ['-R', `${owner.uid}:${owner.gid}`, data])
}

/** In memory, where there is enough of it: many databases are made, and what a busy disk puts off stops all of them. */
export async function quickFolder(): Promise<string> {
  const memory = await statfs('/dev/shm').catch(() => undefined)
  return memory !== undefined && memory.bavail * memory.bsize > ENOUGH_BYTES ? '/dev/shm' : tmpdir()
}

async function startServer(program: string, args: readonly string[], cwd: string): Promise<ChildProcess> {
  const server = spawn(program, args, { ...owner, cwd, stdio: ['ignore', 'ignore', 'pipe'] })
  // Whoever interrupts the tests leaves none behind.
  const quit = () => server.kill('SIGQUIT')
  process.once('exit', quit)
  server.once('exit', () => process.off('exit', quit))
  let log = ''
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = `${log}${text}`.slice(-10_000)
    if (log.includes('database system is ready to accept connections')) resolve()
  })
  server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}.\n${log}`)))
  await promise
  return server
}

/** The server and its children, the backends among them. */
async function processesOf({ pid }: ChildProcess): Promise<number[]> {
  if (pid === undefined) return []
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return [pid, ...children.split(' ').map(Number).filter(Boolean)]
}

/** @throws Error for one that 30 s after its end is still there */
async function gone(pid: number): Promise<void> {
  for (let looks = 0; looks < 3_000; looks++) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
    if (stat === undefined || /\) [ZX] /.test(stat)) return
    await after(10)
  }
  throw new Error(`Process ${pid} does not end.`)
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
}

export async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
