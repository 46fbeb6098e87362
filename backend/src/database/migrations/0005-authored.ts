import { sql } from 'kysely'
import { columnsOf } from './columns.ts'
import type { Migration } from './migration.ts'

/** As many of a course's messages enter together. */
const TOGETHER = 32

/**
 * In SQLite the index by author becomes a table, which a course's messages enter some at a time: another page of the log
 * that a message does not cost. PostgreSQL keeps its index.
 */
export const authored: Migration = {
  name: '0005-authored',
  async up(db, ddl) {
    if (ddl.name !== 'sqlite') return
    const { text, integer } = columnsOf(ddl)
    await db.schema
      .createTable('authored')
      .$call((table) => text(table, 'course_id', 'user_id'))
      .$call((table) => integer(table, 'seq'))
      .$call((table) => text(table, 'message_type'))
      .$call((table) => integer(table, 'bears_file', 'created_at'))
      .addPrimaryKeyConstraint('authored_pk', ['course_id', 'user_id', 'seq'])
      .modifyEnd(ddl.keyed)
      .execute()
    await sql`
      insert into authored (course_id, user_id, seq, message_type, bears_file, created_at)
      select m.course_id, m.user_id, m.seq, m.message_type, m.file_id is not null, m.created_at
      from messages as m join courses as c on c.id = m.course_id
      where m.user_id is not null and m.deleted_at is null and m.seq <= c.last_seq - c.last_seq % ${sql.lit(TOGETHER)}
      order by m.course_id, m.user_id, m.seq`.execute(db)
    await db.schema.dropIndex('messages_author').execute()
  },
}
