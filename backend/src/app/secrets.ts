import type { Config } from '../config/config.ts'
import { keptSecrets, loadSecrets, type Secrets } from '../config/secrets.ts'
import type { Database } from '../database/database.ts'
import { keep, LOCAL_TOKEN_KEY } from '../database/kept.ts'

/** Where the database is shared, they are in it. */
export const secretsOf = ({ databaseUrl, dataDir }: Config, database: Database): Promise<Secrets> =>
  databaseUrl === undefined ? loadSecrets(dataDir) : keptSecrets((made) => keep(database, LOCAL_TOKEN_KEY, made))
