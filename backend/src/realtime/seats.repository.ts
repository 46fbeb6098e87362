import type { Kysely } from 'kysely'
import type { Database } from '../database/database.ts'
import { defineOperations } from '../database/operations.ts'
import type { Schema } from '../database/schema.ts'
import type { RoomReach, SeatReach, SeatStore, StoredSeat } from './seats.ts'

const operations = defineOperations(import.meta.url, {
  take: async ({ db }, input: { connectionId: string; userId: string; reach: SeatReach }) => {
    await db
      .insertInto('seats')
      .values({
        connection_id: input.connectionId,
        course_id: input.reach.courseId,
        user_id: input.userId,
        entered_rev: input.reach.entered,
        reached_rev: input.reach.rev,
        parked_at: null,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['connection_id', 'course_id'])
          .doUpdateSet({ entered_rev: input.reach.entered, reached_rev: input.reach.rev, parked_at: null }),
      )
      .execute()
  },
  leave: async ({ db }, input: { connectionId: string; courseId: string }) => {
    await db
      .deleteFrom('seats')
      .where('connection_id', '=', input.connectionId)
      .where('course_id', '=', input.courseId)
      .execute()
  },
  park: async ({ db }, input: { connectionId: string; userId: string; reaches: readonly SeatReach[]; now: number }) => {
    await db
      .insertInto('seats')
      .values(
        input.reaches.map(({ courseId, entered, rev }) => ({
          connection_id: input.connectionId,
          course_id: courseId,
          user_id: input.userId,
          entered_rev: entered,
          reached_rev: rev,
          parked_at: input.now,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['connection_id', 'course_id']).doUpdateSet((excluded) => ({
          reached_rev: excluded.ref('excluded.reached_rev'),
          parked_at: input.now,
        })),
      )
      .execute()
  },
  release: async ({ db }, connectionIds: readonly string[]) => {
    await db.deleteFrom('seats').where('connection_id', 'in', connectionIds).execute()
  },
  checkPoint: async ({ db }, reaches: readonly RoomReach[]) => {
    await db
      .insertInto('room_positions')
      .values(reaches.map(({ courseId, rev }) => ({ course_id: courseId, sent_rev: rev })))
      .onConflict((conflict) =>
        conflict.column('course_id').doUpdateSet((excluded) => ({ sent_rev: excluded.ref('excluded.sent_rev') })),
      )
      .execute()
  },
})

/** Seats in the database: what lets a connection that dropped, or a server that died, go on where it was. */
export class SeatRepository implements SeatStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  take(connectionId: string, userId: string, reach: SeatReach): Promise<void> {
    return this.#database.write(operations.take, { connectionId, userId, reach })
  }

  leave(connectionId: string, courseId: string): Promise<void> {
    return this.#database.write(operations.leave, { connectionId, courseId })
  }

  park(connectionId: string, userId: string, reaches: readonly SeatReach[], now: number): Promise<void> {
    return this.#database.write(operations.park, { connectionId, userId, reaches, now })
  }

  release(connectionIds: readonly string[]): Promise<void> {
    return this.#database.write(operations.release, connectionIds)
  }

  checkPoint(reaches: readonly RoomReach[]): Promise<void> {
    return this.#database.write(operations.checkPoint, reaches)
  }

  all(): Promise<StoredSeat[]> {
    return selectSeats(this.#database.read).execute()
  }
}

const selectSeats = (db: Kysely<Schema>) =>
  db
    .selectFrom('seats')
    .innerJoin('users', 'users.id', 'seats.user_id')
    .leftJoin('room_positions', 'room_positions.course_id', 'seats.course_id')
    .select([
      'seats.connection_id as connectionId',
      'seats.course_id as courseId',
      'seats.user_id as userId',
      'users.name as userName',
      'seats.entered_rev as enteredRev',
      'seats.reached_rev as reachedRev',
      'seats.parked_at as parkedAt',
      'room_positions.sent_rev as sentRev',
    ])
