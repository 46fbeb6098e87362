import { expect, it } from 'vitest'
import { keptSecrets } from '../../src/config/secrets.ts'
import { keep, LOCAL_TOKEN_KEY } from '../../src/database/kept.ts'
import { MIGRATIONS } from '../../src/database/migrations/migrations.ts'
import { openPostgres } from '../../src/database/postgres/open-postgres.ts'
import { withClient } from '../harness/postgres-cluster.ts'
import { newTestPostgres } from '../harness/test-postgres.ts'
import { probe } from '../probe.repository.ts'

const fresh = async () => {
  const postgres = await newTestPostgres({ isEmpty: true })
  if (postgres === undefined) throw new Error('This test is of Postgres.')
  return postgres
}

const rows = (url: string, statement: string) => withClient(url, async (client) => (await client.query(statement)).rows)

it('of two processes that start at once on an empty database one gets it, whole, and the other is refused', async () => {
  const postgres = await fresh()
  const [first, second] = await Promise.allSettled([openPostgres(postgres), openPostgres(postgres)])
  const opened = [first, second].find((result) => result.status === 'fulfilled')
  const refused = [first, second].find((result) => result.status === 'rejected')
  expect(refused?.reason).toMatchObject({
    name: 'DatabaseLocked',
    exitCode: 78,
    message: 'Another process uses the database of DATABASE_URL: stop it first.',
  })
  expect(await rows(postgres.url, `select value from meta where key = 'schema_version'`)).toEqual([
    { value: String(MIGRATIONS.length) },
  ])
  await opened?.value.close()
  await (await openPostgres(postgres)).close()
})

it('secrets are made once, and are the same for whoever opens the database after', async () => {
  const postgres = await fresh()
  const secretsOf = async () => {
    const database = await openPostgres(postgres)
    const made = () => keptSecrets((key) => keep(database, LOCAL_TOKEN_KEY, key))
    const [first, second] = await Promise.all([made(), made()])
    expect(second).toEqual(first)
    await database.close()
    return first
  }
  const secrets = await secretsOf()
  expect(secrets.localTokenKey).toHaveLength(32)
  expect(await secretsOf()).toEqual(secrets)
})

it('refuses a database that is newer than the program, or something else’s, and does not change it', async () => {
  const newer = await fresh()
  const database = await openPostgres(newer)
  await database.write(probe.setMeta, { key: 'schema_version', value: '999' })
  await database.close()
  await expect(openPostgres(newer)).rejects.toMatchObject({ name: 'DatabaseTooNew', exitCode: 78 })
  const others = await fresh()
  await rows(others.url, 'create table theirs (n integer)')
  await expect(openPostgres(others)).rejects.toMatchObject({ name: 'DatabaseForeign', exitCode: 78 })
  expect(await rows(others.url, `select tablename from pg_tables where schemaname = 'public'`)).toEqual([
    { tablename: 'theirs' },
  ])
})

it('says in one line, without the password, why a database cannot be opened', async () => {
  const postgres = await fresh()
  const nowhere = openPostgres({ url: 'postgres://lectern:hunter2@127.0.0.1:1/lectern' })
  await expect(nowhere).rejects.toMatchObject({
    name: 'StartError',
    exitCode: 78,
    message: 'DATABASE_URL: the database cannot be opened: connect ECONNREFUSED 127.0.0.1:1.',
  })
  const absent = openPostgres({ url: postgres.url.replace(/test_\w+/, 'absent') })
  await expect(absent).rejects.toThrow('DATABASE_URL: the database cannot be opened: database "absent" does not exist.')
})

it('commits reach the disk before they are acknowledged, also where the database’s default is another', async () => {
  const postgres = await fresh()
  const name = new URL(postgres.url).pathname.slice(1)
  await rows(postgres.url, `alter database ${name} set synchronous_commit = off`)
  const database = await openPostgres(postgres)
  expect(await database.write(probe.setting, 'synchronous_commit')).toBe('on')
  await database.close()
})

it('numbers beyond what a number holds exactly are an error, not another number', async () => {
  const postgres = await fresh()
  const database = await openPostgres(postgres)
  await database.write(probe.sit, {
    ...{ connection_id: 'c', course_id: 'c', user_id: 'u', entered_rev: 0, parked_at: null },
    reached_rev: Number.MAX_SAFE_INTEGER,
  })
  const read = () => database.read.selectFrom('seats').select('reached_rev').execute()
  expect(await read()).toEqual([{ reached_rev: Number.MAX_SAFE_INTEGER }])
  await rows(postgres.url, 'update seats set reached_rev = reached_rev + 1')
  await expect(read()).rejects.toThrow('9007199254740992')
  await database.close()
})
