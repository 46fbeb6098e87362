import type { Database, Statement } from 'better-sqlite3'
import type { SqliteDatabase } from 'kysely'

/** Texts beyond it (an `in (…)` of each length is one of its own) drop the one that was used longest ago. */
const MAX_STATEMENTS = 256

/** What Kysely's SQLite dialect needs of a database, preparing each text once: it would prepare anew for every query. */
export function cachingStatements(database: Database, max = MAX_STATEMENTS): SqliteDatabase {
  const statements = new Map<string, Statement<unknown[]>>()
  return {
    close: () => {
      statements.clear()
      database.close()
    },
    prepare: (text) => {
      const cached = statements.get(text)
      // One that a stream is still reading cannot be run a second time.
      if (cached?.busy) return database.prepare(text)
      const statement = cached ?? database.prepare(text)
      // A Map keeps the order of insertion: the first is the one used longest ago.
      statements.delete(text)
      statements.set(text, statement)
      if (statements.size > max) evictOldest(statements)
      return statement
    },
  }
}

function evictOldest(statements: Map<string, unknown>): void {
  for (const text of statements.keys()) {
    statements.delete(text)
    return
  }
}
