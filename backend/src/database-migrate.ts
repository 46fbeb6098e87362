import { configured, configuredDatabase, misused, optionsOf, runCommand } from './command.ts'
import { existingSecrets } from './config/secrets.ts'
import { transferToPostgres } from './database/transfer/transfer.ts'
import { searchOfRow } from './modules/chat/search.repository.postgres.ts'

const USAGE = `npm run database:migrate -- --to postgres://user:password@host:5432/database
Copies the embedded database into an empty one of PostgreSQL and compares every row; the server must not be running.
Broken off, it goes on where it was. It deletes nothing: start the server with DATABASE_URL afterwards (docs/operating.md).`

const { to = misused('--to is missing.', USAGE) } = optionsOf({ to: { type: 'string' } }, USAGE)

await runCommand(async () => {
  const file = configuredDatabase()
  const { localTokenKey } = await existingSecrets(configured().dataDir)
  const key = Buffer.from(localTokenKey).toString('base64')
  const rows = await transferToPostgres({ file, url: to, localTokenKey: key, searchOf: searchOfRow })
  return `Moved ${rows} rows, and compared them. Set DATABASE_URL and start; ${file} is as it was.`
})
