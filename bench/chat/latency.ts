import { setTimeout as after } from 'node:timers/promises'
import type { Benchmark, Figure } from '../rig/benchmark.ts'
import { type ChatServer, startLectern, startPlainServer } from '../rig/chat-servers.ts'
import { closeAll, enterAll, placesIn } from '../rig/members.ts'
import { type Metrics, percentileBetween, readMetrics } from '../rig/metrics.ts'
import { alternate, percentile } from '../rig/rounds.ts'
import { delayOf, sendSteadily } from '../rig/steady-sending.ts'

const MEMBERS = 200
const SENDERS = 4
/** Of the members, those whose messages are looked into. */
const WATCHED = 20
const PER_SECOND = 150
const RANKS = [0.5, 0.9, 0.99, 0.999]

let lastCourse = 0

/** @returns how long each message was under way to each watched member, in ms */
async function delays(server: ChatServer, seconds: number): Promise<number[]> {
  const courseId = `latency-${++lastCourse}`
  const taken: number[] = []
  const watched = { sampleEvery: 1, sampled: (message: unknown) => taken.push(delayOf(message)) }
  const clients = await enterAll(server, placesIn([courseId], MEMBERS), (_, index) => (index < WATCHED ? watched : {}))
  await after(500)
  const stop = sendSteadily(
    clients.slice(-SENDERS).map((client) => ({ client, courseId })),
    PER_SECOND,
  )
  await after(seconds * 1_000)
  const sent = await stop()
  const expected = (sent.get(courseId) ?? 0) * WATCHED
  while (taken.length < expected) await after(5)
  await server.verify(courseId, sent.get(courseId) ?? 0)
  await closeAll(clients)
  return taken
}

const commits = (before: Metrics, now: Metrics): number =>
  percentileBetween(before, now, 'lectern_commit_seconds', 0.99) * 1_000

export const latency: Benchmark = {
  name: 'latency',
  about: `${PER_SECOND} messages a second into a room of ${MEMBERS}, sent whatever the answers: how long they are under way, against Socket.IO that stores nothing.`,
  async run({ quick }) {
    await using ours = await startLectern()
    await using plain = await startPlainServer()
    const [lectern, peer]: [number[], number[]] = [[], []]
    const commitTimes: number[] = []
    const seconds = quick ? 0.5 : 8
    await alternate(quick ? 1 : 5, [
      async () => {
        const before = await readMetrics(ours.url)
        lectern.push(...(await delays(ours, seconds)))
        commitTimes.push(commits(before, await readMetrics(ours.url)))
        return 0
      },
      async () => {
        peer.push(...(await delays(plain, seconds)))
        return 0
      },
    ])
    const commit = Math.max(...commitTimes)
    const at = RANKS.map((rank): Figure => {
      const [mine, theirs] = [percentile(lectern, rank), percentile(peer, rank)]
      return { what: `p${rank * 100}`, ours: mine, peer: theirs, unit: 'ms', value: mine / theirs, target: undefined }
    })
    const over = percentile(lectern, 0.99) - percentile(peer, 0.99)
    const what = `p99 above the peer's; p99 of the run's own commits and 3 ms are allowed: ${(commit + 3).toFixed(1)} ms`
    return [...at, { what, ours: over, unit: 'ms', value: over, target: { atMost: commit + 3 } }]
  },
}
