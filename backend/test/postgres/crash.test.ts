import { expect, it, vi } from 'vitest'
import {
  BACK_MS,
  Books,
  COUNTS,
  expectRevsWithoutGap,
  expectWhole,
  fillUnderLoad,
  killUnderLoad,
  noLimits,
} from '../crash/chat-under-load.ts'
import { ALWAYS_THERE, type PostgresCluster, startCluster } from '../harness/postgres-cluster.ts'
import { type ServerProcess, startServerProcess } from '../harness/server-process.ts'
import { mountSmallDisk } from '../harness/small-disk.ts'

const ROUNDS = Number(process.env['LECTERN_CRASH_ROUNDS'] ?? 6)
const FULL_ROUNDS = Number(process.env['LECTERN_CRASH_ROUNDS'] ?? 2)
const MB = 1_048_576
/** For an empty database and a few segments of its log, of 16 MB each. */
const ROOM = 256 * MB
const END_WRITER = `select pg_terminate_backend(pid) from pg_stat_activity where application_name like '%writer'`

/** Starts a PostgreSQL that has ended. */
const ready = (server: ServerProcess, cluster: PostgresCluster) =>
  vi.waitFor(async () => {
    if (!cluster.isRunning) await cluster.start()
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200)
  }, BACK_MS)

it(
  `CH: kill -9 of the server and of PostgreSQL, and the end of the connection that writes, in turn, at any moment, lose no acked change, leave no gap, and a resend is the same message (${ROUNDS} rounds)`,
  async () => {
    await using cluster = await startCluster({ durable: true })
    await using server = await startServerProcess({ ...noLimits, DATABASE_URL: cluster.url(ALWAYS_THERE) })
    const books = new Books()
    const endings = [
      async (round: number) => {
        await killUnderLoad(server, round, books, () => server.kill('SIGKILL'))
        await server.restart()
      },
      (round: number) => killUnderLoad(server, round, books, () => cluster.signal('SIGKILL')),
      (round: number) => killUnderLoad(server, round, books, () => cluster.run(END_WRITER), { comesBack: true }),
    ]
    for (let round = 0; round < ROUNDS; round++) {
      await endings[round % endings.length]?.(round)
      await ready(server, cluster)
      await expectWhole(server, books)
    }
    expectRevsWithoutGap((await server.pastServer(COUNTS))[0])
    expect(books.acked.size).toBeGreaterThan(ROUNDS * 10)
    expect(books.refused).toBeGreaterThan(0)
  },
  60_000 + ROUNDS * 20_000,
)

it(
  `CH: a disk of PostgreSQL that is full under load: senders are told, no acked change is lost, nothing is stored twice, and it goes on when there is room (${FULL_ROUNDS} rounds)`,
  async ({ skip }) => {
    await using disk = await mountSmallDisk(ROOM)
    if (disk === undefined) return skip('NOT TESTED: this machine mounts no tmpfs')
    await using cluster = await startCluster({ durable: true, within: disk.path })
    await using server = await startServerProcess({ ...noLimits, DATABASE_URL: cluster.url(ALWAYS_THERE) })
    const books = new Books()
    for (let round = 0; round < FULL_ROUNDS; round++) {
      await fillUnderLoad(server, round, books, disk)
      await disk.leave(ROOM)
      await ready(server, cluster)
      await expectWhole(server, books)
    }
  },
  60_000 + FULL_ROUNDS * 30_000,
)
