import type { Config } from '../config/config.ts'
import { keptSecrets, loadSecrets, type Secrets } from '../config/secrets.ts'
import type { Database } from '../database/database.ts'
import { keep, LOCAL_TOKEN_KEY } from '../database/kept.ts'
import { databaseFile } from '../database/sqlite/files.ts'
import { openSqlite } from '../database/sqlite/open-sqlite.ts'
import { chatOperationModules } from '../modules/chat/chat.repository.store.ts'
import { fileOperationModules } from '../modules/files/files.repository.store.ts'
import { classOperationModules } from '../modules/webrtc/create-webrtc.ts'
import { classCommit } from './class-commit.ts'
import type { Ground } from './ground.ts'

/** The one that the configuration names. @throws StartError */
export async function openDatabase({
  config: { databaseUrl, dataDir },
  logger,
  metrics,
}: Pick<Ground, 'config' | 'logger' | 'metrics'>): Promise<Database> {
  if (databaseUrl !== undefined) {
    // An embedded start loads no driver that it does not use.
    const { openPostgres } = await import('../database/postgres/open-postgres.ts')
    return await openPostgres({ url: databaseUrl, logger, onCommit: metrics.commit })
  }
  const ofTwoModules = [classCommit.commitAndAnnounce.url]
  const operationModules = [...chatOperationModules, ...fileOperationModules, ...classOperationModules, ...ofTwoModules]
  return await openSqlite({ file: databaseFile(dataDir), operationModules, logger, onCommit: metrics.commit })
}

/** Where the database is shared, they are in it. */
export const secretsOf = ({ databaseUrl, dataDir }: Config, database: Database): Promise<Secrets> =>
  databaseUrl === undefined ? loadSecrets(dataDir) : keptSecrets((made) => keep(database, LOCAL_TOKEN_KEY, made))
