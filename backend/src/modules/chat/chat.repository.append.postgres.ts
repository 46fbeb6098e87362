import { type Kysely, sql } from 'kysely'
import type { OperationContext } from '../../database/database.ts'
import type { Outcome } from '../../database/group-commit.ts'
import type { Schema } from '../../database/schema.ts'
import { AppError, notFound } from '../../shared/errors.ts'
import type { Change, NewMessage, StoredAttachment, StoredMessage, StoredReply } from './chat.records.types.ts'
import { answerable, attachable, insertMentions, newMessage } from './chat.repository.append.ts'
import { findAttachments, selectMessages, toStored } from './chat.repository.rows.ts'
import type { Numbers } from './chat.repository.sequence.ts'
import { searchVector, searchWords } from './search.repository.postgres.ts'

// What `append` does, for as many messages as one commit holds: one look for what stands in their way, and one statement
// that takes the numbers of all their courses and stores them.

/** As `append` one after the other, in the order of the inputs. */
export async function appendTogether(
  { db }: OperationContext,
  inputs: readonly NewMessage[],
): Promise<Outcome<Change>[]> {
  const outcomes: Outcome<Change>[] = []
  for (const part of independentParts(inputs)) outcomes.push(...(await appendPart(db, part)))
  return outcomes
}

/** Nothing in a part is answered by what comes before it in the same part. */
function* independentParts(inputs: readonly NewMessage[]): Generator<NewMessage[]> {
  let part: NewMessage[] = []
  let made = new Set<string>()
  for (const input of inputs) {
    const names = [keyOf(input), input.replyToId].filter((name) => name !== null)
    if (names.some((name) => made.has(name))) {
      yield part
      part = []
      made = new Set()
    }
    part.push(input)
    made.add(input.id)
    const key = keyOf(input)
    if (key !== null) made.add(key)
  }
  if (part.length > 0) yield part
}

/** Under what the same sender's repeat would be found; null: under nothing. */
const keyOf = ({ courseId, author, clientId }: NewMessage): string | null =>
  author === null || clientId === null ? null : JSON.stringify([courseId, author.userId, clientId])

/** A message that is to be stored, with what it shows of others. */
interface Accepted {
  readonly input: NewMessage
  readonly reply_to: StoredReply | null
  readonly file: StoredAttachment | null
}

async function appendPart(db: Kysely<Schema>, part: readonly NewMessage[]): Promise<Outcome<Change>[]> {
  const [repeated, originals, files] = await Promise.all([
    repeatedOf(db, part),
    originalsOf(db, part),
    findAttachments(
      db,
      part.flatMap(({ fileId }) => fileId ?? []),
    ),
  ])
  const verdicts = part.map((input): Accepted | Outcome<Change> => {
    const before = repeated.get(keyOf(input) ?? '')
    if (before !== undefined) return { ok: true, value: { outcome: 'repeated', message: before } }
    const { replyToId, fileId } = input
    return unlessRefused(() => ({
      input,
      reply_to: replyToId === null ? null : answerable(originals.get(JSON.stringify([input.courseId, replyToId]))),
      file: fileId === null ? null : attachable(files.get(fileId)),
    }))
  })
  const stored = await store(
    db,
    verdicts.filter((verdict) => 'input' in verdict),
  )
  return verdicts.map((verdict) => {
    if (!('input' in verdict)) return verdict
    const message = stored.get(verdict.input.id)
    if (message === undefined) return { ok: false, error: notFound('No such course.') }
    return { ok: true, value: { outcome: 'created', message } }
  })
}

function unlessRefused(accept: () => Accepted): Accepted | Outcome<Change> {
  try {
    return accept()
  } catch (error) {
    if (error instanceof AppError) return { ok: false, error }
    throw error
  }
}

/** What was stored before under the same senders' keys. */
async function repeatedOf(db: Kysely<Schema>, part: readonly NewMessage[]): Promise<Map<string, StoredMessage>> {
  const keyed = part.filter((input) => keyOf(input) !== null)
  if (keyed.length === 0) return new Map()
  const { rows: known } = await sql<{ id: string }>`
    select m.id from unnest(
        ${keyed.map(({ courseId }) => courseId)}::text[],
        ${keyed.map(({ author }) => author?.userId)}::text[],
        ${keyed.map(({ clientId }) => clientId)}::text[]) as k (course_id, user_id, client_id)
      join messages as m on m.course_id = k.course_id and m.user_id = k.user_id and m.client_id = k.client_id`.execute(
    db,
  )
  if (known.length === 0) return new Map()
  const rows = await selectMessages(db)
    .where(
      'm.id',
      'in',
      known.map(({ id }) => id),
    )
    .execute()
  return new Map(
    rows.map((row) => [JSON.stringify([row.course_id, row.user_id, row.client_id]), toStored(row)] as const),
  )
}

