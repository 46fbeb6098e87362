import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { cachingStatements } from './statement-cache.ts'

it('a text is prepared once', () => {
  const cached = cachingStatements(new Sqlite(':memory:'))
  expect(cached.prepare('select 1')).toBe(cached.prepare('select 1'))
  cached.close()
})

it('of more texts than it holds, the one used longest ago is dropped', () => {
  const cached = cachingStatements(new Sqlite(':memory:'), 2)
  const [first, second] = [cached.prepare('select 1'), cached.prepare('select 2')]
  cached.prepare('select 1')
  cached.prepare('select 3')
  expect(cached.prepare('select 1')).toBe(first)
  expect(cached.prepare('select 2')).not.toBe(second)
  cached.close()
})

it('a statement that is being read is not handed out a second time', () => {
  const cached = cachingStatements(new Sqlite(':memory:'))
  const text = 'select 1 as n union all select 2'
  const outer: unknown[] = []
  for (const row of cached.prepare(text).iterate([])) outer.push(row, ...cached.prepare(text).all([]))
  expect(outer).toHaveLength(6)
  cached.close()
})

it('a statement follows a change of the schema', () => {
  const raw = new Sqlite(':memory:')
  const cached = cachingStatements(raw)
  raw.exec('create table t (a); insert into t values (1)')
  expect(cached.prepare('select * from t').all([])).toEqual([{ a: 1 }])
  raw.exec('alter table t add column b')
  expect(cached.prepare('select * from t').all([])).toEqual([{ a: 1, b: null }])
  cached.close()
})
