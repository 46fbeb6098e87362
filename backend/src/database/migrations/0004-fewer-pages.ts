import { type Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'
import type { Migration } from './migration.ts'

/**
 * A new message of SQLite's goes into one index less: of `rev` there is an index of the messages alone that have changed
 * since they were sent. Each index costs a message a page of the log, since what one commit holds is of many courses.
 * PostgreSQL, whose pages wait for a checkpoint, keeps what it has.
 */
export const fewerPages: Migration = {
  name: '0004-fewer-pages',
  async up(db, ddl) {
    if (ddl.name === 'sqlite') await rebuildMessages(db)
  },
}

const REV_CONSTRAINT = ', constraint "messages_rev" unique ("course_id", "rev")'

/**
 * SQLite drops no constraint: the table is made anew (https://www.sqlite.org/lang_altertable.html#otheralter), and so is
 * the one that refers to it, with all indexes, as their texts in the schema say.
 */
async function rebuildMessages(db: Kysely<Schema>): Promise<void> {
  const { rows: parts } = await sql<{ type: string; name: string; text: string }>`
    select type, name, sql as text from sqlite_schema
    where tbl_name in ('messages', 'message_versions') and sql is not null`.execute(db)
  const tables = parts.filter(({ type }) => type === 'table')
  if (!tables.some(({ text }) => text.includes(REV_CONSTRAINT))) throw new Error('The table of messages is another.')
  // Those that refer to a table follow its new name.
  for (const { name } of tables) await db.schema.alterTable(name).renameTo(`${name}_before`).execute()
  for (const { text } of tables) await sql.raw(text.replace(REV_CONSTRAINT, '')).execute(db)
  await copyRows(db, 'messages', 'row_id')
  await copyRows(db, 'message_versions', 'rowid')
  await db.schema.dropTable('message_versions_before').execute()
  await db.schema.dropTable('messages_before').execute()
  for (const { type, text } of parts) if (type !== 'table') await sql.raw(text).execute(db)
  await sql`create index messages_changed on messages (course_id, rev) where rev <> created_rev`.execute(db)
}

const copyRows = (db: Kysely<Schema>, table: string, order: string) =>
  sql`insert into ${sql.table(table)} select * from ${sql.table(`${table}_before`)} order by ${sql.ref(order)}`.execute(
    db,
  )
