import { sql } from 'kysely'
import type { DdlDialect } from './migration.ts'

export const sqliteDdl: DdlDialect = {
  name: 'sqlite',
  text: 'text',
  integer: 'integer',
  rowId: sql`integer primary key`,
  keyed: sql`strict, without rowid`,
  plain: sql`strict`,
  async createSearch(db) {
    // Contentless: the text is in `messages`. It comes folded, its words joined by spaces: `ascii` takes every character
    // above 127 as part of a word, so that the words are exactly the application's, whatever Unicode tables SQLite has.
    // Nothing asks for phrases: `detail = column`.
    await sql`
      create virtual table messages_search using fts5(
        scope, search,
        content = '', contentless_delete = 1, tokenize = 'ascii', detail = 'column', prefix = '1 2 3'
      )`.execute(db)
  },
  async refuseChanges(db, table) {
    for (const change of ['update', 'delete']) {
      const trigger = `${table}_no_${change}`
      await sql`
        create trigger ${sql.table(trigger)} before ${sql.raw(change)} on ${sql.table(table)}
        begin select raise(abort, ${sql.lit(`${table} is appended to alone`)}); end`.execute(db)
    }
  },
}
