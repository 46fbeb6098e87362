import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { keep, LOCAL_TOKEN_KEY } from '../../src/database/kept.ts'
import { openPostgres } from '../../src/database/postgres/open-postgres.ts'
import { openSqlite } from '../../src/database/sqlite/open-sqlite.ts'
import { transferToPostgres } from '../../src/database/transfer/transfer.ts'
import { chatLog } from '../../src/modules/chat/chat.repository.ts'
import { searchOfRow } from '../../src/modules/chat/search.repository.postgres.ts'
import { searchMessages } from '../../src/modules/chat/search.repository.ts'
import { messageOf } from '../chat-log.ts'
import { seed } from '../chat-seed.repository.ts'
import { withClient } from '../harness/postgres-cluster.ts'
import { newTestPostgres } from '../harness/test-postgres.ts'

const MESSAGES = 2_500
/** People, the course, a folder and its file. */
const ROWS = MESSAGES + 5
let folder: string
let file: string
let url: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lectern-transfer-'))
  file = join(folder, 'lectern.db')
  const postgres = await newTestPostgres({ isEmpty: true })
  url = postgres?.url ?? ''
  const database = await openSqlite({ file })
  await database.write(seed.course, { id: 'c', userIds: ['an', 'binh'], now: 1 })
  await database.write(seed.file, { id: 'f', courseId: 'c', userId: 'an', now: 1 })
  const texts = Array.from({ length: MESSAGES }, (_, index) => `Bài ${index}: đạo hàm`)
  await Promise.all(texts.map((text) => database.write(chatLog.append, messageOf('c', 'an', text))))
  await database.close()
})
afterEach(() => rm(folder, { recursive: true }))

const transfer = () => transferToPostgres({ file, url, localTokenKey: 'the key', searchOf: searchOfRow })
const inTarget = (statement: string) => withClient(url, (client) => client.query(statement))

/** Lets a transfer come as far as the files. */
async function breakOff(): Promise<void> {
  await (await openPostgres({ url })).close()
  await inTarget(`create function refuse() returns trigger language plpgsql as $$begin raise 'not now'; end$$`)
  await inTarget('create trigger refusing before insert on files for each row execute function refuse()')
  await expect(transfer()).rejects.toThrow('not now')
}

it('moves everything: a server goes on there as the same installation, with the same secrets', async () => {
  const before = await openSqlite({ file })
  const { epoch, installationId } = before
  await expect(transfer()).rejects.toMatchObject({ name: 'DatabaseLocked' })
  await before.close()
  expect(await transfer()).toBe(ROWS)
  const database = await openPostgres({ url })
  expect(database).toMatchObject({ epoch, installationId })
  expect(await keep(database, LOCAL_TOKEN_KEY, 'another')).toBe('the key')
  const found = await searchMessages(database, { courseId: 'c', query: 'dao 2499', limit: 10 })
  expect(found.items.map(({ message }) => message.seq)).toEqual([MESSAGES])
  const next = await database.write(chatLog.append, messageOf('c', 'binh', 'tiếp'))
  expect(next.message.seq).toBe(MESSAGES + 1)
  await database.close()
})

it('broken off goes on where it was, and until then no server starts on it', async () => {
  await breakOff()
  expect((await inTarget('select from messages')).rowCount).toBe(MESSAGES)
  await expect(openPostgres({ url })).rejects.toMatchObject({
    exitCode: 78,
    message: expect.stringContaining('half of a move'),
  })
  await inTarget('drop trigger refusing on files')
  expect(await transfer()).toBe(ROWS)
})

it('says which table differs where the installation went on meanwhile', async () => {
  await breakOff()
  await inTarget('drop trigger refusing on files')
  const database = await openSqlite({ file })
  await database.write(seed.archive, { id: 'c', now: 2 })
  await database.close()
  await expect(transfer()).rejects.toMatchObject({
    exitCode: 78,
    message: expect.stringContaining('courses differs: 1 rows'),
  })
})

it('refuses a database that holds anything else, and says what differs', async () => {
  const database = await openPostgres({ url })
  await database.write(seed.course, { id: 'theirs', userIds: [], now: 1 })
  await database.close()
  await expect(transfer()).rejects.toMatchObject({
    exitCode: 78,
    message: expect.stringContaining('holds data already'),
  })
})
