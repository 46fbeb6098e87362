import type { Database } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import { toUser } from './accounts.repository.ts'
import type { User } from './accounts.types.ts'
import type { Db } from './enrolments.repository.rows.ts'

export interface RefreshRow {
  /** SHA-256 of the token, hex. */
  readonly hash: string
  readonly familyId: string
  readonly now: number
  readonly expiresAt: number
}

export interface Rotation {
  readonly familyId: string
  readonly hash: string
  readonly next: RefreshRow
  /** How long a used token is good for more. */
  readonly graceMs: number
}

export const refreshOperations = defineOperations(import.meta.url, {
  async beginFamily({ db }, { userId, row }: { userId: string; row: RefreshRow }): Promise<void> {
    await db.deleteFrom('refresh_tokens').where('expires_at', '<=', row.now).execute()
    await insert(db, userId, row)
  },

  /**
   * Puts a token in the place of another of its family. Used ones are forgotten when their grace is over: a token that
   * names a family and is none of its rows is one of those, or was made up by who has seen one, and ends the family.
   * @returns whose it is; undefined where it is nobody's, which an error would not do: it would keep the family
   */
  async rotate({ db }, { familyId, hash, next, graceMs }: Rotation): Promise<User | undefined> {
    const { now } = next
    await db
      .deleteFrom('refresh_tokens')
      .where('family_id', '=', familyId)
      .where('used_at', '<', now - graceMs)
      .execute()
    const row = await db
      .selectFrom('refresh_tokens')
      .selectAll()
      .where('family_id', '=', familyId)
      .where('hash', '=', hash)
      .executeTakeFirst()
    const user = await db
      .selectFrom('users')
      .selectAll()
      .where('id', '=', row?.user_id ?? '')
      .executeTakeFirst()
    if (row === undefined || user === undefined || row.expires_at <= now || user.disabled === 1) {
      await endFamily(db, familyId)
      return undefined
    }
    if (row.used_at === null) {
      await db.updateTable('refresh_tokens').set({ used_at: now }).where('hash', '=', hash).execute()
    }
    await insert(db, user.id, next)
    return toUser(user)
  },

  async endFamily({ db }, familyId: string): Promise<void> {
    await endFamily(db, familyId)
  },
})

async function insert(db: Db, userId: string, { hash, familyId, now, expiresAt }: RefreshRow): Promise<void> {
  await db
    .insertInto('refresh_tokens')
    .values({ hash, family_id: familyId, user_id: userId, created_at: now, expires_at: expiresAt, used_at: null })
    .execute()
}

const endFamily = async (db: Db, familyId: string): Promise<void> => {
  await db.deleteFrom('refresh_tokens').where('family_id', '=', familyId).execute()
}

export class RefreshTokenRepository {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** What is none is found out here, without a write. */
  async isFamily(familyId: string): Promise<boolean> {
    const row = await this.#database.read
      .selectFrom('refresh_tokens')
      .select('hash')
      .where('family_id', '=', familyId)
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  }

  beginFamily(userId: string, row: RefreshRow): Promise<void> {
    return this.#database.write(refreshOperations.beginFamily, { userId, row })
  }

  rotate(rotation: Rotation): Promise<User | undefined> {
    return this.#database.write(refreshOperations.rotate, rotation)
  }

  endFamily(familyId: string): Promise<void> {
    return this.#database.write(refreshOperations.endFamily, familyId)
  }
}
