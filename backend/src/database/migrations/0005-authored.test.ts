import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { storeBefore } from '../../../test/store-before.ts'

it('what people said and nobody deleted has entered, but for the last few of a course', async () => {
  const { db, raw, goOn } = await storeBefore('0005-authored')
  for (const [id, messages] of Object.entries({ a: 70, b: 31, c: 64 })) {
    await sql`insert into courses (id, realm, title, join_code, last_seq, last_rev, created_at)
      values (${id}, 'local', ${id}, ${id}, ${messages}, ${messages}, 1)`.execute(db)
    await sql`with recursive numbers (value) as (select 1 union all select value + 1 from numbers where value < ${messages})
      insert into messages (id, course_id, seq, rev, created_rev, user_id, user_name, user_role, message, message_type,
        file_id, mentions, reactions, created_at, deleted_at)
      select ${id} || value, ${id}, value, value, value, iif(value = 3, null, 'an'), 'An', 'student', 'x', 'text',
        iif(value = 5, 'file', null), '[]', '[]', 1000 + value, iif(value = 4, 1, null) from numbers`.execute(db)
  }
  await goOn()
  const entries = await db.selectFrom('authored').selectAll().execute()
  const upTo = (seq: number) => Array.from({ length: seq }, (_, index) => index + 1).filter((n) => n !== 3 && n !== 4)
  const seqsOf = (courseId: string) => entries.filter((entry) => entry.course_id === courseId).map(({ seq }) => seq)
  expect(['a', 'b', 'c'].map(seqsOf)).toEqual([upTo(64), [], upTo(64)])
  expect(entries.find(({ seq }) => seq === 5)).toEqual({
    course_id: 'a',
    user_id: 'an',
    seq: 5,
    message_type: 'text',
    bears_file: 1,
    created_at: 1005,
  })
  expect(entries.filter(({ bears_file }) => bears_file === 1)).toHaveLength(2)
  expect(raw.prepare(`select name from sqlite_schema where name = 'messages_author'`).all()).toEqual([])
})
