import { type DatabaseIdentity, migrate } from '../migrations/migrate.ts'
import { sqliteDdl } from '../migrations/sqlite-ddl.ts'
import { importOperations } from '../threads/load-operation.ts'
import { type ClonedOutcome, cloneError, type OperationCall, obstacleToCloning } from '../threads/messages.ts'
import { serve } from '../threads/serve.ts'
import { BatchWriter } from './batch-writer.ts'
import { openWriting } from './connection.ts'

await serve<readonly OperationCall[], DatabaseIdentity>(async ({ file, operationModules }) => {
  const connection = openWriting(file)
  try {
    const hello = await migrate(connection.db, sqliteDdl)
    for (const url of operationModules) await importOperations(url)
    const writer = new BatchWriter(connection)
    return {
      hello,
      handle: (calls) => writer.commit(calls),
      sendable: (outcomes) => (Array.isArray(outcomes) ? outcomes.map(sendableOutcome) : undefined),
      close: () => {
        connection.raw.pragma('optimize')
        connection.raw.close()
      },
    }
  } catch (error) {
    connection.raw.close()
    throw error
  }
})

function sendableOutcome(outcome: ClonedOutcome): ClonedOutcome {
  const obstacle = obstacleToCloning(outcome)
  return obstacle === undefined ? outcome : { ok: false, error: cloneError(obstacle) }
}