/** By course and id. */
async function originalsOf(db: Kysely<Schema>, part: readonly NewMessage[]): Promise<Map<string, StoredReply>> {
  const ids = part.flatMap(({ replyToId }) => replyToId ?? [])
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('messages')
    .select(['course_id', 'id', 'user_id', 'user_name', 'message', 'message_type', 'deleted_at'])
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map(({ course_id, ...original }) => [JSON.stringify([course_id, original.id]), original]))
}

/** @returns by id those that were stored: of a course that is archived, or none, nothing is */
async function store(db: Kysely<Schema>, accepted: readonly Accepted[]): Promise<Map<string, StoredMessage>> {
  if (accepted.length === 0) return new Map()
  const numbers = await insertAll(
    db,
    accepted.map(({ input }) => input),
  )
  const messages = accepted.flatMap(({ input, reply_to, file }) => {
    const taken = numbers.get(input.id)
    return taken === undefined ? [] : [newMessage(input, { reply_to, file, ...taken })]
  })
  await insertMentions(db, messages)
  return new Map(messages.map((message) => [message.id, message]))
}

/** Takes the numbers of each course for all of its messages, and inserts them in the order of the inputs. */
async function insertAll(db: Kysely<Schema>, inputs: readonly NewMessage[]): Promise<Map<string, Numbers>> {
  const counts = new Map<string, number>()
  const places = inputs.map(({ courseId }) => {
    const place = (counts.get(courseId) ?? 0) + 1
    counts.set(courseId, place)
    return place
  })
  const column = (value: (input: NewMessage) => string | number | null) => inputs.map(value)
  const { rows } = await sql<Numbers & { id: string }>`
    with taken as (
      update courses as c set last_seq = c.last_seq + n.count, last_rev = c.last_rev + n.count
      from unnest(${[...counts.keys()]}::text[], ${[...counts.values()]}::bigint[]) as n (course_id, count)
      where c.id = n.course_id and c.archived_at is null
      returning c.id, c.last_seq - n.count as seq, c.last_rev - n.count as rev
    )
    insert into messages (course_id, seq, rev, created_rev, id, user_id, user_name, user_role, message, message_type,
      reply_to_id, file_id, client_id, mentions, reactions, system, created_at, search)
    select t.id, t.seq + i.place, t.rev + i.place, t.rev + i.place, i.id, i.user_id, i.user_name, i.user_role, i.message,
      i.message_type, i.reply_to_id, i.file_id, i.client_id, i.mentions, '[]', i.system, i.created_at,
      ${searchVector(sql`i.words`, sql`(t.seq + i.place)`)}
    from unnest(
        ${column(({ courseId }) => courseId)}::text[],
        ${places}::bigint[],
        ${column(({ id }) => id)}::text[],
        ${column(({ author }) => author?.userId ?? null)}::text[],
        ${column(({ author }) => author?.userName ?? '')}::text[],
        ${column(({ author }) => author?.userRole ?? 'system')}::text[],
        ${column(({ message }) => message)}::text[],
        ${column(({ messageType }) => messageType)}::text[],
        ${column(({ replyToId }) => replyToId)}::text[],
        ${column(({ fileId }) => fileId)}::text[],
        ${column(({ author, clientId }) => (author === null ? null : clientId))}::text[],
        ${column(({ mentions }) => JSON.stringify(mentions))}::text[],
        ${column(({ system }) => (system === null ? null : JSON.stringify(system)))}::text[],
        ${column(({ now }) => now)}::bigint[],
        ${column(({ courseId, message }) => searchWords(courseId, message))}::text[]
      ) as i (course_id, place, id, user_id, user_name, user_role, message, message_type, reply_to_id, file_id,
        client_id, mentions, system, created_at, words)
    join taken as t on t.id = i.course_id
    returning id, seq, rev`.execute(db)
  return new Map(rows.map(({ id, ...numbers }) => [id, numbers]))
}
