import { closeSync, existsSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Clock } from '../../shared/clock.ts'

/** Where a data directory has its database. */
export const databaseFile = (dataDir: string): string => join(dataDir, 'lectern.db')

/** For a file's name, on every system: ISO 8601 without its punctuation. */
export const timestamp = (clock: Clock): string => new Date(clock.now()).toISOString().replaceAll(/[-:.]/g, '')

/** The files that a database in WAL has beside it. */
export const besides = (file: string): string[] => [`${file}-wal`, `${file}-shm`]

/** Puts the file in another's place: after a power cut there is the one or the other, whole. */
export function replaceDurably(from: string, to: string): void {
  sync(from)
  renameSync(from, to)
  sync(dirname(to))
}

/**
 * Moves what is in the log into the database and leaves WAL, so that the one file is the whole of it.
 * @throws SqliteError when it is damaged or in use
 */
export function makeSingleFile(file: string): void {
  const raw = new Sqlite(file, { fileMustExist: true })
  try {
    raw.pragma('journal_mode = DELETE')
  } finally {
    raw.close()
  }
  if (besides(file).some((beside) => existsSync(beside))) throw new Error(`${file} is in use.`)
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
