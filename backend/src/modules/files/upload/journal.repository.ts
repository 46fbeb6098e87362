import { z } from 'zod'
import type { Realm } from '../../../access/actor.ts'
import type { Database } from '../../../database/database.ts'
import { defineOperations } from '../../../database/operations.ts'
import { charge, chargeWithin } from '../file-usage.repository.ts'
import type { Db } from '../files.repository.rows.ts'

/** An upload that was begun, and is no file yet. */
export interface JournalEntry {
  /** Of the staged bytes, of the object that they become, and of the file. */
  readonly id: string
  /** `form` and `copy` end with their request; `tus` waits until it expires. */
  readonly kind: 'form' | 'tus' | 'copy'
  readonly realm: Realm
  readonly userId: string
  /** What a resumable upload was begun with; `{}` for the others. */
  readonly metadata: Readonly<Record<string, string>>
  /** Bytes held of the uploader's quota. */
  readonly reserved: number
  /** Bytes that are to come; null where nobody has said. */
  readonly length: number | null
  readonly createdAt: number
  readonly expiresAt: number | null
}

export interface JournalBegin {
  readonly entry: JournalEntry
  /** Bytes; 0 is no limit. */
  readonly quota: number
}

/** The embedded database belongs to one process: whatever its journal names is this one's. */
const THIS_NODE = 'main'

export const journalOperations = defineOperations(import.meta.url, {
  /** @throws AppError `STORAGE_FULL` (`details.reason: quota`) */
  async begin({ db }, { entry, quota }: JournalBegin): Promise<void> {
    if (entry.reserved > 0) await chargeWithin(db, quota, { userId: entry.userId, used: 0, reserved: entry.reserved })
    const { id, kind, realm, userId, metadata, reserved, length, createdAt, expiresAt } = entry
    await db
      .insertInto('uploads')
      .values({
        id,
        kind,
        realm,
        reserved,
        length,
        node_id: THIS_NODE,
        user_id: userId,
        metadata: JSON.stringify(metadata),
        created_at: createdAt,
        expires_at: expiresAt,
      })
      .execute()
  },

  /**
   * Ends an upload that becomes no file, and gives back what was held for it: from now on no record can be made of it.
   * Its object, if there is one, is noted as unwanted.
   * @returns false where it has become a file
   */
  async end({ db }, { id, now }: { id: string; now: number }): Promise<boolean> {
    const file = await db.selectFrom('files').select('id').where('id', '=', id).executeTakeFirst()
    await drop(db, id)
    if (file !== undefined) return false
    await db
      .insertInto('unwanted_objects')
      .values({ id, since: now })
      .onConflict((noted) => noted.column('id').doNothing())
      .execute()
    return true
  },

  /** The object of an ended upload is gone. */
  async forget({ db }, id: string): Promise<void> {
    await db.deleteFrom('unwanted_objects').where('id', '=', id).execute()
  },
})

async function drop(db: Db, id: string): Promise<void> {
  const dropped = await db
    .deleteFrom('uploads')
    .where('id', '=', id)
    .returning(['user_id as userId', 'reserved'])
    .executeTakeFirst()
  if (dropped === undefined || dropped.reserved === 0) return
  await charge(db, { userId: dropped.userId, used: 0, reserved: -dropped.reserved })
}

const metadata = z.record(z.string(), z.string())

const entryColumns = [
  'id',
  'kind',
  'realm',
  'user_id as userId',
  'metadata',
  'reserved',
  'length',
  'created_at as createdAt',
  'expires_at as expiresAt',
] as const

const selectEntries = (db: Db) => db.selectFrom('uploads').select(entryColumns)

type EntryRow = Awaited<ReturnType<ReturnType<typeof selectEntries>['execute']>>[number]

const toEntry = (row: EntryRow): JournalEntry => ({ ...row, metadata: metadata.parse(JSON.parse(row.metadata)) })

/** Every upload stands in it from before its first byte until its record is made, or nothing of it is left. */
export class UploadJournal {
  readonly #database: Pick<Database, 'read' | 'write'>

  constructor(database: Pick<Database, 'read' | 'write'>) {
    this.#database = database
  }

  /** @throws AppError `STORAGE_FULL` (`details.reason: quota`) when what is to be held does not fit */
  begin = (begin: JournalBegin): Promise<void> => this.#database.write(journalOperations.begin, begin)

  end = (id: string, now: number): Promise<boolean> => this.#database.write(journalOperations.end, { id, now })

  forget = (id: string): Promise<void> => this.#database.write(journalOperations.forget, id)

  async find(id: string): Promise<JournalEntry | undefined> {
    const row = await selectEntries(this.#database.read).where('id', '=', id).executeTakeFirst()
    return row && toEntry(row)
  }

  /** Everything that was begun and not ended. */
  async all(): Promise<JournalEntry[]> {
    return (await selectEntries(this.#database.read).orderBy('id').execute()).map(toEntry)
  }

  /** Resumable uploads whose time is over. */
  async expired(now: number): Promise<JournalEntry[]> {
    return (await selectEntries(this.#database.read).where('expires_at', '<=', now).execute()).map(toEntry)
  }

  /** Of these objects, those that no record, no upload and no deletion names. */
  async unknownAmong(ids: readonly string[]): Promise<string[]> {
    const { read } = this.#database
    const named = await Promise.all([
      read.selectFrom('files').select('id').where('id', 'in', ids).execute(),
      read.selectFrom('uploads').select('id').where('id', 'in', ids).execute(),
      read.selectFrom('unwanted_objects').select('id').where('id', 'in', ids).execute(),
    ])
    const known = new Set(named.flat().map(({ id }) => id))
    return ids.filter((id) => !known.has(id))
  }

  /** Bytes that a person has, and holds. */
  async usageOf(userId: string): Promise<number> {
    const row = await this.#database.read
      .selectFrom('file_usage')
      .select(['used', 'reserved'])
      .where('user_id', '=', userId)
      .executeTakeFirst()
    return row === undefined ? 0 : row.used + row.reserved
  }
}
