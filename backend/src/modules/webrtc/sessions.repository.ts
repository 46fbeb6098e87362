import type { SessionStatus } from '@lectern/protocol'
import { sql } from 'kysely'
import type { Database } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import { conflict } from '../../shared/errors.ts'
import { fromSessionRow, toSessionRow } from './class-state.repository.ts'
import type { StoredBan, StoredSession } from './webrtc.types.ts'

export const sessionOperations = defineOperations(import.meta.url, {
  /** @throws AppError `CONFLICT` for an id that is taken, also by a class that was deleted */
  async createSession({ db }, session: StoredSession): Promise<void> {
    const taken = await db.selectFrom('class_sessions').select('id').where('id', '=', session.id).executeTakeFirst()
    if (taken !== undefined) throw conflict('This id is taken.')
    await db.insertInto('class_sessions').values(toSessionRow(session)).execute()
  },
})

/** Where a class stands in its course's list: what is live, what comes next, what has no time, what is over. */
export interface SessionPlace {
  readonly part: number
  /** Within the part: a time in epoch milliseconds, negative where the latest comes first. */
  readonly rank: number
  readonly id: string
}

export interface SessionListing {
  readonly courseId: string
  readonly status: SessionStatus | undefined
  /** The last of the page before. */
  readonly after: SessionPlace | undefined
  readonly limit: number
}

export interface ListedSession {
  readonly session: StoredSession
  readonly place: SessionPlace
}

const PART = sql<number>`case status
  when 'live' then 0
  when 'ended' then 3
  else case when scheduled_at is null then 2 else 1 end
end`
/** One that was never begun is where it was to be. */
const HELD_AT = sql<number>`coalesce(started_at, scheduled_at, ended_at)`
const RANK = sql<number>`case status when 'scheduled' then coalesce(scheduled_at, created_at) else -${HELD_AT} end`

/** The classes of courses, as rows. */
export class SessionRepository {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  create(session: StoredSession): Promise<void> {
    return this.#database.write(sessionOperations.createSession, session)
  }

  /** By place. */
  async list({ courseId, status, after, limit }: SessionListing): Promise<ListedSession[]> {
    const placed = this.#database.read
      .selectFrom('class_sessions')
      .selectAll()
      .select([PART.as('part'), RANK.as('rank')])
      .where('course_id', '=', courseId)
      .where('deleted_at', 'is', null)
      .$if(status !== undefined, (query) => query.where('status', '=', status ?? 'live'))
    const rows = await this.#database.read
      .selectFrom(placed.as('placed'))
      .selectAll()
      .$if(after !== undefined, (query) =>
        query.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('part', 'rank', 'id'), '>', tuple(after?.part ?? 0, after?.rank ?? 0, after?.id ?? '')),
        ),
      )
      .orderBy('part')
      .orderBy('rank')
      .orderBy('id')
      .limit(limit)
      .execute()
    return rows.map((row) => ({
      session: fromSessionRow(row),
      place: { part: row.part, rank: row.rank, id: row.id },
    }))
  }

  /** In the order of the bans. */
  async bans(
    sessionId: string,
    after: Pick<StoredBan, 'bannedAt' | 'userId'> | undefined,
    limit: number,
  ): Promise<StoredBan[]> {
    const all = this.#database.read
      .selectFrom('class_bans')
      .select(['user_id as userId', 'user_name as userName', 'banned_by as bannedBy', 'banned_at as bannedAt'])
      .where('session_id', '=', sessionId)
      .orderBy('banned_at')
      .orderBy('user_id')
      .limit(limit)
    if (after === undefined) return all.execute()
    return all
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple('banned_at', 'user_id'), '>', tuple(after.bannedAt, after.userId)),
      )
      .execute()
  }
}
