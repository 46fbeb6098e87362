import { copyFile, mkdtemp, open, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSqlite } from '../src/database/sqlite/open-sqlite.ts'
import { probe } from './probe.repository.ts'
import { startScript } from './start-script.ts'

let folder: string
let file: string
let copy: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lectern-backup-'))
  file = join(folder, 'lectern.db')
  copy = join(folder, 'copy.db')
})

afterEach(() => rm(folder, { recursive: true }))

const run = (name: 'backup' | 'restore', ...args: string[]) =>
  startScript(new URL(`../src/${name}.ts`, import.meta.url), args, { DATA_DIR: folder }).ended

/** Runs `work` on the database of the folder. */
async function withDatabase<T>(work: (database: Awaited<ReturnType<typeof openSqlite>>) => Promise<T>): Promise<T> {
  const database = await openSqlite({ file })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

const put = (key: string) => withDatabase((database) => database.write(probe.put, { key, value: '' }))

function keysOf(path: string): unknown[] {
  const raw = new Sqlite(path)
  const keys = raw.prepare(`select key from meta where key like 'probe%' order by key`).pluck().all()
  raw.close()
  return keys
}

describe('backup', () => {
  it('while a server writes, holds all that was acknowledged before, and is of one moment', async () => {
    await using script = startScript(new URL('./database-writes.script.ts', import.meta.url), [file, 'a'])
    const before = [...(await script.printed(200))]
    expect(await run('backup', '--to', copy)).toMatchObject({ code: 0, stderr: '' })
    await script.printed(before.length + 200)
    const keys = keysOf(copy)
    expect(keys).toEqual(expect.arrayContaining(before))
    expect(keys).toEqual(keys.map((_, index) => `probe a ${String(index + 1).padStart(8, '0')}`))
  })

  it('of a stopped server leaves one file that only its owner reads, and nothing beside it', async () => {
    await put('probe a')
    const { stdout } = await run('backup', '--to', copy)
    const { size, mode } = await stat(copy)
    expect(stdout).toEqual([`Backed up to ${copy} (${size} bytes). The bytes of files in UPLOAD_PATH are not in it.`])
    expect(mode & 0o777).toBe(0o600)
    expect((await readdir(folder)).sort()).toEqual(['copy.db', 'lectern.db', 'lectern.lock'])
    expect(keysOf(copy)).toEqual(['probe a'])
  })

  it('overwrites nothing without --force', async () => {
    await put('probe a')
    await writeFile(copy, 'kept')
    expect(await run('backup', '--to', copy)).toMatchObject({
      code: 78,
      stderr: `${copy} is there already: --force overwrites it.\n`,
    })
    expect((await stat(copy)).size).toBe(4)
    expect(await run('backup', '--to', copy, '--force')).toMatchObject({ code: 0 })
    expect(keysOf(copy)).toEqual(['probe a'])
  })

  it('goes beside the database when no file is named', async () => {
    await put('probe a')
    expect(await run('backup')).toMatchObject({ code: 0 })
    expect(await readdir(join(folder, 'backups'))).toEqual([expect.stringMatching(/^lectern-\d{8}T\d{9}Z\.db$/)])
  })

  it('without a database is refused in one line', async () => {
    expect(await run('backup')).toMatchObject({ code: 78, stderr: `There is no database ${file}.\n` })
  })

  it('an unknown option is refused with how to call it', async () => {
    expect(await run('backup', '--too', copy)).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('[--to FILE]'),
    })
  })
})

