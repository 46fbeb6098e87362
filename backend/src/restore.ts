import { resolve } from 'node:path'
import { configuredDatabase, misused, optionsOf, runCommand } from './command.ts'
import { restoreSqlite } from './database/sqlite/restore-sqlite.ts'
import { systemClock } from './shared/clock.ts'

const USAGE = `npm run restore -- --from FILE
Puts a backup in the database's place; the server must not be running. The replaced database is kept beside it.
The bytes of files are put back after it, by you: see docs/files.md.`

const { from = misused('--from is missing.', USAGE) } = optionsOf({ from: { type: 'string' } }, USAGE)

await runCommand(() => {
  const file = configuredDatabase()
  const aside = restoreSqlite({ from: resolve(from), file, clock: systemClock })
  const kept = aside === undefined ? 'There was none before.' : `The one before is ${aside}.`
  return `Restored ${file}. ${kept}`
})
