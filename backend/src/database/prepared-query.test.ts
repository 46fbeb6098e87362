import { expect, it } from 'vitest'
import type { OperationContext } from './database.ts'
import { prepareQuery } from './prepared-query.ts'
import { openWriting } from './sqlite/connection.ts'

function emptyMeta(): Pick<OperationContext, 'db' | 'dialect'> {
  const { raw, db } = openWriting(':memory:')
  raw.exec('create table meta (key text primary key, value text)')
  return { db, dialect: 'sqlite' }
}

let builds = 0
const put = prepareQuery<{ key: string; value: string }, { key: string }>((db, place) => {
  builds += 1
  return db
    .insertInto('meta')
    .values({ key: place('key'), value: place('value') })
    .returning('key')
})

const find = prepareQuery<{ value: string; not: string }, { key: string; value: string }>((db, place) =>
  db.selectFrom('meta').selectAll().where('value', '=', place('value')).where('key', '!=', place('not')).limit(5),
)

it('is built once, and run with the values of each call', async () => {
  const context = emptyMeta()
  expect(await put(context, { key: 'a', value: '1' })).toEqual([{ key: 'a' }])
  expect(await put(context, { key: 'b', value: '1' })).toEqual([{ key: 'b' }])
  expect(builds).toBe(1)
  expect(await find(context, { not: 'a', value: '1' })).toEqual([{ key: 'b', value: '1' }])
  expect(await find(context, { not: 'c', value: '2' })).toEqual([])
})
