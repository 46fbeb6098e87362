import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { z } from 'zod'

const ids = z.array(z.object({ id: z.string() })).transform((rows) => rows.map(({ id }) => id))
const sum = z.object({ reserved: z.number().nullable() })

export interface Leftovers {
  /** Names in the staging area. */
  readonly staging: readonly string[]
  /** Uploads that are begun and not ended. */
  readonly journal: readonly string[]
  /** Objects that no record names. */
  readonly unknownObjects: readonly string[]
  /** Bytes held of anybody's quota. */
  readonly reserved: number
}

export const NOTHING: Leftovers = { staging: [], journal: [], unknownObjects: [], reserved: 0 }

/** What uploads have left behind, as it is on the disk. */
export async function leftovers({ dataDir }: { readonly dataDir: string }): Promise<Leftovers> {
  const uploads = join(dataDir, 'uploads')
  const database = new Sqlite(join(dataDir, 'lectern.db'), { readonly: true })
  try {
    const files = ids.parse(database.prepare('select id from files').all())
    return {
      staging: await readdir(join(uploads, 'staging')),
      journal: ids.parse(database.prepare('select id from uploads').all()),
      unknownObjects: (await readdir(join(uploads, 'objects'))).filter((id) => !files.includes(id)),
      reserved: sum.parse(database.prepare('select sum(reserved) as reserved from file_usage').get()).reserved ?? 0,
    }
  } finally {
    database.close()
  }
}
