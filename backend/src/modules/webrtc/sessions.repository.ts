import type { SessionStatus } from '@lectern/protocol'
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

export interface SessionListing {
  readonly courseId: string
  readonly status: SessionStatus | undefined
  /** The last of the page before. */
  readonly after: Pick<StoredSession, 'createdAt' | 'id'> | undefined
  readonly limit: number
}

/** The classes of courses, as rows. */
export class SessionRepository {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  create(session: StoredSession): Promise<void> {
    return this.#database.write(sessionOperations.createSession, session)
  }

  /** Newest first. */
  async list({ courseId, status, after, limit }: SessionListing): Promise<StoredSession[]> {
    const all = this.#database.read
      .selectFrom('class_sessions')
      .selectAll()
      .where('course_id', '=', courseId)
      .where('deleted_at', 'is', null)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
    const chosen = status === undefined ? all : all.where('status', '=', status)
    const rest =
      after === undefined
        ? chosen
        : chosen.where(({ eb, refTuple, tuple }) =>
            eb(refTuple('created_at', 'id'), '<', tuple(after.createdAt, after.id)),
          )
    return (await rest.execute()).map(fromSessionRow)
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
