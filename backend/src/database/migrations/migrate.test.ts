import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Connection, openWriting } from '../sqlite/connection.ts'
import { migrate } from './migrate.ts'
import type { Migration } from './migration.ts'
import { MIGRATIONS } from './migrations.ts'
import { sqliteDdl } from './sqlite-ddl.ts'

let folder: string
let connection: Connection

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lectern-migrations-'))
  connection = openWriting(join(folder, 'lectern.db'))
})

afterEach(() => {
  connection.raw.close()
  rmSync(folder, { recursive: true })
})

const makes = (table: string): Migration => ({
  name: table,
  up: async (db) => {
    await sql`create table ${sql.table(table)} (n integer)`.execute(db)
  },
})

const fails: Migration = {
  name: 'fails',
  up: async (db) => {
    await makes('half').up(db, sqliteDdl)
    throw new Error('half-way')
  },
}

const tables = () => connection.raw.prepare(`select name from sqlite_schema where type = 'table'`).pluck().all()
const migrateBy = (...migrations: Migration[]) => migrate(connection.db, sqliteDdl, migrations)

it('each migration runs once, in order', async () => {
  expect(await migrateBy(makes('a'))).toMatchObject({ schemaVersion: 1 })
  expect(await migrateBy(makes('a'), makes('b'))).toMatchObject({ schemaVersion: 2 })
  expect(tables()).toEqual(['meta', 'a', 'b'])
})

it('a migration that fails leaves no trace, and those before it stay', async () => {
  await expect(migrateBy(makes('a'), fails)).rejects.toThrow('half-way')
  expect(tables()).toEqual(['meta', 'a'])
  expect(await migrateBy(makes('a'), makes('b'))).toMatchObject({ schemaVersion: 2 })
})

it('a database newer than the program is refused', async () => {
  await migrateBy(makes('a'), makes('b'))
  await expect(migrateBy(makes('a'))).rejects.toMatchObject({
    name: 'DatabaseTooNew',
    exitCode: 78,
    message: 'The database has schema version 2, this program knows 1: start a newer one, or restore a backup.',
  })
})

it('epoch and installation id are made once, and differ between databases', async () => {
  const first = await migrateBy()
  expect(await migrateBy(makes('a'))).toEqual({ ...first, schemaVersion: 1 })
  expect(first.epoch).not.toBe(first.installationId)
})

describe('the foundation', () => {
  beforeEach(() => migrateBy(...MIGRATIONS))

  const addUser = (id: string, realm: 'local' | 'external', email: string | null) =>
    connection.db
      .insertInto('users')
      .values({ id, realm, email, name: id, role: 'student', disabled: 0, created_at: 1 })
      .execute()

  it('holds an address once a realm, and any number of users without one', async () => {
    await addUser('a', 'local', 'x@example.org')
    await addUser('b', 'external', 'x@example.org')
    await addUser('c', 'local', null)
    await addUser('d', 'local', null)
    await expect(addUser('e', 'local', 'x@example.org')).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_UNIQUE' })
  })

  it('a refresh token goes with its user', async () => {
    await addUser('a', 'local', null)
    const token = { hash: 'h', family_id: 'f', user_id: 'a', created_at: 1, expires_at: 2 }
    await connection.db.insertInto('refresh_tokens').values(token).execute()
    await connection.db.deleteFrom('users').where('id', '=', 'a').execute()
    expect(await connection.db.selectFrom('refresh_tokens').selectAll().execute()).toEqual([])
  })

  it('an enrolment needs its course', async () => {
    await addUser('a', 'local', null)
    const enrolment = { course_id: 'none', user_id: 'a', role: 'student', source: 'made', joined_at: 1 } as const
    await expect(connection.db.insertInto('enrolments').values(enrolment).execute()).rejects.toMatchObject({
      code: 'SQLITE_CONSTRAINT_FOREIGNKEY',
    })
  })

  it('a text is found by the beginnings of its words, and not after it was removed', () => {
    const { raw } = connection
    const add = raw.prepare('insert into messages_search (rowid, words) values (?, ?)')
    add.run(1, 'dao tao nhan su')
    add.run(2, 'dao tao')
    const find = (words: string) =>
      raw.prepare('select rowid from messages_search where messages_search match ?').pluck().all(words)
    expect(find('"da"* "nh"*')).toEqual([1])
    raw.prepare('delete from messages_search where rowid = 1').run()
    expect(find('"da"*')).toEqual([2])
  })
})
