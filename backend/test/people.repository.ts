import { defineOperations } from '../src/database/operations.ts'
import type { EnrolmentTable, UserTable } from '../src/database/schema.ts'

export type Person = Pick<UserTable, 'id' | 'realm'> & Partial<UserTable>

/** Rows that tests of courses stand on, without the code that makes them. */
export const people = defineOperations(import.meta.url, {
  add: async ({ db }, persons: readonly Person[]): Promise<void> => {
    const rows = persons.map((person) => ({
      name: `Name of ${person.id}`,
      email: null,
      role: 'student' as const,
      locale: null,
      password_hash: null,
      disabled: 0,
      created_at: 0,
      ...person,
    }))
    await db.insertInto('users').values(rows).execute()
  },
  clear: async ({ db }, _input: null): Promise<void> => {
    for (const table of ['read_marks', 'removals', 'enrolments', 'user_deletions', 'users', 'courses'] as const) {
      await db.deleteFrom(table).execute()
    }
  },
  enrol: async ({ db }, row: EnrolmentTable): Promise<void> => {
    await db.insertInto('enrolments').values(row).execute()
  },
  advance: async ({ db }, { courseId, lastSeq }: { courseId: string; lastSeq: number }): Promise<void> => {
    await db.updateTable('courses').set({ last_seq: lastSeq }).where('id', '=', courseId).execute()
  },
})
