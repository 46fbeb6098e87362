import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSqlite } from '../src/database/sqlite/open-sqlite.ts'
import { probe } from './probe.repository.ts'
import { startScript } from './start-script.ts'

const writes = new URL('./database-writes.script.ts', import.meta.url)
let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lectern-process-'))
  file = join(folder, 'lectern.db')
})

afterEach(() => rm(folder, { recursive: true }))

it('every write that was acknowledged is there after kill -9, round after round', async () => {
  const acknowledged: string[] = []
  for (const run of ['a', 'b', 'c']) {
    await using script = startScript(writes, [file, run])
    await script.printed(300)
    script.kill('SIGKILL')
    acknowledged.push(...(await script.ended).stdout)
  }
  const database = await openSqlite({ file })
  const stored = new Set((await database.query(probe.all, 'probe')).map(({ key }) => key))
  await database.close()
  expect(acknowledged.filter((key) => !stored.has(key))).toEqual([])
  expect(acknowledged.length).toBeGreaterThanOrEqual(900)
})

it('a second process is refused while the first lives, and admitted when it was killed', async () => {
  await using script = startScript(writes, [file, 'a'])
  await script.printed(1)
  await expect(openSqlite({ file })).rejects.toMatchObject({ name: 'DatabaseLocked', exitCode: 78 })
  script.kill('SIGKILL')
  await script.ended
  const database = await openSqlite({ file })
  await database.close()
})
