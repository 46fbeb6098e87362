import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { MIGRATIONS } from '../src/database/migrations/migrations.ts'
import { openSqlite } from '../src/database/sqlite/open-sqlite.ts'
import { openTestDatabase } from './open-test-database.ts'
import { probe } from './probe.repository.ts'

const entry = (key: string, value = 'x') => ({ key: `probe ${key}`, value })
const UNAVAILABLE = { code: 'UNAVAILABLE' }

function recordingLogger() {
  const messages: string[] = []
  return { messages, error: (_fields: object, message: string) => messages.push(message) }
}

describe('a write', () => {
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

  it('after which the database is closed leaves one file', async () => {
    await using test = await openTestDatabase()
    await test.database.write(probe.put, entry('a'))
    await test.database.close()
    expect(existsSync(`${test.file}-wal`)).toBe(false)
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
})
