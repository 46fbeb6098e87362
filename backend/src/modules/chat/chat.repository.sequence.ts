import type { Kysely } from 'kysely'
import type { QueryContext } from '../../database/database.ts'
import { prepareQuery } from '../../database/prepared-query.ts'
import type { Schema } from '../../database/schema.ts'
import { notFound } from '../../shared/errors.ts'

export interface Numbers {
  readonly seq: number
  readonly rev: number
}

/**
 * Takes the course's next `rev`. The row stays locked until the transaction ends, so that numbers are committed in
 * their order, and one that is undone gives its number back.
 * @throws AppError `NOT_FOUND` for no course, or an archived one
 */
export async function nextRev(db: Kysely<Schema>, courseId: string): Promise<Numbers> {
  const taken = await db
    .updateTable('courses')
    .set(({ eb }) => ({ last_rev: eb('last_rev', '+', 1) }))
    .where('id', '=', courseId)
    .where('archived_at', 'is', null)
    .returning(['last_seq as seq', 'last_rev as rev'])
    .executeTakeFirst()
  if (taken === undefined) throw notFound('No such course.')
  return taken
}

/** As `nextRev`, of any course: what happens to a file shows in an archived one too when it is restored. */
export async function nextRevOfAny(db: Kysely<Schema>, courseId: string): Promise<number> {
  const { rev } = await db
    .updateTable('courses')
    .set(({ eb }) => ({ last_rev: eb('last_rev', '+', 1) }))
    .where('id', '=', courseId)
    .returning('last_rev as rev')
    .executeTakeFirstOrThrow()
  return rev
}

const takeSeq = prepareQuery<{ courseId: string }, Numbers>((db, place) =>
  db
    .updateTable('courses')
    .set(({ eb }) => ({ last_seq: eb('last_seq', '+', 1), last_rev: eb('last_rev', '+', 1) }))
    .where('id', '=', place('courseId'))
    .where('archived_at', 'is', null)
    .returning(['last_seq as seq', 'last_rev as rev']),
)

/** Takes the course's next `seq` and `rev`, as `nextRev` does. */
export async function nextSeq(context: QueryContext, courseId: string): Promise<Numbers> {
  const [taken] = await takeSeq(context, { courseId })
  if (taken === undefined) throw notFound('No such course.')
  return taken
}
