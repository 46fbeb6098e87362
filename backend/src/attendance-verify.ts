import { configured, optionsOf, runCommand } from './command.ts'
import { existingSecrets } from './config/secrets.ts'
import { databaseFile } from './database/sqlite/files.ts'
import { readSqlite } from './database/sqlite/read-sqlite.ts'
import { verifyEvidence } from './modules/webrtc/evidence.repository.verify.ts'

const USAGE = `npm run attendance:verify
Reads the log of attendance and every row that it tells of, beside a running server too, and changes nothing.
Exits with 0 where all is as it was written, and else with 1, naming the first entry or row that is not.`

optionsOf({}, USAGE)

await runCommand(async () => {
  const { dataDir } = configured()
  const { evidenceKey } = await existingSecrets(dataDir)
  const { classes, entries, problem } = await readSqlite(databaseFile(dataDir), (db) => verifyEvidence(db, evidenceKey))
  if (problem === undefined) return `${classes} classes, ${entries} entries: whole`
  process.exitCode = 1
  return problem
})
