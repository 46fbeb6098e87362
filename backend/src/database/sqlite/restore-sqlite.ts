import { chmodSync, copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Clock } from '../../shared/clock.ts'
import { newId } from '../../shared/ids.ts'
import { makeDirectory } from '../../shared/make-directory.ts'
import { StartError } from '../../shared/start-error.ts'
import { besides, makeSingleFile, replaceDurably, timestamp } from './files.ts'
import { lockDatabase } from './lock.ts'
import { verifyDatabase } from './verify.ts'

export interface RestoreOptions {
  /** The backup; it is only read. */
  readonly from: string
  /** The database that it replaces. */
  readonly file: string
  readonly clock: Clock
}

/**
 * Puts a backup in the database's place, under a new epoch and without what was of its moment: where people were, what was
 * sent, which uploads were under way. Bytes that such an upload had may be a file's since, which a sweep would remove.
 * At every moment there is the database of before, or the restored one, whole.
 * @returns where the replaced database is kept; undefined when there was none
 * @throws DatabaseLocked while a server runs; DatabaseForeign, DatabaseTooNew, StartError for a file that is no good backup
 */
export function restoreSqlite({ from, file, clock }: RestoreOptions): string | undefined {
  if (!existsSync(from)) throw new StartError(`There is no file ${from}.`)
  if (resolve(from) === resolve(file)) throw new StartError('A database cannot be restored from itself.')
  makeDirectory(dirname(file))
  const unlock = lockDatabase(file)
  const partial = `${file}.${newId()}.partial`
  try {
    copyWithLog(from, partial)
    makeRestorable(partial, from)
    const aside = existsSync(file) ? `${file}.before-restore-${timestamp(clock)}` : undefined
    if (aside !== undefined) putAside(file, aside)
    replaceDurably(partial, file)
    return aside
  } finally {
    for (const left of [partial, ...besides(partial)]) rmSync(left, { force: true })
    unlock()
  }
}

/** A database that was copied by hand may have its latest changes in the log beside it. */
function copyWithLog(from: string, to: string): void {
  copyFileSync(from, to)
  chmodSync(to, 0o600)
  if (existsSync(`${from}-wal`)) copyFileSync(`${from}-wal`, `${to}-wal`)
}

function makeRestorable(partial: string, shownAs: string): void {
  verifyDatabase(partial, shownAs)
  const raw = new Sqlite(partial)
  try {
    raw.transaction(() => {
      raw.prepare(`update meta set value = ? where key = 'epoch'`).run(newId())
      raw.exec('delete from seats; delete from room_positions')
      // A backup of before there were files has no such tables yet.
      if (hasTable(raw, 'uploads')) raw.exec('delete from uploads; update file_usage set reserved = 0')
    })()
  } finally {
    raw.close()
  }
  makeSingleFile(partial)
}

const hasTable = (raw: Sqlite.Database, name: string): boolean =>
  raw.prepare(`select 1 from sqlite_master where type = 'table' and name = ?`).get(name) !== undefined

function putAside(file: string, aside: string): void {
  try {
    makeSingleFile(file)
    linkSync(file, aside)
  } catch {
    // It is damaged, which may be why it is restored, or the disk has no links: kept as it is, its log with it.
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix)
    }
  }
}
