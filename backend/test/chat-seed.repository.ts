import { defineOperations } from '../src/database/operations.ts'

export interface SeedCourse {
  readonly id: string
  readonly userIds: readonly string[]
  readonly now: number
}

export interface SeedFile {
  readonly id: string
  readonly courseId: string
  readonly userId: string
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
  /** The next message is `seq` + 1, as if so many had been sent. */
  lastSeq: async ({ db }, { id, seq }: { id: string; seq: number }) => {
    await db.updateTable('courses').set({ last_seq: seq, last_rev: seq }).where('id', '=', id).execute()
  },
  /** A file in a folder of the course, which `userId` uploaded. */
  file: async ({ db }, { id, courseId, userId, now }: SeedFile) => {
    await db
      .insertInto('folders')
      .values({
        id: `folder of ${id}`,
        realm: 'external',
        scope: `course:${courseId}`,
        name: `folder of ${id}`,
        name_key: `folder of ${id}`,
        owner_id: userId,
        visibility: 'shared',
        course_id: courseId,
        created_at: now,
      })
      .execute()
    await db
      .insertInto('files')
      .values({
        id,
        folder_id: `folder of ${id}`,
        filename: `${id}.pdf`,
        filename_key: `${id}.pdf`,
        original_name: `${id}.pdf`,
        mime_type: 'application/pdf',
        category: 'document',
        sha256: '0'.repeat(64),
        uploaded_by: userId,
        uploaded_by_name: `Name of ${userId}`,
        search: ` ${id} pdf`,
        description: null,
        size: 1000,
        created_at: now,
      })
      .execute()
  },
  archive: async ({ db }, { id, now }: { readonly id: string; readonly now: number }) => {
    await db.updateTable('courses').set({ archived_at: now }).where('id', '=', id).execute()
  },
})
