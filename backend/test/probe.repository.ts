import { sql } from 'kysely'
import { defineOperations } from '../src/database/operations.ts'
import type { SeatTable } from '../src/database/schema.ts'
import { conflict } from '../src/shared/errors.ts'

interface Entry {
  readonly key: string
  readonly value: string
}

/** What tests of the database layer do to it. */
export const probe = defineOperations(import.meta.url, {
  put: async ({ db }, { key, value }: Entry): Promise<number> => {
    await db.insertInto('meta').values({ key, value }).execute()
    const { count } = await db
      .selectFrom('meta')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return count
  },
  putThenRefuse: async ({ db }, entry: Entry): Promise<void> => {
    await db.insertInto('meta').values(entry).execute()
    throw conflict('It is there already.', { key: entry.key })
  },
  putThenFail: async ({ db }, entry: Entry): Promise<void> => {
    await db.insertInto('meta').values(entry).execute()
    throw new TypeError('broken')
  },
  setMeta: async ({ db }, { key, value }: Entry): Promise<void> => {
    await db.updateTable('meta').set({ value }).where('key', '=', key).execute()
  },
  /** Reads for as long as nobody ends it. */
  readForLong: async ({ db }, _input: null): Promise<void> => {
    await sql`select pg_sleep(60)`.execute(db)
  },
  sit: async ({ db }, seat: SeatTable): Promise<void> => {
    await db.insertInto('seats').values(seat).execute()
    await db.insertInto('room_positions').values({ course_id: seat.course_id, sent_rev: seat.reached_rev }).execute()
  },
  /** Leaves a promise that the commit finds broken. */
  breakCommit: async ({ db }, _input: null): Promise<void> => {
    await sql`pragma defer_foreign_keys = on`.execute(db)
    await db.insertInto('removals').values({ course_id: 'none', user_id: 'none', removed_at: 0 }).execute()
  },
  /** Puts the entry off to the end of the batch, and returns how many there were of its prefix before. */
  putLate: async ({ db, beforeCommit }, { refuse, ...entry }: Entry & { refuse: boolean }): Promise<number> => {
    beforeCommit(async () => {
      await db.insertInto('meta').values(entry).execute()
    })
    if (refuse) throw conflict('Refused.')
    const entries = await db.selectFrom('meta').selectAll().where('key', 'like', 'probe%').execute()
    return entries.length
  },
  all: async ({ db }, prefix: string): Promise<Entry[]> =>
    db.selectFrom('meta').selectAll().where('key', 'like', `${prefix}%`).orderBy('key').execute(),
  pragma: async ({ db }, name: string): Promise<unknown> => {
    const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(db)
    return Object.values(rows[0] ?? {})[0]
  },
  setting: async ({ db }, name: string): Promise<string | undefined> => {
    const { rows } = await sql<{ value: string }>`select current_setting(${name}) as value`.execute(db)
    return rows[0]?.value
  },
  unsendable: async (_context, _input: null) => () => 'a function',
  endThread: async (_context, code: number): Promise<void> => process.exit(code),
})
