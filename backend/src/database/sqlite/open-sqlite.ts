import { dirname } from 'node:path'
import { codeOf } from '../../shared/code-of.ts'
import { fileBeside } from '../../shared/file-beside.ts'
import { makeDirectory } from '../../shared/make-directory.ts'
import { StartError } from '../../shared/start-error.ts'
import type { Database, OpenDatabase } from '../database.ts'
import type { Commit } from '../group-commit.ts'
import type { DatabaseIdentity } from '../migrations/migrate.ts'
import type { OperationCall } from '../threads/messages.ts'
import { RestartingThread, type ThreadLogger } from '../threads/restarting-thread.ts'
import { openReading } from './connection.ts'
import { lockDatabase } from './lock.ts'
import { SqliteStore } from './sqlite-store.ts'

export interface SqliteOptions {
  /** Made, with its directory, when it is not there. */
  readonly file: string
  /** Addresses of modules of operations, to be imported by the threads at once instead of at their first operation. */
  readonly operationModules?: readonly string[]
  readonly logger?: ThreadLogger
  readonly onCommit?: (commit: Commit) => void
}

const silent: ThreadLogger = { error: () => undefined }

/**
 * Opens the embedded database for this process alone, and brings it to the program's schema.
 * @throws StartError `DatabaseLocked`, `DatabaseTooNew`, `DatabaseForeign`, or a directory that cannot be written
 */
export const openSqlite = async ({ onCommit, ...options }: SqliteOptions): Promise<Database> =>
  await beginSqlite(options)(onCommit)

/**
 * Locks the database, and has a thread open it beside this one.
 * @returns what waits for that thread; called once
 * @throws StartError `DatabaseLocked`, or a directory that cannot be written; what it returns, all others
 */
export function beginSqlite(options: Omit<SqliteOptions, 'onCommit'>): OpenDatabase {
  const { file, operationModules = [], logger = silent } = options
  const unlock = lockIn(file)
  const thread = (name: string) => ({
    ...{ name, logger, data: { file, operationModules } },
    url: fileBeside(import.meta.url, `${name}-thread`),
  })
  const writer = new RestartingThread<readonly OperationCall[], DatabaseIdentity>(thread('writer'))
  // Started by its first query: many a start of a server, and most tests, ask for none.
  const reader = new RestartingThread<OperationCall, null>(thread('reader'))
  const starting = writer.start()
  // It may fail before anybody waits for it.
  starting.catch(() => undefined)
  return async (onCommit) => {
    try {
      const identity = await starting
      return new SqliteStore({ connection: openReading(file), identity, writer, reader, logger, onCommit, unlock })
    } catch (error) {
      await writer.close()
      unlock()
      throw startErrorOf(error, file)
    }
  }
}

function lockIn(file: string): () => void {
  try {
    // Nobody else on the machine reads what people wrote.
    makeDirectory(dirname(file))
    return lockDatabase(file)
  } catch (error) {
    throw startErrorOf(error, file)
  }
}

/** What the system says of a file or its disk is the operator's to mend; anything else stays what it is. */
function startErrorOf(cause: unknown, file: string): unknown {
  const code = codeOf(cause) ?? ''
  if (!(cause instanceof Error) || !/^(E[A-Z]+$|SQLITE_(CANTOPEN|READONLY|IOERR|FULL|CORRUPT))/.test(code)) return cause
  return new StartError(`The database ${file} cannot be opened: ${cause.message}.`, { cause })
}
