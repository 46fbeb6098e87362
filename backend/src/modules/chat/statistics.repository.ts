import type { MessageType } from '@lectern/protocol'
import { sql } from 'kysely'
import type { Database, OperationContext } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import { authoredIn } from './authored.repository.sqlite.ts'
import { type Bucket, byDay, byHour, type DayCount } from './zoned-buckets.ts'

export interface StatisticsQuery {
  readonly courseId: string
  /** Milliseconds since the epoch, inclusive. */
  readonly from?: number | undefined
  /** Exclusive. */
  readonly to?: number | undefined
  /** An IANA zone. */
  readonly timeZone: string
  /** Whose count is told; undefined: everybody's. */
  readonly onlyUserId?: string | undefined
}

export interface Statistics {
  readonly total: number
  readonly byType: readonly { readonly type: MessageType; readonly count: number }[]
  readonly byUser: readonly { readonly userId: string; readonly userName: string; readonly count: number }[]
  readonly byDay: readonly DayCount[]
  readonly byHour: readonly number[]
  readonly activeUsers: number
  readonly firstMessageAt: number | null
  readonly lastMessageAt: number | null
  /** Messages that bear a file, also one that was deleted since. */
  readonly filesShared: number
}

/** What counts: neither deleted nor the system's. */
const counted = ({ db, dialect }: OperationContext, { courseId, from, to }: StatisticsQuery) =>
  db
    .selectFrom((dialect === 'sqlite' ? authoredIn : authoredByIndex)(courseId).as('m'))
    .$if(from !== undefined, (query) => query.where('m.created_at', '>=', from ?? 0))
    .$if(to !== undefined, (query) => query.where('m.created_at', '<', to ?? 0))

const authoredByIndex: typeof authoredIn = (courseId) => sql`(
  select user_id, message_type, (file_id is not null)::int as bears_file, created_at from messages
  where course_id = ${courseId} and deleted_at is null and message_type <> 'system')`

async function countMessages(context: OperationContext, query: StatisticsQuery): Promise<Statistics> {
  const groups = await authorGroups(context, query)
  const buckets = await bucketsOf(context, query)
  const authors = authorsOf(groups)
  return {
    total: sum(groups),
    byType: [...Map.groupBy(groups, ({ type }) => type)].map(([type, those]) => ({ type, count: sum(those) })),
    byUser: query.onlyUserId === undefined ? authors : authors.filter(({ userId }) => userId === query.onlyUserId),
    byDay: byDay(buckets, query.timeZone),
    byHour: byHour(buckets, query.timeZone),
    activeUsers: authors.length,
    firstMessageAt: groups.reduce<number | null>((first, group) => Math.min(first ?? group.first, group.first), null),
    lastMessageAt: groups.reduce<number | null>((last, group) => Math.max(last ?? group.last, group.last), null),
    filesShared: groups.reduce((total, { files }) => total + files, 0),
  }
}

type AuthorGroup = Awaited<ReturnType<typeof authorGroups>>[number]

const sum = (groups: readonly { readonly count: number }[]): number =>
  groups.reduce((total, { count }) => total + count, 0)

/** Who said most first. */
const authorsOf = (groups: readonly AuthorGroup[]): Statistics['byUser'] =>
  [...Map.groupBy(groups, ({ userId }) => userId ?? '')]
    .map(([userId, those]) => ({ userId, userName: those[0]?.userName ?? '', count: sum(those) }))
    .toSorted((a, b) => b.count - a.count || (a.userId < b.userId ? -1 : 1))

/** One pass over the course; names are joined to the groups, not to the messages. */
const authorGroups = (context: OperationContext, query: StatisticsQuery) =>
  context.db
    .selectFrom(
      counted(context, query)
        .select(({ fn }) => [
          'm.user_id as userId',
          'm.message_type as type',
          fn.countAll<number>().as('count'),
          fn.count<number>(sql`nullif(m.bears_file, 0)`).as('files'),
          fn.min('m.created_at').as('first'),
          fn.max('m.created_at').as('last'),
        ])
        .groupBy(['m.user_id', 'm.message_type'])
        .as('g'),
    )
    .leftJoin('users as u', 'u.id', 'g.userId')
    .select(['g.userId', 'u.name as userName', 'g.type', 'g.count', 'g.files', 'g.first', 'g.last'])
    .execute()

/** By quarters of an hour: every zone's offset is a multiple of one, so a bucket lies within one hour of any zone. */
const bucketsOf = (context: OperationContext, query: StatisticsQuery): Promise<Bucket[]> =>
  counted(context, query)
    .select(({ fn }) => [sql<number>`m.created_at / 900000 * 900000`.as('at'), fn.countAll<number>().as('count')])
    .groupBy(sql`m.created_at / 900000`)
    .orderBy(sql`m.created_at / 900000`)
    .execute()

export interface MessagesDuring {
  readonly courseId: string
  readonly stretches: readonly LogStretch[]
}

/** What stands in a course's log after one place, up to another or to its end. */
export interface LogStretch {
  readonly afterSeq: number
  readonly upToSeq: number | null
}

/** By author; stretches that overlap count twice. */
async function countDuring(
  { db }: OperationContext,
  { courseId, stretches }: MessagesDuring,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const { afterSeq, upToSeq } of stretches) {
    const groups = await db
      .selectFrom('messages as m')
      .where('m.course_id', '=', courseId)
      .where('m.deleted_at', 'is', null)
      .where('m.message_type', '<>', 'system')
      .where('m.seq', '>', afterSeq)
      .$if(upToSeq !== null, (query) => query.where('m.seq', '<=', upToSeq))
      .select(({ fn }) => ['m.user_id as userId', fn.countAll<number>().as('count')])
      .groupBy('m.user_id')
      .execute()
    for (const { userId, count } of groups) {
      if (userId !== null) counts.set(userId, (counts.get(userId) ?? 0) + count)
    }
  }
  return counts
}

export const statistics = defineOperations(import.meta.url, { countMessages, countDuring })

/** Runs off the calling thread. */
export const courseStatistics = (database: Database, query: StatisticsQuery): Promise<Statistics> =>
  database.query(statistics.countMessages, query)

/** Runs off the calling thread. */
export const messagesDuring = (database: Database, query: MessagesDuring): Promise<Map<string, number>> =>
  database.query(statistics.countDuring, query)
