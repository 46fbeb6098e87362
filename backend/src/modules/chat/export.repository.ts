import type { Database, OperationContext } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import type { StoredMessage } from './chat.records.types.ts'
import { selectMessages, toStored } from './chat.repository.rows.ts'

const PAGE = 500

interface PageOfLog {
  readonly courseId: string
  readonly afterSeq: number
  readonly upToSeq: number
  readonly limit: number
}

async function pageOfLog({ db }: OperationContext, { courseId, afterSeq, upToSeq, limit }: PageOfLog) {
  const rows = await selectMessages(db)
    .where('m.course_id', '=', courseId)
    .where('m.seq', '>', afterSeq)
    .where('m.seq', '<=', upToSeq)
    .orderBy('m.seq')
    .limit(limit)
    .execute()
  return rows.map(toStored)
}

export const exporting = defineOperations(import.meta.url, { pageOfLog })

/** The course's title, and the `seq` that its log has reached; undefined for no course, or an archived one. */
export function findExported(
  database: Database,
  courseId: string,
): Promise<{ title: string; lastSeq: number } | undefined> {
  return database.read
    .selectFrom('courses')
    .select(['title', 'last_seq as lastSeq'])
    .where('id', '=', courseId)
    .where('archived_at', 'is', null)
    .executeTakeFirst()
}

/** The log up to `upToSeq` in the order of `seq`, a page at a time, each read when the one before is used up. */
export async function* logPages(
  database: Database,
  { courseId, upToSeq }: { readonly courseId: string; readonly upToSeq: number },
): AsyncGenerator<StoredMessage[]> {
  let afterSeq = 0
  while (afterSeq < upToSeq) {
    const page = await database.query(exporting.pageOfLog, { courseId, afterSeq, upToSeq, limit: PAGE })
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    afterSeq = last.seq
  }
}
