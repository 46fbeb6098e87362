import { dirname, join, resolve } from 'node:path'
import { configuredDatabase, optionsOf, runCommand } from './command.ts'
import { backupSqlite } from './database/sqlite/backup-sqlite.ts'
import { timestamp } from './database/sqlite/files.ts'
import { systemClock } from './shared/clock.ts'

const USAGE = `npm run backup -- [--to FILE] [--force]
Copies the database, of a running server too, into one file (DATA_DIR/backups/lectern-<time>.db).
The bytes of files are not in it: copy UPLOAD_PATH before and after (docs/files.md).
--force overwrites FILE.`

const { to, force = false } = optionsOf({ to: { type: 'string' }, force: { type: 'boolean' } }, USAGE)

await runCommand(async () => {
  const file = configuredDatabase()
  const target = resolve(to ?? join(dirname(file), 'backups', `lectern-${timestamp(systemClock)}.db`))
  const bytes = await backupSqlite({ file, to: target, force })
  return `Backed up to ${target} (${bytes} bytes). The bytes of files in UPLOAD_PATH are not in it.`
})
