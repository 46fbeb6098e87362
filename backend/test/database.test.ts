import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { Commit } from '../src/database/group-commit.ts'
import { MIGRATIONS } from '../src/database/migrations/migrations.ts'
import { openSqlite } from '../src/database/sqlite/open-sqlite.ts'
import { AppError } from '../src/shared/errors.ts'
import { openTestDatabase } from './open-test-database.ts'
import { probe } from './probe.repository.ts'

const entry = (key: string, value = 'x') => ({ key: `probe ${key}`, value })
const UNAVAILABLE = { code: 'UNAVAILABLE' }

function recordingLogger() {
  const messages: string[] = []
  return { messages, error: (_fields: object, message: string) => messages.push(message) }
}

describe('a write', () => {
  it('is seen by reads and queries as soon as it is acknowledged', async () => {
    await using test = await openTestDatabase()
    await test.database.write(probe.put, entry('a', '1'))
    const row = await test.database.read.selectFrom('meta').selectAll().where('key', '=', 'probe a').executeTakeFirst()
    expect(row).toEqual(entry('a', '1'))
    expect(await test.database.query(probe.all, 'probe')).toEqual([entry('a', '1')])
  })

  it('made in the same turn as others shares their commit, and takes effect in the order of the calls', async () => {
    const commits: Commit[] = []
    await using test = await openTestDatabase({ onCommit: (commit) => commits.push(commit) })
    const counts = await Promise.all(['a', 'b', 'c', 'd'].map((key) => test.database.write(probe.put, entry(key))))
    const before = counts[0] ?? 0
    expect(counts).toEqual([before, before + 1, before + 2, before + 3])
    await test.database.close()
    expect(commits).toEqual([{ size: 4, ms: expect.any(Number) }])
  })

  it('that fails undoes itself alone', async () => {
    await using test = await openTestDatabase()
    const { database } = test
    const [first, refused, failed, last] = await Promise.allSettled([
      database.write(probe.put, entry('a')),
      database.write(probe.putThenRefuse, entry('b')),
      database.write(probe.putThenFail, entry('c')),
      database.write(probe.put, entry('d')),
    ])
    expect([first.status, last.status]).toEqual(['fulfilled', 'fulfilled'])
    expect([refused.status, failed.status]).toEqual(['rejected', 'rejected'])
    expect(await database.query(probe.all, 'probe')).toEqual([entry('a'), entry('d')])
  })

  it('may put work off to the end of its batch, which is dropped with the operation and undone with the batch', async () => {
    await using test = await openTestDatabase()
    const { database } = test
    const late = (key: string, refuse = false) => database.write(probe.putLate, { ...entry(key), refuse })
    const [first, refused, last] = await Promise.allSettled([late('a'), late('b', true), late('c')])
    expect([first, refused.status, last]).toMatchObject([{ value: 0 }, 'rejected', { value: 0 }])
    expect(await database.query(probe.all, 'probe')).toEqual([entry('a'), entry('c')])
    const undone = await Promise.allSettled([late('d'), late('a')])
    expect(undone).toMatchObject([{ reason: UNAVAILABLE }, { reason: UNAVAILABLE }])
    expect(await late('e')).toBe(2)
    await expect(database.query(probe.putLate, { ...entry('f'), refuse: false })).rejects.toThrow('stores nothing')
    expect(await database.query(probe.all, 'probe')).toEqual([entry('a'), entry('c'), entry('e')])
  })

  it('that throws an AppError is rejected with that AppError', async () => {
    await using test = await openTestDatabase()
    const error = await test.database.write(probe.putThenRefuse, entry('a')).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({
      code: 'CONFLICT',
      message: 'It is there already.',
      details: { key: 'probe a' },
      status: 409,
    })
  })

  it('that throws anything else is rejected with an Error for the log, and no AppError', async () => {
    await using test = await openTestDatabase()
    const error = await test.database.write(probe.putThenFail, entry('a')).catch((thrown: unknown) => thrown)
    expect(error).not.toBeInstanceOf(AppError)
    expect(error).toMatchObject({
      name: 'TypeError',
      message: 'broken',
      stack: expect.stringContaining('probe.repository'),
    })
  })

  it('whose input or output cannot travel is its own caller’s error', async () => {
    await using test = await openTestDatabase()
    const { database } = test
    const uncloneable = Object.assign(entry('a'), { callback: () => undefined })
    const results = await Promise.allSettled([
      database.write(probe.put, entry('b')),
      database.write(probe.put, uncloneable),
      database.write(probe.unsendable, null),
      database.write(probe.put, entry('c')),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect(await database.query(probe.all, 'probe')).toEqual([entry('b'), entry('c')])
  })

  it('after closing has begun is UNAVAILABLE, and those before it are stored', async () => {
    await using test = await openTestDatabase()
    const before = ['a', 'b', 'c'].map((key) => test.database.write(probe.put, entry(key)))
    const closed = test.database.close()
    await expect(test.database.write(probe.put, entry('d'))).rejects.toMatchObject(UNAVAILABLE)
    await closed
    expect((await Promise.allSettled(before)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ])
    expect(existsSync(`${test.file}-wal`)).toBe(false)
    const reopened = await test.reopen()
    expect(await reopened.query(probe.all, 'probe')).toEqual([entry('a'), entry('b'), entry('c')])
  })
})

describe('durability', () => {
  it('commits to a log that is synced each time, with foreign keys on', async () => {
    await using test = await openTestDatabase()
    const pragma = (name: string) => test.database.write(probe.pragma, name)
    expect(await Promise.all(['journal_mode', 'synchronous', 'foreign_keys'].map(pragma))).toEqual(['wal', 2, 1])
  })

  it('when the disk is full nothing of the batch is stored, the log says so, and the next write works', async () => {
    const logger = recordingLogger()
    await using test = await openTestDatabase({ logger })
    const { database } = test
    const pages = await database.write(probe.pragma, 'page_count')
    await database.write(probe.pragma, `max_page_count = ${pages}`)
    const results = await Promise.allSettled([
      database.write(probe.put, entry('a')),
      database.write(probe.put, entry('b', 'x'.repeat(100_000))),
    ])
    expect(results).toMatchObject([{ reason: UNAVAILABLE }, { reason: UNAVAILABLE }])
    expect(logger.messages).toEqual(['The disk is full: a commit was not stored.'])
    await database.write(probe.pragma, 'max_page_count = 1000000')
    await database.write(probe.put, entry('c'))
    expect(await database.query(probe.all, 'probe')).toEqual([entry('c')])
  })

  it('a commit that fails stores nothing of its batch, and the next one works', async () => {
    const logger = recordingLogger()
    await using test = await openTestDatabase({ logger })
    const { database } = test
    const results = await Promise.allSettled([
      database.write(probe.put, entry('a')),
      database.write(probe.breakCommit, null),
      database.write(probe.put, entry('b')),
    ])
    expect(results).toMatchObject([{ reason: UNAVAILABLE }, { reason: UNAVAILABLE }, { reason: UNAVAILABLE }])
    expect(logger.messages).toEqual(['A commit was not stored.'])
    await database.write(probe.put, entry('c'))
    expect(await database.query(probe.all, 'probe')).toEqual([entry('c')])
  })
})

describe('a thread that ends', () => {
  it('rejects what it was doing, is replaced, and loses nothing that was acknowledged', async () => {
    const logger = recordingLogger()
    await using test = await openTestDatabase({ logger })
    const { database } = test
    await database.write(probe.put, entry('a'))
    const ended = database.write(probe.endThread, 1)
    const sameBatch = database.write(probe.put, entry('b'))
    await expect(ended).rejects.toMatchObject(UNAVAILABLE)
    await expect(sameBatch).rejects.toMatchObject(UNAVAILABLE)
    await database.write(probe.put, entry('c'))
    expect(database.ready).toBe(true)
    expect(logger.messages).toEqual(['A database thread ended; starting it anew.'])
    expect(await database.query(probe.all, 'probe')).toEqual([entry('a'), entry('c')])
  })

  it('is replaced for queries too', async () => {
    await using test = await openTestDatabase()
    await expect(test.database.query(probe.endThread, 0)).rejects.toMatchObject(UNAVAILABLE)
    expect(await test.database.query(probe.all, 'probe')).toEqual([])
  })

  it('and cannot be replaced leaves the database not ready', async () => {
    const logger = recordingLogger()
    await using test = await openTestDatabase({ logger })
    const { database } = test
    await database.write(probe.setMeta, { key: 'schema_version', value: '999' })
    await expect(database.write(probe.endThread, 1)).rejects.toMatchObject(UNAVAILABLE)
    await expect(database.write(probe.put, entry('a'))).rejects.toMatchObject(UNAVAILABLE)
    expect(database.ready).toBe(false)
    expect(logger.messages.at(-1)).toContain('not ready')
  })
})

describe('opening', () => {
  it('gives the same epoch and installation id each time', async () => {
    await using test = await openTestDatabase()
    const { epoch, installationId } = test.database
    const reopened = await test.reopen()
    expect([reopened.epoch, reopened.installationId]).toEqual([epoch, installationId])
  })

  it('refuses a database that is newer than the program, and leaves it free', async () => {
    await using test = await openTestDatabase()
    await test.database.write(probe.setMeta, { key: 'schema_version', value: '999' })
    await expect(test.reopen()).rejects.toMatchObject({ name: 'DatabaseTooNew', exitCode: 78 })
    const raw = new Sqlite(test.file)
    raw.prepare(`update meta set value = ? where key = 'schema_version'`).run(String(MIGRATIONS.length))
    raw.close()
    await expect(test.reopen()).resolves.toMatchObject({ ready: true })
  })

  it('refuses a file that is something else’s, and does not change it', async () => {
    await using test = await openTestDatabase()
    const text = `${test.file}.txt`
    await writeFile(
      text,
      'a letter, long enough to be looked at as if it were the header of a database file, which it is not',
    )
    await expect(openSqlite({ file: text })).rejects.toMatchObject({ name: 'DatabaseForeign', exitCode: 78 })
    const others = `${test.file}.others`
    const raw = new Sqlite(others)
    raw.exec('create table theirs (n)')
    raw.close()
    await expect(openSqlite({ file: others })).rejects.toMatchObject({ name: 'DatabaseForeign' })
    const unchanged = new Sqlite(others)
    expect(unchanged.pragma('journal_mode', { simple: true })).toBe('delete')
    unchanged.close()
  })

  it('a database that this process has open already is refused', async () => {
    await using test = await openTestDatabase()
    await expect(openSqlite({ file: test.file })).rejects.toMatchObject({ name: 'DatabaseLocked', exitCode: 78 })
    expect(await test.database.write(probe.put, entry('a'))).toBeGreaterThan(0)
  })

  it('says in one line why a directory or a file cannot be used', async () => {
    await using test = await openTestDatabase()
    const inFile = openSqlite({ file: `${test.file}/lectern.db` })
    await expect(inFile).rejects.toMatchObject({ exitCode: 78, message: expect.stringContaining('cannot be opened') })
    await mkdir(`${test.file}.folder`)
    const ofFolder = openSqlite({ file: `${test.file}.folder` })
    await expect(ofFolder).rejects.toMatchObject({ exitCode: 78, message: expect.stringContaining('cannot be opened') })
  })

  it('a module of operations that is not there is known at the start', async () => {
    await using test = await openTestDatabase()
    const operationModules = [new URL('./absent.repository.ts', import.meta.url).href]
    await expect(openSqlite({ file: `${test.file}.2`, operationModules })).rejects.toThrow('absent.repository')
  })

  it('reads see what a query sees: neither can write', async () => {
    await using test = await openTestDatabase()
    const inserted = test.database.read.insertInto('meta').values(entry('a')).execute()
    await expect(inserted).rejects.toMatchObject({ code: 'SQLITE_READONLY' })
    await expect(test.database.query(probe.put, entry('a'))).rejects.toMatchObject({ code: 'SQLITE_READONLY' })
  })
})
