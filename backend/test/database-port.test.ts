import { describe, expect, it } from 'vitest'
import type { Commit } from '../src/database/group-commit.ts'
import { AppError } from '../src/shared/errors.ts'
import { openTestDatabase } from './open-test-database.ts'
import { probe } from './probe.repository.ts'

const entry = (key: string, value = 'x') => ({ key: `probe ${key}`, value })
const UNAVAILABLE = { code: 'UNAVAILABLE' }

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
    const reopened = await test.reopen()
    expect(await reopened.query(probe.all, 'probe')).toEqual([entry('a'), entry('b'), entry('c')])
  })
})

it('every opening gives the same epoch and installation id', async () => {
  await using test = await openTestDatabase()
  const { epoch, installationId } = test.database
  const reopened = await test.reopen()
  expect([reopened.epoch, reopened.installationId]).toEqual([epoch, installationId])
})

it('neither reads nor queries can write', async () => {
  await using test = await openTestDatabase()
  const readOnly = { code: expect.stringMatching(/SQLITE_READONLY|25006/) }
  await expect(test.database.read.insertInto('meta').values(entry('a')).execute()).rejects.toMatchObject(readOnly)
  await expect(test.database.query(probe.put, entry('a'))).rejects.toMatchObject(readOnly)
})
