import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { startServerProcess } from '../harness/server-process.ts'
import { Books, COUNTS, expectRevsWithoutGap, expectWhole, killUnderLoad, noLimits } from './chat-under-load.ts'

const ROUNDS = Number(process.env['LECTERN_CRASH_ROUNDS'] ?? 12)

it(
  `CH: kill -9 at any moment loses no acked change, leaves no gap, and a resend is the same message (${ROUNDS} rounds)`,
  async () => {
    await using server = await startServerProcess(noLimits)
    const books = new Books()
    for (let round = 0; round < ROUNDS; round++) {
      await killUnderLoad(server, round, books, () => server.kill('SIGKILL'))
      await server.restart()
      await expectWhole(server, books)
    }
    await server.kill('SIGKILL')
    const database = new Sqlite(join(server.dataDir, 'lectern.db'), { readonly: true })
    expectRevsWithoutGap(database.prepare(COUNTS).get())
    database.close()
    expect(books.acked.size).toBeGreaterThan(ROUNDS * 10)
  },
  60_000 + ROUNDS * 10_000,
)
