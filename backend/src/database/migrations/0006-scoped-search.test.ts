import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { storeBefore } from '../../../test/store-before.ts'
import { findInSqlite } from '../../modules/chat/search.repository.sqlite.ts'

it('what a store of before has said is found by the search of now, in its course and stretch', async () => {
  const { db, goOn } = await storeBefore('0006-scoped-search')
  const say = (courseId: string, seq: number, text: string) =>
    sql`insert into messages (id, course_id, seq, rev, created_rev, user_name, user_role, message, message_type,
        mentions, reactions, created_at)
      values (${courseId + seq}, ${courseId}, ${seq}, ${seq}, ${seq}, 'An', 'student', ${text}, 'text',
        '[]', '[]', 1)`.execute(db)
  for (const id of ['a', 'b']) {
    await sql`insert into courses (id, realm, title, join_code, last_seq, last_rev, created_at)
      values (${id}, 'local', ${id}, ${id}, 20000, 20000, 1)`.execute(db)
  }
  await say('a', 1, 'Nộp bài, nộp bài')
  await say('b', 1, 'Nộp bài')
  await say('a', 2, '')
  await say('a', 20_000, 'NỘP')

  await goOn()
  const found = async (...words: string[]) =>
    (await findInSqlite(db, { courseId: 'a', words, beforeSeq: undefined, limit: 50 })).map(({ id }) => id)
  expect(await found('nop')).toEqual(['a20000', 'a1'])
  expect(await found('no', 'ba')).toEqual(['a1'])
})
