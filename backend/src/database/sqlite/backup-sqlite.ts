import { chmodSync, existsSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { newId } from '../../shared/ids.ts'
import { makeDirectory } from '../../shared/make-directory.ts'
import { StartError } from '../../shared/start-error.ts'
import { refuseForeign } from './application-id.ts'
import { besides, makeSingleFile, replaceDurably } from './files.ts'
import { verifyDatabase } from './verify.ts'

/** All of it: the copy is of one moment, however long writes go on. In steps it would begin anew at each write. */
const EVERY_PAGE = 0x7fffffff

export interface BackupOptions {
  /** The database, in use by a server or not. */
  readonly file: string
  readonly to: string
  /** Whether `to` may be overwritten. */
  readonly force: boolean
}

/**
 * Copies the database of this moment into one file, and reads the copy whole.
 * @returns the copy's size in bytes
 * @throws StartError when there is no database, `to` is there already, or the copy is damaged
 */
export async function backupSqlite({ file, to, force }: BackupOptions): Promise<number> {
  if (!existsSync(file)) throw new StartError(`There is no database ${file}.`)
  if (!force && existsSync(to)) throw new StartError(`${to} is there already: --force overwrites it.`)
  makeDirectory(dirname(to))
  const partial = `${to}.${newId()}.partial`
  try {
    await copy(file, partial)
    makeSingleFile(partial)
    verifyDatabase(partial, 'The copy')
    replaceDurably(partial, to)
  } finally {
    for (const left of [partial, ...besides(partial)]) rmSync(left, { force: true })
  }
  return statSync(to).size
}

async function copy(file: string, to: string): Promise<void> {
  const source = new Sqlite(file, { fileMustExist: true })
  try {
    refuseForeign(source, file)
    await source.backup(to, { progress: () => EVERY_PAGE })
    chmodSync(to, 0o600)
  } finally {
    source.close()
  }
}
