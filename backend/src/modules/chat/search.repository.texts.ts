import type { OperationContext } from '../../database/database.ts'
import { setText } from './search.repository.postgres.ts'
import { forgetText, indexText } from './search.repository.sqlite.ts'
import type { IndexedMessage } from './search.types.ts'

/** A message that the index has is found by another text from now on, by none where it is empty. */
export async function changeText(context: OperationContext, indexed: IndexedMessage, text: string): Promise<void> {
  const { db, dialect, beforeCommit } = context
  if (dialect === 'postgres') return await setText(db, indexed, text)
  beforeCommit(async () => {
    await forgetText(db, indexed.rowId)
    await indexText(context, indexed, text)
  })
}
