import type { Config } from '../config/config.ts'
import type { OpenDatabase } from '../database/database.ts'
import { databaseFile } from '../database/sqlite/files.ts'
import { beginSqlite } from '../database/sqlite/open-sqlite.ts'
import { codeOf } from '../shared/code-of.ts'
import { fileBeside } from '../shared/file-beside.ts'
import type { Logger } from '../shared/logger.ts'
import { makeDirectory } from '../shared/make-directory.ts'
import { StartError } from '../shared/start-error.ts'

/**
 * Begins to open the one that the configuration names: a thread opens the embedded one while this thread does other
 * things. No module is imported for it.
 * @throws StartError
 */
export function beginDatabase({ databaseUrl, dataDir }: Config, logger: Logger): OpenDatabase {
  if (databaseUrl === undefined) {
    claimDataDirectory(dataDir)
    const operationModules = [fileBeside(import.meta.url, 'operations').href]
    return beginSqlite({ file: databaseFile(dataDir), operationModules, logger })
  }
  return async (onCommit) => {
    // An embedded start loads no driver that it does not use.
    const { openPostgres } = await import('../database/postgres/open-postgres.ts')
    return await openPostgres({ url: databaseUrl, logger, ...(onCommit !== undefined && { onCommit }) })
  }
}

function claimDataDirectory(dataDir: string): void {
  try {
    makeDirectory(dataDir)
  } catch (cause) {
    throw new StartError(`DATA_DIR: ${dataDir} cannot be made (${codeOf(cause)})`, { cause })
  }
}
