import { expect, it, vi } from 'vitest'
import { Books, COUNTS, expectRevsWithoutGap, expectWhole, killUnderLoad, noLimits } from '../crash/chat-under-load.ts'
import { startCluster } from '../harness/postgres-cluster.ts'
import { startServerProcess } from '../harness/server-process.ts'

const ROUNDS = Number(process.env['LECTERN_CRASH_ROUNDS'] ?? 4)
const DATABASE = 'lectern'
const BACK_MS = 30_000

it(
  `CH: kill -9 of the server and of PostgreSQL in turn, at any moment, loses no acked change, leaves no gap, and a resend is the same message (${ROUNDS} rounds)`,
  async () => {
    await using cluster = await startCluster({ durable: true })
    await cluster.run(`create database ${DATABASE}`)
    await using server = await startServerProcess({ ...noLimits, DATABASE_URL: cluster.url(DATABASE) })
    const books = new Books()
    for (let round = 0; round < ROUNDS; round++) {
      if (round % 2 === 0) {
        await killUnderLoad(server, round, books, () => server.kill('SIGKILL'))
        await server.restart()
      } else {
        await killUnderLoad(server, round, books, () => cluster.signal('SIGKILL'))
        await cluster.start()
        await vi.waitFor(async () => expect((await fetch(`${server.url}/health/ready`)).status).toBe(200), BACK_MS)
      }
      await expectWhole(server, books)
    }
    const { rows } = await cluster.run(COUNTS, DATABASE)
    expectRevsWithoutGap(rows[0])
    expect(books.acked.size).toBeGreaterThan(ROUNDS * 10)
  },
  60_000 + ROUNDS * 20_000,
)
