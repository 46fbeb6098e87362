import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { mountSmallDisk } from '../../../test/harness/small-disk.ts'
import { storeBefore } from '../../../test/store-before.ts'

const MB = 1_048_576

/** Two courses; some of their messages were changed. */
async function storeOfBefore(within?: string) {
  const store = await storeBefore('0004-fewer-pages', within)
  const { db } = store
  for (const id of ['a', 'b']) {
    await sql`insert into courses (id, realm, title, join_code, last_seq, last_rev, created_at)
      values (${id}, 'local', ${id}, ${id}, 20, 25, 1)`.execute(db)
    await sql`with recursive numbers (value) as (select 1 union all select value + 1 from numbers where value < 20)
      insert into messages (id, course_id, seq, rev, created_rev, user_id, user_name, user_role, message,
        message_type, client_id, mentions, reactions, created_at)
      select ${id} || value, ${id}, value, iif(value % 4 = 0, 20 + value / 4, value), value, 'an', 'An', 'student', 'x',
        'text', value, '[]', '[]', value from numbers`.execute(db)
    await sql`insert into message_versions values (${`${id}4`}, 'before', 'an', 1, 1)`.execute(db)
  }
  await sql`insert into messages_search (rowid, scope, search) select row_id, 'c', id from messages`.execute(db)
  return store
}

it('a store of before keeps every row, its number, its indexes and what refers to it', async () => {
  const { raw, goOn } = await storeOfBefore()
  const rows = () =>
    ['messages order by row_id', 'message_versions order by message_id'].map((table) =>
      raw.prepare(`select * from ${table}`).all(),
    )
  const indexes = () =>
    raw.prepare(`select name from sqlite_schema where type = 'index' and sql is not null`).pluck().all().toSorted()
  const before = { rows: rows(), indexes: indexes() }
  await goOn()
  expect(rows()).toEqual(before.rows)
  expect(indexes()).toEqual([...before.indexes, 'messages_changed'].toSorted())
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(raw.pragma('foreign_key_check')).toEqual([])
  expect(raw.prepare(`select name from sqlite_schema where name like '%before%'`).all()).toEqual([])
  const found = raw.prepare(`select m.id from messages_search as s join messages as m on m.row_id = s.rowid
    where messages_search match 'search : b7'`)
  expect(found.pluck().all()).toEqual(['b7'])
})

it('a text that was kept still needs its message', async () => {
  const { db, goOn } = await storeOfBefore()
  await goOn()
  const orphan = sql`insert into message_versions values ('none', 'x', 'an', 1, 1)`.execute(db)
  await expect(orphan).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_FOREIGNKEY' })
})

it('a place in a course and a sender’s key are still taken once', async () => {
  const { db, goOn } = await storeOfBefore()
  await goOn()
  const again = (columns: string) =>
    sql`insert into messages (id, course_id, seq, rev, created_rev, user_id, user_name, user_role, message, message_type,
        client_id, mentions, reactions, created_at)
      select ${sql.raw(columns)}, 'an', 'An', 'student', 'x', 'text', client_id, '[]', '[]', 1
      from messages where id = 'a7'`.execute(db)
  const taken = { code: 'SQLITE_CONSTRAINT_UNIQUE' }
  await expect(again(`'new', 'a', 7, 99, 99`)).rejects.toMatchObject(taken)
  await expect(again(`'new', 'a', 99, 99, 99`)).rejects.toMatchObject(taken)
  await expect(again(`'a7', 'b', 99, 99, 99`)).rejects.toMatchObject(taken)
})

it('a disk that is full meanwhile is what is told, nothing is changed, and it goes on when there is room', async ({
  skip,
}) => {
  await using disk = await mountSmallDisk(64 * MB)
  if (disk === undefined) return skip('NOT TESTED: this machine mounts no tmpfs')
  const { raw, goOn } = await storeOfBefore(disk.path)
  raw.prepare('update messages set message = ?').run('x'.repeat(50_000))
  const rows = () => raw.prepare('select * from messages order by row_id').all()
  const before = rows()
  await disk.leave(MB / 2)
  await expect(goOn()).rejects.toMatchObject({ code: 'SQLITE_FULL' })
  expect(rows()).toEqual(before)
  await disk.leave(32 * MB)
  await goOn()
  expect(rows()).toEqual(before)
  raw.close()
})
