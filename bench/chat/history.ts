import { ALWAYS_THERE, startCluster } from '../../backend/test/harness/postgres-cluster.ts'
import { type ServerProcess, startServerProcess } from '../../e2e/rig/server-process.ts'
import { signToken } from '../../e2e/rig/tokens.ts'
import type { Benchmark, BenchmarkOptions, Figure } from '../rig/benchmark.ts'
import { UNLIMITED } from '../rig/chat-servers.ts'
import { filledPostgres, filledSqlite, type Size } from '../rig/filled-store.ts'
import { closeAll } from '../rig/members.ts'
import { readMetrics } from '../rig/metrics.ts'
import { RawClient } from '../rig/raw-client.ts'
import { median, percentile, secondsOf } from '../rig/rounds.ts'
import { sendSteadily } from '../rig/steady-sending.ts'

const PER_SECOND = 500
const SENDERS = 25

const size = (quick: boolean): Size =>
  quick ? { courses: 10, messages: 2_000 } : { courses: 500, messages: 1_000_000 }
const called = ({ courses, messages }: Size): string =>
  `${messages.toLocaleString('en')} messages in ${courses} courses`

const startFilled = async (all: Size): Promise<ServerProcess> =>
  startServerProcess({ environment: UNLIMITED, copyOf: await filledSqlite(all) })

const courseOf = (number: number, { courses }: Size): string => `history-${(number * 31) % courses}`

const tokenFor = (courseId: string): string => signToken({ sub: 'person-1', courses: { [courseId]: 'student' } })

/** The first token of a person in a course is a commit of its own, which no page or search is to be charged with. */
async function enrol(server: ServerProcess, courseId: string): Promise<void> {
  const headers = { Authorization: `Bearer ${tokenFor(courseId)}` }
  const answer = await fetch(`${server.url}/api/v1/courses/${courseId}`, { headers })
  if (!answer.ok) throw new Error(`Course ${courseId} was answered with ${answer.status}.`)
  await answer.arrayBuffer()
}

/** Each kind of request in turn, one at a time. @returns the milliseconds that each took, by kind */
async function ask(server: ServerProcess, all: Size, rounds: number): Promise<Map<string, number[]>> {
  const middle = Math.floor(all.messages / all.courses / 2)
  const kinds = {
    'latest page': 'messages',
    'page in the middle': `messages?before=${middle}`,
    'search, a rare word': 'messages/search?q=thermodynamics',
    'search, a common word': `messages/search?q=${encodeURIComponent('bài')}`,
    'search, two words': `messages/search?q=${encodeURIComponent('nhóm trang')}`,
    'search, a beginning': `messages/search?q=${encodeURIComponent('ch')}`,
    statistics: 'statistics',
  }
  const taken = new Map(Object.keys(kinds).map((kind): [string, number[]] => [kind, []]))
  for (let round = 0; round < rounds; round++) {
    const courseId = courseOf(round, all)
    await enrol(server, courseId)
    for (const [kind, path] of Object.entries(kinds)) {
      const url = `${server.url}/api/v1/chat/courses/${courseId}/${path}`
      const start = performance.now()
      const answer = await fetch(url, { headers: { Authorization: `Bearer ${tokenFor(courseId)}` } })
      const { data }: { data: unknown } = await answer.json()
      taken.get(kind)?.push(performance.now() - start)
      if (data === undefined || (Array.isArray(data) && data.length === 0)) throw new Error(`${kind} found nothing.`)
    }
  }
  return taken
}

const AIMS: Readonly<Record<string, number | undefined>> = {
  'latest page': 5,
  'page in the middle': 5,
  'search, a rare word': 50,
  'search, a common word': 50,
  'search, two words': 50,
  'search, a beginning': 50,
}

function p99(what: string, values: readonly number[], atMost: number | undefined): Figure {
  const ours = percentile(values, 0.99)
  return { what: `${what}: p99`, ours, unit: 'ms', value: ours, target: atMost === undefined ? undefined : { atMost } }
}

/** What `monitorEventLoopDelay` is set to by prom-client: it tells the time between two looks, this much at least. */
const LOOKS_EVERY_MS = 10

async function measure(server: ServerProcess, all: Size, quick: boolean): Promise<Figure[]> {
  const senders = await Promise.all(
    Array.from({ length: quick ? 5 : SENDERS }, async (_, number) => {
      const courseId = courseOf(number, all)
      const client = await RawClient.open({ url: server.url, auth: { token: tokenFor(courseId) } })
      await client.call('chat:join_room', { courseId })
      return { client, courseId }
    }),
  )
  await ask(server, all, quick ? 2 : 20)
  const stop = sendSteadily(senders, quick ? 50 : PER_SECOND)
  // Each reading begins the delay's statistics anew.
  await readMetrics(server.url)
  const taken = await ask(server, all, quick ? 5 : 300)
  const delay = (await readMetrics(server.url)).value('nodejs_eventloop_lag_p99_seconds') * 1_000 - LOOKS_EVERY_MS
  await stop()
  await closeAll(senders.map(({ client }) => client))
  return [
    ...[...taken].map(([kind, values]) => p99(`${called(all)}: ${kind}`, values, AIMS[kind])),
    { what: 'event-loop delay: p99', ours: delay, unit: 'ms', value: delay, target: { atMost: 10 } },
  ]
}

/** The same on PostgreSQL. */
export async function historyOnPostgres({ quick }: BenchmarkOptions): Promise<Figure[]> {
  const all = size(quick)
  await using cluster = await startCluster({ durable: true, copyOf: await filledPostgres(all) })
  const environment = { ...UNLIMITED, DATABASE_URL: cluster.url(ALWAYS_THERE) }
  await using server = await startServerProcess({ environment })
  return await measure(server, all, quick)
}

export const history: Benchmark = {
  name: 'history',
  about: `1,000,000 messages in 500 courses, and ${PER_SECOND} a second arriving: pages, searches, statistics, one after the other.`,
  async run({ quick }) {
    const all = size(quick)
    await using server = await startFilled(all)
    return await measure(server, all, quick)
  },
}

export const start: Benchmark = {
  name: 'start',
  about: 'From starting the process to its listening, on 1,000,000 messages.',
  async run({ quick }) {
    const all = size(quick)
    await using server = await startFilled(all)
    const taken: number[] = []
    for (let round = 0; round < (quick ? 1 : 7); round++) {
      await server.kill('SIGTERM')
      taken.push(await secondsOf(() => server.restart()))
    }
    const ours = median(taken)
    return [{ what: `start on ${called(all)}`, ours, unit: 's', value: ours, target: { atMost: 1 } }]
  },
}
