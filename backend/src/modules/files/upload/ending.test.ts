import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { SettableClock } from '../../../../test/chat/settable-clock.ts'
import { captureLog } from '../../../../test/harness/log-capture.ts'
import { openTestDatabase, type TestDatabase } from '../../../../test/open-test-database.ts'
import { newId } from '../../../shared/ids.ts'
import { LocalStorage } from '../storage/local-storage.ts'
import { takeBack } from './ending.ts'
import { UploadJournal } from './journal.repository.ts'
import { Staging } from './staging.ts'
import { Sweep } from './sweep.ts'
import { TUS_EXPIRES_MS } from './tus-uploads.service.ts'

afterEach(() => void vi.useRealTimers())

async function uploads({ database, folder }: TestDatabase) {
  const [staging, objects] = [join(folder, 'staging'), join(folder, 'objects')]
  await Promise.all([mkdir(staging), mkdir(objects)])
  const clock = new SettableClock()
  const { logger } = captureLog()
  const journal = new UploadJournal(database)
  const ports = { journal, staging: new Staging(staging), storage: new LocalStorage(objects), clock, logger }
  const begin = async (): Promise<string> => {
    const id = newId()
    const row = { id, kind: 'tus', realm: 'local', userId: 'an', metadata: {}, reserved: 10, length: 10 } as const
    const createdAt = clock.now()
    await journal.begin({ entry: { ...row, createdAt, expiresAt: createdAt + TUS_EXPIRES_MS }, quota: 0 })
    await writeFile(join(staging, id), 'half')
    return id
  }
  return { ...ports, ports, begin, staged: () => readdir(staging), stored: () => readdir(objects), objects }
}

it('bytes whose record is made stay where they are, also where the commit could not say that it succeeded', async () => {
  await using test = await openTestDatabase()
  const { ports, objects, stored, staged } = await uploads(test)
  // As the commit of a record leaves it: an object, and no entry in the journal.
  const id = newId()
  await writeFile(join(objects, id), 'whole')
  await takeBack(ports, id)
  expect([await stored(), await staged()]).toEqual([[id], []])
})

it('bytes that have no record go back to where they came in', async () => {
  await using test = await openTestDatabase()
  const { ports, objects, stored, staged, begin } = await uploads(test)
  const id = await begin()
  await writeFile(join(objects, id), 'whole')
  await takeBack(ports, id)
  expect([await stored(), await staged()]).toEqual([[], [id]])
})

it('FI25: what has expired is removed while the server runs, every ten minutes, and what has not is left', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  await using test = await openTestDatabase()
  const { ports, journal, clock, staged, begin } = await uploads(test)
  const sweep = new Sweep(ports)
  sweep.start()
  await begin()
  clock.advance(TUS_EXPIRES_MS - 1)
  const later = await begin()
  vi.advanceTimersByTime(600_000)
  clock.advance(1)
  expect(await staged()).toHaveLength(2)
  vi.advanceTimersByTime(600_000)
  await vi.waitFor(async () => expect(await journal.all()).toMatchObject([{ id: later }]))
  expect(await staged()).toEqual([later])
  expect(await journal.usageOf('an')).toBe(10)
  sweep.stop()
})
