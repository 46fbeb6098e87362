import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { StartError } from '../../shared/start-error.ts'
import type { Database } from '../database.ts'
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
  /** `import.meta.url` of repositories, to be imported by the threads at once instead of at their first operation. */
  readonly operationModules?: readonly string[]
  readonly logger?: ThreadLogger
  readonly onCommit?: (commit: Commit) => void
}

const silent: ThreadLogger = { error: () => undefined }
// In a build the threads are .js, as this file is.
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
const threadFile = (name: string) => new URL(`./${name}-thread.${extension}`, import.meta.url)

/**
 * Opens the embedded database for this process alone, and brings it to the program's schema.
 * @throws StartError `DatabaseLocked`, `DatabaseTooNew`, `DatabaseForeign`, or a directory that cannot be written
 */
export async function openSqlite(options: SqliteOptions): Promise<Database> {
  const { file, operationModules = [], logger = silent, onCommit } = options
  const unlock = lockIn(file)
  const thread = (name: string) => ({ name, url: threadFile(name), data: { file, operationModules }, logger })
  const writer = new RestartingThread<readonly OperationCall[], DatabaseIdentity>(thread('writer'))
  // Started by its first query: many a start of a server, and most tests, ask for none.
  const reader = new RestartingThread<OperationCall, null>(thread('reader'))
  try {
    const identity = await writer.start()
    return new SqliteStore({ connection: openReading(file), identity, writer, reader, logger, onCommit, unlock })
  } catch (error) {
    await writer.close()
    unlock()
    throw startErrorOf(error, file)
  }
}

function lockIn(file: string): () => void {
  try {
    // Nobody else on the machine reads what people wrote.
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    return lockDatabase(file)
  } catch (error) {
    throw startErrorOf(error, file)
  }
}

/** What the system says of a file or its disk is the operator's to mend; anything else stays what it is. */
function startErrorOf(cause: unknown, file: string): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (!(cause instanceof Error) || !/^(E[A-Z]+$|SQLITE_(CANTOPEN|READONLY|IOERR|FULL|CORRUPT))/.test(code)) return cause
  return new StartError(`The database ${file} cannot be opened: ${cause.message}.`, { cause })
}
