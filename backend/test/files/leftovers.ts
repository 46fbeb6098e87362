import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { PastServer } from '../harness/past-server.ts'

const ids = z.array(z.object({ id: z.string() })).transform((rows) => rows.map(({ id }) => id))
const sums = z.tuple([z.object({ reserved: z.coerce.number() })])

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

interface Place {
  readonly dataDir: string
  readonly pastServer: PastServer
}

/** What uploads have left behind, as it is on the disk. */
export async function leftovers({ dataDir, pastServer }: Place): Promise<Leftovers> {
  const uploads = join(dataDir, 'uploads')
  const files = ids.parse(await pastServer('select id from files'))
  const [{ reserved }] = sums.parse(await pastServer('select coalesce(sum(reserved), 0) as reserved from file_usage'))
  return {
    staging: await readdir(join(uploads, 'staging')),
    journal: ids.parse(await pastServer('select id from uploads')),
    unknownObjects: (await readdir(join(uploads, 'objects'))).filter((id) => !files.includes(id)),
    reserved,
  }
}
