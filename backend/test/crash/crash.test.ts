import { expect, it, vi } from 'vitest'
import { EMBEDDED, type ServerProcess, startServerProcess } from '../harness/server-process.ts'
import { mountSmallDisk } from '../harness/small-disk.ts'
import { DEBUGGABLE, ThreadDebugger } from '../harness/thread-debugger.ts'
import {
  BACK_MS,
  Books,
  COUNTS,
  expectRevsWithoutGap,
  expectWhole,
  fillUnderLoad,
  killUnderLoad,
  noLimits,
} from './chat-under-load.ts'

const ROUNDS = Number(process.env['LECTERN_CRASH_ROUNDS'] ?? 10)
const FULL_ROUNDS = Number(process.env['LECTERN_CRASH_ROUNDS'] ?? 3)
const MB = 1_048_576
/** A log of commits, which is up to 16 MB, fits in more than once. */
const ROOM = 64 * MB

const ready = (server: ServerProcess) =>
  vi.waitFor(async () => expect((await fetch(`${server.url}/health/ready`)).status).toBe(200), BACK_MS)

it(
  `CH: kill -9 of the server and the end of the thread that writes, in turn, at any moment, lose no acked change, leave no gap, and a resend is the same message (${ROUNDS} rounds)`,
  async () => {
    await using server = await startServerProcess({ ...noLimits, ...DEBUGGABLE, ...EMBEDDED })
    const books = new Books()
    for (let round = 0; round < ROUNDS; round++) {
      if (round % 2 === 0) {
        await killUnderLoad(server, round, books, () => server.kill('SIGKILL'))
        await server.restart()
      } else {
        using threads = await ThreadDebugger.attach(server)
        await killUnderLoad(server, round, books, () => threads.end(/\/writer-thread\.ts$/), { comesBack: true })
        await ready(server)
      }
      await expectWhole(server, books)
    }
    expectRevsWithoutGap((await server.pastServer(COUNTS))[0])
    expect(books.acked.size).toBeGreaterThan(ROUNDS * 10)
    expect(books.refused).toBeGreaterThan(0)
  },
  60_000 + ROUNDS * 10_000,
)

it(
  `CH: a disk that is full under load: senders are told, no acked change is lost, nothing is stored twice, and it goes on when there is room (${FULL_ROUNDS} rounds)`,
  async ({ skip }) => {
    await using disk = await mountSmallDisk(ROOM)
    if (disk === undefined) return skip('NOT TESTED: this machine mounts no tmpfs')
    await using server = await startServerProcess({ ...noLimits, ...EMBEDDED, DATA_DIR: disk.path })
    const books = new Books()
    for (let round = 0; round < FULL_ROUNDS; round++) {
      await fillUnderLoad(server, round, books, disk)
      if (round % 3 === 2) await server.kill('SIGKILL')
      await disk.leave(ROOM)
      if (round % 3 === 2) await server.restart()
      await ready(server)
      await expectWhole(server, books)
    }
  },
  60_000 + FULL_ROUNDS * 20_000,
)