describe('restore', () => {
  it('brings back what the backup holds, with a new epoch, the same installation and no seats, and keeps what it replaces', async () => {
    await put('probe a')
    const seat = { connection_id: 'c', course_id: 'k', user_id: 'u', entered_rev: 1, reached_rev: 1, parked_at: null }
    const before = await withDatabase(async (database) => {
      await database.write(probe.sit, seat)
      return { epoch: database.epoch, installationId: database.installationId }
    })
    await run('backup', '--to', copy)
    await put('probe b')
    const { code, stdout } = await run('restore', '--from', copy)
    expect(code).toBe(0)
    await withDatabase(async (database) => {
      expect(await database.query(probe.all, 'probe')).toEqual([{ key: 'probe a', value: '' }])
      expect(await database.read.selectFrom('seats').selectAll().execute()).toEqual([])
      expect(await database.read.selectFrom('room_positions').selectAll().execute()).toEqual([])
      expect(database.installationId).toBe(before.installationId)
      expect(database.epoch).not.toBe(before.epoch)
    })
    const aside = (await readdir(folder)).find((name) => name.startsWith('lectern.db.before-restore-')) ?? ''
    expect(stdout).toEqual([`Restored ${file}. The one before is ${join(folder, aside)}.`])
    expect(keysOf(join(folder, aside))).toEqual(['probe a', 'probe b'])
  })

  it('is refused while a server runs', async () => {
    await put('probe a')
    await run('backup', '--to', copy)
    await withDatabase(async () => {
      const { code, stderr } = await run('restore', '--from', copy)
      expect({ code, stderr }).toEqual({
        code: 78,
        stderr: `Another process uses the database ${file}: stop it first.\n`,
      })
    })
  })

  it('takes what a killed server left in its log, of the backup and of what it replaces', async () => {
    await using script = startScript(new URL('./database-writes.script.ts', import.meta.url), [file, 'a'])
    await script.printed(100)
    script.kill('SIGKILL')
    const acknowledged = [...(await script.ended).stdout]
    await copyFile(file, copy)
    await copyFile(`${file}-wal`, `${copy}-wal`)
    expect(await run('restore', '--from', copy)).toMatchObject({ code: 0 })
    const aside = (await readdir(folder)).find((name) => name.startsWith('lectern.db.before-restore-')) ?? ''
    for (const path of [file, join(folder, aside)]) expect(keysOf(path)).toEqual(expect.arrayContaining(acknowledged))
  })

  it('replaces a damaged database, and keeps that too', async () => {
    await put('probe a')
    await run('backup', '--to', copy)
    await writeFile(file, 'no database at all')
    expect(await run('restore', '--from', copy)).toMatchObject({ code: 0 })
    expect(keysOf(file)).toEqual(['probe a'])
    expect((await readdir(folder)).filter((name) => name.includes('.before-restore-'))).toHaveLength(1)
  })

  it('works where there was no database', async () => {
    await put('probe a')
    await run('backup', '--to', copy)
    await rm(file)
    expect(await run('restore', '--from', copy)).toMatchObject({
      code: 0,
      stdout: [`Restored ${file}. There was none before.`],
    })
    expect(keysOf(file)).toEqual(['probe a'])
  })

  it.each([
    ['newer than the program', `update meta set value = '999' where key = 'schema_version'`, 'schema version 999'],
    ['something else’s', 'pragma application_id = 1', 'is not a Lectern database'],
  ])('a file that is %s is refused, and the database stays', async (_what, change, complaint) => {
    await put('probe a')
    await run('backup', '--to', copy)
    const raw = new Sqlite(copy)
    raw.exec(change)
    raw.close()
    await put('probe b')
    expect(await run('restore', '--from', copy)).toMatchObject({ code: 78, stderr: expect.stringContaining(complaint) })
    expect(keysOf(file)).toEqual(['probe a', 'probe b'])
    expect((await readdir(folder)).sort()).toEqual(['copy.db', 'lectern.db', 'lectern.lock'])
  })

  it('a file that is damaged or no database is refused', async () => {
    await put('probe a')
    await run('backup', '--to', copy)
    const { size } = await stat(copy)
    const raw = await open(copy, 'r+')
    await raw.write(Buffer.alloc(size - 8192, 0xff), 0, size - 8192, 8192)
    await raw.close()
    expect(await run('restore', '--from', copy)).toMatchObject({ code: 78, stderr: expect.stringContaining('damaged') })
    await writeFile(copy, 'a letter')
    expect(await run('restore', '--from', copy)).toMatchObject({
      code: 78,
      stderr: `${copy} is not a Lectern database.\n`,
    })
    expect(keysOf(file)).toEqual(['probe a'])
  })
})
