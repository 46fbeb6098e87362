import { defineOperations } from '../src/database/operations.ts'

export interface SeedCourse {
  readonly id: string
  readonly userIds: readonly string[]
  readonly now: number
}

/** What the chat's storage stands on, without the module that makes it. */
export const seed = defineOperations(import.meta.url, {
  course: async ({ db }, { id, userIds, now }: SeedCourse) => {
    await db
      .insertInto('courses')
      .values({
        id,
        realm: 'external',
        title: id,
        join_code: `code of ${id}`,
        last_seq: 0,
        last_rev: 0,
        created_by: null,
        created_at: now,
        archived_at: null,
      })
      .execute()
    for (const userId of userIds) {
      await db
        .insertInto('users')
        .values({
          id: userId,
          realm: 'external',
          name: `Name of ${userId}`,
          email: null,
          role: 'student',
          locale: null,
          password_hash: null,
          disabled: 0,
          created_at: now,
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
    }
  },
  archive: async ({ db }, { id, now }: { readonly id: string; readonly now: number }) => {
    await db.updateTable('courses').set({ archived_at: now }).where('id', '=', id).execute()
  },
})
