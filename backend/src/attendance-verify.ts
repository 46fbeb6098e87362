import { configured, optionsOf, runCommand } from './command.ts'
import type { Config } from './config/config.ts'
import { existingSecrets, keptSecrets } from './config/secrets.ts'
import { keptValue, LOCAL_TOKEN_KEY } from './database/kept.ts'
import { databaseFile } from './database/sqlite/files.ts'
import { readSqlite } from './database/sqlite/read-sqlite.ts'
import { type Verdict, verifyEvidence } from './modules/webrtc/evidence.repository.verify.ts'

const USAGE = `npm run attendance:verify
Reads the log of attendance and every row that it tells of, beside a running server too, and changes nothing.
Exits with 0 where all is as it was written, and else with 1, naming the first entry or row that is not.`

optionsOf({}, USAGE)

await runCommand(async () => {
  const { classes, entries, problem } = await verdict(configured())
  if (problem === undefined) return `${classes} classes, ${entries} entries: whole`
  process.exitCode = 1
  return problem
})

async function verdict({ dataDir, databaseUrl }: Config): Promise<Verdict> {
  if (databaseUrl === undefined) {
    const { evidenceKey } = await existingSecrets(dataDir)
    return await readSqlite(databaseFile(dataDir), (db) => verifyEvidence(db, evidenceKey))
  }
  const { readPostgres } = await import('./database/postgres/read-postgres.ts')
  return await readPostgres(databaseUrl, async (db) => {
    const { evidenceKey } = await keptSecrets(() => keptValue(db, LOCAL_TOKEN_KEY))
    return await verifyEvidence(db, evidenceKey)
  })
}
