import type { Kysely } from 'kysely'
import type { Database, OperationContext } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import type { Schema } from '../../database/schema.ts'
import type { StoredMessage } from './chat.records.types.ts'
import { selectMessages, toStored } from './chat.repository.rows.ts'
import { nextRevOfAny } from './chat.repository.sequence.ts'

/** Messages whose file has changed, under their new revs, in the order of these; undefined when nothing is left to tell. */
export type ToldMessages = readonly StoredMessage[] | undefined

/** Takes the oldest change of a file that messages have not been told of. */
async function takeFileChange({ db }: OperationContext): Promise<ToldMessages> {
  const change = await db
    .selectFrom('file_changes')
    .select(['row_id', 'file_id'])
    .orderBy('row_id')
    .limit(1)
    .executeTakeFirst()
  if (change === undefined) return undefined
  // A later change of the same file is told with it.
  await db.deleteFrom('file_changes').where('file_id', '=', change.file_id).execute()
  const rows = await selectMessages(db)
    .where('m.file_id', '=', change.file_id)
    .orderBy('m.course_id')
    .orderBy('m.seq')
    .execute()
  const told: StoredMessage[] = []
  for (const row of rows) {
    const rev = await nextRevOfAny(db, row.course_id)
    await db.updateTable('messages').set({ rev }).where('row_id', '=', row.row_id).execute()
    told.push({ ...toStored(row), rev })
  }
  return told
}

/** What is left of a deleted file goes with the last message that bore it. */
export async function forgetDeletedFile(db: Kysely<Schema>, fileId: string): Promise<void> {
  await db
    .deleteFrom('deleted_files')
    .where('id', '=', fileId)
    .where(({ exists, not, selectFrom }) =>
      not(exists(selectFrom('messages').select('id').where('file_id', '=', fileId))),
    )
    .execute()
}

const attachments = defineOperations(import.meta.url, { takeFileChange })

/** Files that messages bear. */
export class AttachmentRepository {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  takeFileChange = (): Promise<ToldMessages> => this.#database.write(attachments.takeFileChange, undefined)

  /** A deleted message bears no file. */
  async coursesShowing(fileId: string): Promise<string[]> {
    const rows = await this.#database.read
      .selectFrom('messages')
      .select('course_id')
      .distinct()
      .where('file_id', '=', fileId)
      .execute()
    return rows.map((row) => row.course_id)
  }
}
